using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Banking;

/// <summary>
/// Reads bank-to-customer statements (ISO 20022 camt.053, versions 2 to 8) part by part: a file of any length takes as much memory as its longest entry and one statement's references. Document types and entities
/// are refused, and so is a page of several. Whoever acts on the parts reads the file to its end first: only there it is known to add up, and to be what the bank itself says of all entries.
/// </summary>
public static class StatementReader
{
    private const string Family = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

    // What the tables hold, so that a file that is good never fails half-way; the standard's own limits are below. A transaction's number comes after its entry's reference.
    private const int LongestReference = 56, LongestEndToEndId = 64, LongestName = 400, LongestId = 200, LongestMessageId = 35;

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
        var statements = 0;
        Guarded(() => xml.MoveToContent() == XmlNodeType.Element);
        if (xml.LocalName != "Document" || !IsFamily(xml.NamespaceURI)) throw new StatementException(new Refusal(StatementRefusal.NotAStatement, Family + "02 … 08"));
        var ns = xml.NamespaceURI;
        if (!Guarded(() => At(xml, "BkToCstmrStmt", ns))) throw Missing("BkToCstmrStmt", LineOf(xml));
        Header(xml, ns);
        while (Guarded(() => At(xml, "Stmt", ns)))
        {
            statements++;
            foreach (var part in Statement(xml, ns)) yield return part;
        }

