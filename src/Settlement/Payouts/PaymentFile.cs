using System.Globalization;
using System.Text;
using System.Xml;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Payouts;

/// <summary>
/// Writes payments as the bank takes them: ISO 20022 <c>pain.001.001.03</c>, a credit transfer initiation. The bytes follow from the rows of the file alone, so that however often it is downloaded it is
/// one file, and a bank that knows messages by their ids takes it once.
/// </summary>
public static class PaymentFile
{
    public const string ContentType = "application/xml";

    private const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03";
    private const int LongestText = 140;

    /// <summary>At most 35 characters, as the standard has it: the account's own and the file's number.</summary>
    public static string MessageId(PaymentFileRow file) => string.Create(CultureInfo.InvariantCulture, $"{file.Account}-{file.FileNumber:D6}");

    /// <summary>The number of the file that is called so; null where it is none of this account's.</summary>
    public static long? NumberOf(string account, string messageId) =>
        messageId.StartsWith(account + "-", StringComparison.OrdinalIgnoreCase) && long.TryParse(messageId.AsSpan(account.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <param name="holderNow">In whose name the house's account is; for files that do not say it, which are written as they were then.</param>
    public static byte[] Write(PaymentFileRow file, IReadOnlyList<PaymentRow> payments, string holderNow)
    {
        var (first, holder) = (file.Holder is null, file.Holder ?? holderNow);
        var made = DateTimeOffset.FromUnixTimeMilliseconds(file.MadeAtMs);
        var (count, sum) = (file.Payments.ToString(CultureInfo.InvariantCulture), Amount(file.SumMinor, file.Currency));
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("Document", Namespace);
            xml.WriteStartElement("CstmrCdtTrfInitn");

            xml.WriteStartElement("GrpHdr");
            xml.WriteElementString("MsgId", MessageId(file));
            xml.WriteElementString("CreDtTm", made.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            xml.WriteElementString("NbOfTxs", count);
            xml.WriteElementString("CtrlSum", sum);
            Named(xml, "InitgPty", holder);
            xml.WriteEndElement();

            xml.WriteStartElement("PmtInf");
            xml.WriteElementString("PmtInfId", MessageId(file));
            xml.WriteElementString("PmtMtd", "TRF");
            // Each payment is to stand on the statement by itself, with its own id.
            if (!first) xml.WriteElementString("BtchBookg", "false");
            xml.WriteElementString("NbOfTxs", count);
            xml.WriteElementString("CtrlSum", sum);
            xml.WriteElementString("ReqdExctnDt", FactText.DayOf(made).ToString("O", CultureInfo.InvariantCulture));
            Named(xml, "Dbtr", holder);
            Account(xml, "DbtrAcct", file.Account);
            xml.WriteStartElement("DbtrAgt");
            xml.WriteStartElement("FinInstnId");
            Other(xml, "NOTPROVIDED");
            xml.WriteEndElement();
            xml.WriteEndElement();
            // Each side pays its own bank; "as the scheme says" is for SEPA.
            xml.WriteElementString("ChrgBr", first ? "SLEV" : "SHAR");
            foreach (var payment in payments) Write(xml, payment);
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Write(XmlWriter xml, PaymentRow payment)
    {
        xml.WriteStartElement("CdtTrfTxInf");
        xml.WriteStartElement("PmtId");
        xml.WriteElementString("EndToEndId", payment.PaymentId);
        xml.WriteEndElement();
        xml.WriteStartElement("Amt");
        xml.WriteStartElement("InstdAmt");
        xml.WriteAttributeString("Ccy", payment.Currency);
        xml.WriteString(Amount(payment.AmountMinor, payment.Currency));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("Cdtr");
        xml.WriteElementString("Nm", Short(payment.Name));
        if (payment.Bin is { } bin)
        {
            xml.WriteStartElement("Id");
            xml.WriteStartElement("OrgId");
            Other(xml, bin);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        Account(xml, "CdtrAcct", payment.ToAccount);
        xml.WriteStartElement("RmtInf");
        xml.WriteElementString("Ustrd", Short(payment.Remittance));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Named(XmlWriter xml, string element, string name)
    {
        xml.WriteStartElement(element);
        xml.WriteElementString("Nm", Short(name));
        xml.WriteEndElement();
    }

    private static void Account(XmlWriter xml, string element, string iban)
    {
        xml.WriteStartElement(element);
        xml.WriteStartElement("Id");
        xml.WriteElementString("IBAN", iban);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Other(XmlWriter xml, string id)
    {
        xml.WriteStartElement("Othr");
        xml.WriteElementString("Id", id);
        xml.WriteEndElement();
    }

    private static string Amount(long minor, string currency) => new Money(minor, TextValue.Parse<Currency>(currency)).Amount;

    /// <summary>What XML does not know is left out; what is too long is cut, and not in the middle of a letter.</summary>
    private static string Short(string text)
    {
        var known = string.Concat(text.EnumerateRunes().Where(rune => rune.Value is 9 or 10 or 13 or >= 0x20 and <= 0xD7FF or >= 0xE000 and <= 0xFFFD or >= 0x10000)).Trim();
        if (known.Length <= LongestText) return known;
        return known[..(char.IsHighSurrogate(known[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }
}
