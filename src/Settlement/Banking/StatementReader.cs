using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Banking;

/// <summary>
/// Reads bank-to-customer statements (ISO 20022 camt.053, versions 2 to 8) part by part: a file of any length takes as much memory as its longest entry and the entries' references. Document types and entities
/// are refused. Whoever acts on the parts reads the file to its end first: only there it is known to add up.
/// </summary>
public static partial class StatementReader
{
    private const string Family = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

    // What the tables hold, so that a file that is good never fails half-way; the standard's own limits are below. A transaction's number comes after its entry's reference.
    private const int LongestReference = 56, LongestEndToEndId = 64, LongestName = 400, LongestId = 200;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = false,
    };

    /// <exception cref="StatementException">While it is read: the file is no statement, or does not add up.</exception>
    public static IEnumerable<StatementPart> Read(Stream file)
    {
        using var xml = Guarded(() => XmlReader.Create(file, Safe));
        var references = new HashSet<string>(StringComparer.Ordinal);
        var statements = 0;
        Guarded(() => xml.MoveToContent() == XmlNodeType.Element);
        if (xml.LocalName != "Document" || !IsFamily(xml.NamespaceURI)) throw new StatementException(new Refusal(StatementRefusal.NotAStatement, Family + "02 … 08"));
        var ns = xml.NamespaceURI;
        if (!Guarded(() => Next(xml, "BkToCstmrStmt", ns))) throw Missing("BkToCstmrStmt", LineOf(xml));
        while (Guarded(() => Next(xml, "Stmt", ns)))
        {
            statements++;
            foreach (var part in Statement(xml, ns, references)) yield return part;
        }

        if (statements == 0) throw new StatementException(new Refusal(StatementRefusal.NoStatement));
    }

    private static IEnumerable<StatementPart> Statement(XmlReader xml, string ns, HashSet<string> references)
    {
        var started = LineOf(xml);
        var depth = xml.Depth;
        string? id = null;
        XElement? account = null;
        var balances = new List<XElement>();
        StatementHead? head = null;
        long credits = 0, debits = 0;
        var entries = 0;

        Guarded(xml.Read);
        while (xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.NamespaceURI != ns || xml.LocalName is not ("Id" or "Acct" or "Bal" or "Ntry"))
            {
                Guarded(() => Over(xml));
                continue;
            }

            var line = LineOf(xml);
            var element = Guarded(() => (XElement)XNode.ReadFrom(xml));
            if (element.Name.LocalName == "Id") id = element.Value;
            else if (element.Name.LocalName == "Acct") account = element;
            else if (element.Name.LocalName == "Bal") balances.Add(element);
            else
            {
                if (head is null) yield return head = Head(id, account, balances, started);
                if (Entry(new(element, line), head.Opening.Currency) is not { } entry) continue;
                foreach (var one in entry.Parts.Prepend(entry))
                    if (!references.Add($"{head.Account}/{one.Reference}")) throw new StatementException(new Refusal(StatementRefusal.ReferenceTwice, one.Reference, one.Line));
                (credits, debits) = entry.IsCredit ? (Sum(credits, entry), debits) : (credits, Sum(debits, entry));
                entries++;
                yield return entry;
            }
        }

        if (head is null) yield return head = Head(id, account, balances, started);
        var currency = head.Opening.Currency;
        var (came, went) = (new Money(credits, currency), new Money(debits, currency));
        if ((Int128)head.Opening.MinorUnits + credits - debits != head.Closing.MinorUnits) throw new StatementException(new Refusal(StatementRefusal.DoesNotAddUp, head.Opening, came, went, head.Closing));
        yield return new StatementEnd(entries, came, went);
    }

    private static long Sum(long before, BankEntry entry) => before <= long.MaxValue - entry.Amount.MinorUnits
        ? before + entry.Amount.MinorUnits
        : throw new StatementException(new Refusal(StatementRefusal.ValueMalformed, "Ntry/Amt", entry.Amount.ToString(), entry.Line));

    private static StatementHead Head(string? id, XElement? account, List<XElement> balances, int line)
    {
        if (string.IsNullOrWhiteSpace(id)) throw Missing("Stmt/Id", line);
        if (id.Trim().Length > LongestId) throw Malformed("Stmt/Id", id.Trim(), line);
        var acct = new Place(account ?? throw Missing("Stmt/Acct", line), line);
        var iban = acct.Value<Iban>("Id", "IBAN");
        var opening = Balance("OPBD", "PRCD");
        var closing = Balance("CLBD");
        var day = closing.Date("Dt");
        var (before, after) = (opening.Signed(), closing.Signed());
        if (acct.Has("Ccy") && acct.Text("Ccy") is var currency && currency != after.Currency.Code) throw new StatementException(new Refusal(StatementRefusal.MixedCurrencies, currency, after.Currency.Code, line));
        return new(id.Trim(), iban, before, after, day);

        Place Balance(params string[] codes) => new(
            codes.Select(code => balances.Find(balance => new Place(balance, line).Optional("Tp", "CdOrPrtry", "Cd") == code)).FirstOrDefault(found => found is not null) ?? throw Missing($"Stmt/Bal {string.Join('/', codes)}", line), line);
    }

    /// <returns>Null for what is not booked.</returns>
    private static BankEntry? Entry(Place entry, Currency currency)
    {
        // What is pending or only announced is not booked and counts nowhere.
        var standing = entry.Optional("Sts", "Cd") ?? entry.Text("Sts");
        if (standing is "PDNG" or "INFO" or "FUTR") return null;
        if (standing != "BOOK") throw entry.Malformed("Sts", standing);
        var amount = Positive(entry.Amount(currency, "Amt"), entry);
        // The indicator says which way this entry went, also when it undoes another (RvslInd): a debit that undoes is of what had come in. The parties stay those of what is undone.
        var credit = entry.IsCredit();
        var other = credit != (entry.Optional("RvslInd") is "true" or "1") ? "Dbtr" : "Cdtr";
        var booked = entry.Date("BookgDt");
        var transactions = entry.All("NtryDtls", "TxDtls").ToList();
        var own = transactions.ConvertAll(transaction => transaction.Optional("Refs", "AcctSvcrRef"));
        var reference = entry.Optional("AcctSvcrRef") ?? (own is [{ } only] ? only : entry.Text("AcctSvcrRef"));
        foreach (var known in own.Prepend(reference)) entry.AtMost(LongestReference, "AcctSvcrRef", known);
        if (transactions.Count == 0) return Of(reference, amount, entry) with { Batch = entry.Optional("NtryDtls", "Btch", "PmtInfId") };
        if (transactions.Count == 1) return Of(reference, amount, transactions[0]);

        var parts = transactions.ConvertAll(transaction => Positive(transaction.Has("Amt") ? transaction.Amount(currency, "Amt") : transaction.Amount(currency, "AmtDtls", "TxAmt", "Amt"), transaction));
        var times = own.OfType<string>().CountBy(known => known).ToDictionary(StringComparer.Ordinal);
        var sum = parts.Aggregate((Int128)0, (before, part) => before + part.MinorUnits);
        if (sum > long.MaxValue) throw entry.Malformed("NtryDtls/TxDtls/Amt", sum.ToString(CultureInfo.InvariantCulture));
        if (sum != amount.MinorUnits) throw new StatementException(new Refusal(StatementRefusal.TransactionsDoNotAddUp, amount, new Money((long)sum, currency), entry.Line));
        return Of(reference, amount, entry) with { Parts = [.. transactions.Select((transaction, n) => Of(Called(n), parts[n], transaction))] };

        // By the bank's own reference where it is that transaction's alone; some repeat the entry's.
        string Called(int n) => own[n] is { } known && known != reference && times[known] == 1 ? known : string.Create(CultureInfo.InvariantCulture, $"{reference}/{n + 1}");

        BankEntry Of(string known, Money part, Place details) => new(
            known, part, credit, booked,
            entry.AtMost(LongestName, "Nm", details.Optional("RltdPties", other, "Nm") ?? details.Optional("RltdPties", other, "Pty", "Nm")),
            Iban.TryParse(details.Optional("RltdPties", other + "Acct", "Id", "IBAN"), out var iban, out _) ? iban : null,
            entry.AtMost(LongestEndToEndId, "EndToEndId", details.Optional("Refs", "EndToEndId") is { } id and not "NOTPROVIDED" ? id : null),
            Remittance(details) ?? entry.Optional("AddtlNtryInf") ?? "", entry.Line)
        {
            ReturnReason = ReturnReason(details),
        };
    }

    private static string? ReturnReason(Place details)
    {
        string[] said = [.. new[] { details.Optional("RtrInf", "Rsn", "Cd") ?? details.Optional("RtrInf", "Rsn", "Prtry") }.OfType<string>(), .. details.All("RtrInf", "AddtlInf").Select(place => place.Trimmed).Where(text => text.Length > 0)];
        return said.Length > 0 ? string.Join(' ', said) : null;
    }

    private static string? Remittance(Place details)
    {
        var written = details.All("RmtInf", "Ustrd").Concat(details.All("RmtInf", "Strd", "CdtrRefInf", "Ref")).Select(place => place.Trimmed).Where(text => text.Length > 0).ToList();
        return written.Count > 0 ? string.Join(' ', written) : null;
    }

    private static Money Positive(Money amount, Place at) => amount.MinorUnits > 0 ? amount : throw at.Malformed("Amt", amount.Amount);

    private static bool IsFamily(string ns) =>
        ns.StartsWith(Family, StringComparison.Ordinal) && int.TryParse(ns.AsSpan(Family.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && ns.Length == Family.Length + 2 && version is >= 2 and <= 8;

    /// <summary>Goes on to the next element of that name, wherever it stands.</summary>
    private static bool Next(XmlReader xml, string name, string ns)
    {
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name && xml.NamespaceURI == ns) return true;
        return false;
    }

    private static bool Over(XmlReader xml)
    {
        if (xml.NodeType == XmlNodeType.Element) xml.Skip();
        else xml.Read();
        return true;
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException error)
        {
            throw new StatementException(new Refusal(StatementRefusal.NotXml, error.LineNumber, error.Message), error);
        }
    }

    private static int LineOf(XmlReader xml) => ((IXmlLineInfo)xml).LineNumber;

    private static StatementException Malformed(string element, string text, int line) => new(new Refusal(StatementRefusal.ValueMalformed, element, text.Length > 100 ? text[..100] : text, line));

    private static StatementException Missing(string element, int line) => new(new Refusal(StatementRefusal.ElementMissing, element, line));

    [GeneratedRegex(@"^[0-9]{1,18}(\.[0-9]{1,5})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    /// <summary>A day, or a moment of it, with or without its zone (ISO 8601 as XML has it).</summary>
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IsoDay();

    /// <summary>An element of the statement with the line of the entry that it belongs to. Names of elements are asked for without their namespace, which is the root's; others' are not seen.</summary>
    private readonly record struct Place(XElement Element, int Line)
    {
        public string Trimmed => Element.Value.Trim();

        public bool Has(params string[] path) => Find(path) is not null;

        public string? Optional(params string[] path) => Find(path) is { HasElements: false } found && found.Value.Trim() is { Length: > 0 } text ? text : null;

        public string Text(params string[] path) => Optional(path) ?? throw Missing(Named(path), Line);

        public IEnumerable<Place> All(params string[] path)
        {
            IEnumerable<XElement> found = [Element];
            foreach (var name in path) found = found.SelectMany(element => element.Elements(element.Name.Namespace + name));
            var line = Line;
            return found.Select(element => new Place(element, line));
        }

        public T Value<T>(params string[] path)
            where T : struct, ITextValue<T>
        {
            var text = Text(path);
            return T.TryParse(text, out var value, out _) ? value : throw Malformed(Named(path), text);
        }

        /// <summary>A day, also where the bank gives the hour with it.</summary>
        public DateOnly Date(string name)
        {
            var text = Optional(name, "Dt") ?? Optional(name, "DtTm") ?? throw Missing(Named([name]), Line);
            return IsoDay().IsMatch(text) && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Malformed(name, text);
        }

        public bool IsCredit() => Text("CdtDbtInd") switch
        {
            "CRDT" => true,
            "DBIT" => false,
            var other => throw Malformed("CdtDbtInd", other),
        };

        public Money Amount(Currency expected, params string[] path)
        {
            var amount = Amount(path);
            return amount.Currency == expected ? amount : throw new StatementException(new Refusal(StatementRefusal.MixedCurrencies, expected.Code, amount.Currency.Code, Line));
        }

        /// <summary>A balance is below zero when it is a debit.</summary>
        public Money Signed()
        {
            var amount = Amount("Amt");
            return IsCredit() ? amount : new Money(-amount.MinorUnits, amount.Currency);
        }

        public StatementException Malformed(string element, string text) => StatementReader.Malformed(element, text, Line);

        public string? AtMost(int longest, string element, string? text) => text is null || text.Length <= longest ? text : throw Malformed(element, text);

        private Money Amount(params string[] path)
        {
            var text = Text(path);
            var written = Find(path)!.Attribute("Ccy")?.Value ?? throw Missing(Named(path) + "@Ccy", Line);
            // XML's own numbers: a point, no grouping, no sign; five places, of which the house's currencies have two. A currency is said by its code and nothing like it.
            return Number().IsMatch(text) && Currency.All.Any(known => known.Code == written) && Money.TryParse($"{Shortened(text)} {written}", out var amount, out _) ? amount : throw Malformed(Named(path), $"{text} {written}");
        }

        /// <summary>Without the zeros that say nothing.</summary>
        private static string Shortened(string text) => text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && text.Length > point + 1 + Currency.Places
            ? text[..(point + 1 + Currency.Places)] + text[(point + 1 + Currency.Places)..].TrimEnd('0')
            : text;

        private XElement? Find(string[] path)
        {
            var found = Element;
            foreach (var name in path)
            {
                found = found.Element(found.Name.Namespace + name);
                if (found is null) return null;
            }

            return found;
        }

        private string Named(string[] path) => $"{Element.Name.LocalName}/{string.Join('/', path)}";
    }
}
