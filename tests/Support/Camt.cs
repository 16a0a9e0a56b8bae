namespace Ainalym.Support;

/// <summary>Writes camt.053 statements as a bank would.</summary>
public static class Camt
{
    public const string Account = "KZ86125KZT5004100100";

    public static string Document(string statements, string version = "02") =>
        $"""<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-05-05T03:00:00+05:00</CreDtTm></GrpHdr>{statements}</BkToCstmrStmt></Document>""";

    public static string Statement(long opening, long closing, string entries, string id = "S-1", string account = Account) =>
        $"<Stmt><Id>{id}</Id><CreDtTm>2026-05-05T03:00:00+05:00</CreDtTm><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>KZT</Ccy></Acct>{Balance("OPBD", opening)}{Balance("CLBD", closing)}{entries}</Stmt>";

    /// <summary>On a line of its own.</summary>
    /// <param name="written">What the payer wrote; left out: <c>Пополнение</c> and the reference.</param>
    /// <param name="called">The end-to-end id; left out: <c>E-</c> and the reference.</param>
    public static string Entry(string reference, long amount, bool credit = true, string status = "<Sts>BOOK</Sts>", string? written = null, string? called = null) => "\n" +
        $"""
        <Ntry><Amt Ccy="KZT">{amount}.00</Amt><CdtDbtInd>{(credit ? "CRDT" : "DBIT")}</CdtDbtInd>{status}<BookgDt><Dt>2026-05-04</Dt></BookgDt><ValDt><Dt>2026-05-04</Dt></ValDt><AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>{called ?? "E-" + reference}</EndToEndId></Refs><RltdPties><Dbtr><Nm>ТОО «Қағаз»</Nm></Dbtr><DbtrAcct><Id><IBAN>{Account}</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{written ?? "Пополнение " + reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        """;

    /// <summary>An entry of several transactions, or of none: as one sum.</summary>
    /// <param name="parts">Each with its own reference, where the bank gives one.</param>
    public static string EntryOf(string reference, long amount, params (string? Own, long Amount, string Written)[] parts) => "\n" +
        $"""
        <Ntry><Amt Ccy="KZT">{amount}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-05-04</Dt></BookgDt>{(reference.Length == 0 ? "" : $"<AcctSvcrRef>{reference}</AcctSvcrRef>")}{string.Concat(parts.Select(part =>
            $"""<NtryDtls><TxDtls><Refs>{(part.Own is null ? "" : $"<AcctSvcrRef>{part.Own}</AcctSvcrRef>")}</Refs><AmtDtls><TxAmt><Amt Ccy="KZT">{part.Amount}.00</Amt></TxAmt></AmtDtls><RmtInf><Ustrd>{part.Written}</Ustrd></RmtInf></TxDtls></NtryDtls>"""))}</Ntry>
        """;

    private static string Balance(string code, long amount) =>
        $"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="KZT">{Math.Abs(amount)}.00</Amt><CdtDbtInd>{(amount < 0 ? "DBIT" : "CRDT")}</CdtDbtInd><Dt><Dt>2026-05-04</Dt></Dt></Bal>""";
}