        if (statements == 0) throw new StatementException(new Refusal(StatementRefusal.NoStatement));
    }

    /// <summary>The message's own id and moment, which stand before its statements.</summary>
    private static void Header(XmlReader xml, string ns)
    {
        var line = LineOf(xml);
        Guarded(xml.Read);
        if (Guarded(xml.MoveToContent) != XmlNodeType.Element || xml.LocalName != "GrpHdr" || xml.NamespaceURI != ns) throw Missing("BkToCstmrStmt/GrpHdr", line);
        line = LineOf(xml);
        var header = new Place(Guarded(() => (XElement)XNode.ReadFrom(xml)), line);
        header.AtMost(LongestMessageId, "GrpHdr/MsgId", header.Text("MsgId"));
        header.Moment("CreDtTm");
        foreach (var page in header.All("MsgPgntn")) Whole(page);
    }

    /// <summary>A page of several tells a part, with balances that are not the statement's: the operator has it sent whole.</summary>
    private static void Whole(Place page)
    {
        var (number, last) = (page.Text("PgNb"), page.Text("LastPgInd"));
        if (number.Length > 5 || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)) throw page.Malformed(page.Named("PgNb"), number);
        if (last is not ("true" or "1" or "false" or "0")) throw page.Malformed(page.Named("LastPgInd"), last);
        if (n > 1 || last is "false" or "0") throw new StatementException(new Refusal(StatementRefusal.PageOfSeveral, n, page.Line));
    }

    private static IEnumerable<StatementPart> Statement(XmlReader xml, string ns)
    {
        var started = LineOf(xml);
        var depth = xml.Depth;
        string? id = null;
        XElement? account = null;
        var balances = new List<XElement>();
        HashSet<string> references = new(StringComparer.Ordinal), others = new(StringComparer.Ordinal), shared = new(StringComparer.Ordinal);
        StatementHead? head = null;
        Place? summary = null;
        StatementSums booked = default, told = default;

        Guarded(xml.Read);
        while (xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.NamespaceURI != ns || xml.LocalName is not ("Id" or "StmtPgntn" or "Acct" or "Bal" or "TxsSummry" or "Ntry"))
            {
                Guarded(() => Over(xml));
                continue;
            }

            var line = LineOf(xml);
            var element = Guarded(() => (XElement)XNode.ReadFrom(xml));
            if (element.Name.LocalName == "Id") id = element.Value;
            else if (element.Name.LocalName == "Acct") account = element;
            else if (element.Name.LocalName == "Bal") balances.Add(element);
            else if (element.Name.LocalName == "StmtPgntn") Whole(new(element, line));
            else if (element.Name.LocalName == "TxsSummry") summary = new(element, line);
            else
            {
                if (head is null) yield return head = Head(id, account, balances, started);
                var place = new Place(element, line);
                // What is not booked may be of another currency: it is counted, and adds nothing to these sums.
                if (summary is not null) told = told.With(place.AmountIn(head.Opening.Currency, "Amt") ?? new(0, head.Opening.Currency), place.IsCredit());
                if (Entry(place, head) is not { } entry) continue;
                booked = booked.With(entry.Amount, entry.IsCredit);
                if (booked.Credits > long.MaxValue || booked.Debits > long.MaxValue) throw place.Malformed(place.Named("Amt"), entry.Amount.ToString());
                foreach (var one in entry.Parts.Prepend(entry))
                    if (!references.Add(one.Reference)) throw new StatementException(new Refusal(StatementRefusal.ReferenceTwice, one.Reference, one.Line));
                if (entry.AlsoCalled is { } also && !others.Add(also)) shared.Add(also);
                yield return entry;
            }
        }

        if (head is null) yield return head = Head(id, account, balances, started);
        var currency = head.Opening.Currency;
        var (came, went) = (new Money((long)booked.Credits, currency), new Money((long)booked.Debits, currency));
        if (head.Opening.MinorUnits + booked.Credits - booked.Debits != head.Closing.MinorUnits) throw new StatementException(new Refusal(StatementRefusal.DoesNotAddUp, head.Opening, came, went, head.Closing));
        if (summary is { } all) booked.Check(all, told);
        others.IntersectWith(references);
        shared.UnionWith(others);
        var end = new StatementEnd((int)(booked.CreditCount + booked.DebitCount), came, went);
        yield return shared.Count == 0 ? end : end with { Shared = shared };
    }

    private static StatementHead Head(string? id, XElement? account, List<XElement> balances, int line)
    {
        if (string.IsNullOrWhiteSpace(id)) throw Missing("Stmt/Id", line);
        if (id.Trim().Length > LongestId) throw new StatementException(new Refusal(StatementRefusal.ValueMalformed, "Stmt/Id", id.Trim()[..100], line));
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
    private static BankEntry? Entry(Place entry, StatementHead head)
    {
        var currency = head.Opening.Currency;
        // What is pending or only announced is not booked and counts nowhere.
        var standing = entry.Optional("Sts", "Cd") ?? entry.Text("Sts");
        if (standing is "PDNG" or "INFO" or "FUTR") return null;
        if (standing != "BOOK") throw entry.Malformed("Sts", standing);
        var amount = Positive(entry.Amount(currency, "Amt"), entry);
        // The indicator says which way this entry went, also when it undoes another (RvslInd): a debit that undoes is of what had come in. The parties stay those of what is undone.
        var (credit, undoes) = (entry.IsCredit(), entry.Optional("RvslInd") is "true" or "1");
        var other = credit != undoes ? "Dbtr" : "Cdtr";
        var booked = entry.Date("BookgDt");
        var transactions = entry.All("NtryDtls", "TxDtls").ToList();
        var own = transactions.ConvertAll(transaction => transaction.Optional("Refs", "AcctSvcrRef"));
        var reference = entry.Optional("AcctSvcrRef") ?? (own is [{ } only] ? only : entry.Text("AcctSvcrRef"));
        foreach (var known in own.Prepend(reference)) entry.AtMost(LongestReference, "AcctSvcrRef", known);
        if (transactions.Count == 0) return Of(reference, amount, entry) with { Batch = entry.Optional("NtryDtls", "Btch", "PmtInfId") };
        if (transactions.Count == 1)
        {
            // What undoes or gives back another may carry that one's reference.
            var single = Of(reference, amount, transactions[0]);
            return undoes || single.ComesBack || own[0] == reference ? single : single with { AlsoCalled = own[0] };
        }

        var parts = transactions.ConvertAll(transaction => Positive(transaction.Has("Amt") ? transaction.Amount(currency, "Amt") : transaction.Amount(currency, "AmtDtls", "TxAmt", "Amt"), transaction));
        var times = own.OfType<string>().CountBy(known => known).ToDictionary(StringComparer.Ordinal);
        var sum = parts.Aggregate((Int128)0, (before, part) => before + part.MinorUnits);
        if (sum > long.MaxValue) throw entry.Malformed("NtryDtls/TxDtls/Amt", sum.ToString(CultureInfo.InvariantCulture));
        if (sum != amount.MinorUnits) throw new StatementException(new Refusal(StatementRefusal.TransactionsDoNotAddUp, amount, new Money((long)sum, currency), entry.Line));
        return Of(reference, amount, entry) with { Parts = [.. transactions.Select((transaction, n) => Of(Called(n), parts[n], transaction))] };

        // By the bank's own reference where it is that transaction's alone; some repeat the entry's.
        string Called(int n) => own[n] is { } known && known != reference && times[known] == 1 ? known : string.Create(CultureInfo.InvariantCulture, $"{reference}/{n + 1}");

        BankEntry Of(string known, Money part, Place details)
        {
            var comesBack = credit && (details.Has("RtrInf") || IsReturn(details) || IsReturn(entry));
            // Some banks tell of it with the parties of what was paid: the other side is who was to be paid.
            var side = comesBack && AccountOf(details, other) == head.Account ? (other == "Dbtr" ? "Cdtr" : "Dbtr") : other;
            return new(
                known, part, credit, booked,
                entry.AtMost(LongestName, "Nm", details.Optional("RltdPties", side, "Nm") ?? details.Optional("RltdPties", side, "Pty", "Nm")),
                AccountOf(details, side),
                entry.AtMost(LongestEndToEndId, "EndToEndId", EndToEndId(details, comesBack)),
                Remittance(details) ?? entry.Optional("AddtlNtryInf") ?? "", entry.Line)
            {
                ReturnReason = ReturnReason(details),
                ComesBack = comesBack,
                Batch = comesBack ? details.Optional("Refs", "PmtInfId") : null,
                Paid = comesBack ? details.AmountIn(currency, "AmtDtls", "InstdAmt", "Amt") : null,
            };
        }
    }

    private static Iban? AccountOf(Place details, string side) => Iban.TryParse(details.Optional("RltdPties", side + "Acct", "Id", "IBAN"), out var iban, out _) ? iban : null;

    /// <summary>Some banks say what the house has called a payment in the field of its order's own id.</summary>
    private static string? EndToEndId(Place details, bool comesBack)
    {
        var id = details.Optional("Refs", "EndToEndId") is { } said and not "NOTPROVIDED" ? said : null;
        return (id is null || (comesBack && !IsOurs(id))) && details.Optional("Refs", "InstrId") is { } order && IsOurs(order) ? order : id;

        static bool IsOurs(string? id) => Guid.TryParseExact(id, "N", out _);
    }

    /// <summary>Coded as the return of a payment, or as its coming back because it was called back.</summary>
    private static bool IsReturn(Place place) => place.Optional("BkTxCd", "Domn", "Cd") == "PMNT" && place.Optional("BkTxCd", "Domn", "Fmly", "SubFmlyCd") is "RRTN" or "RPCR";

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

    /// <summary>Goes on to an element of that name, wherever it stands, if it is not there already.</summary>
    private static bool At(XmlReader xml, string name, string ns)
    {
        do
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name && xml.NamespaceURI == ns) return true;
        }
        while (xml.Read());
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

    private static StatementException Missing(string element, int line) => new(new Refusal(StatementRefusal.ElementMissing, element, line));
}
