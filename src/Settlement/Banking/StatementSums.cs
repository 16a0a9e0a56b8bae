using System.Globalization;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Banking;

/// <summary>How many entries there are, and how much came in and went out with them, in minor units.</summary>
internal readonly record struct StatementSums(long CreditCount, Int128 Credits, long DebitCount, Int128 Debits)
{
    public StatementSums With(Money amount, bool isCredit) => isCredit
        ? this with { CreditCount = CreditCount + 1, Credits = Credits + amount.MinorUnits }
        : this with { DebitCount = DebitCount + 1, Debits = Debits + amount.MinorUnits };

    /// <summary>Holds them against what the bank says of all entries, each number only where it is said: how many, their sum, what came in, what went out, and the net of both.</summary>
    /// <param name="summary">The element <c>TxsSummry</c>. What it says by kinds of transactions is not read.</param>
    /// <param name="told">The same with what is not booked, which some banks count too.</param>
    /// <exception cref="StatementException">A number differs from both, or is none.</exception>
    public void Check(Place summary, StatementSums told)
    {
        var booked = this;
        Count(sums => sums.CreditCount + sums.DebitCount, "TtlNtries", "NbOfNtries");
        Sum(sums => sums.Credits + sums.Debits, "TtlNtries", "Sum");
        Net(["TtlNtries", "CdtDbtInd"], "TtlNtries", "TtlNetNtryAmt");
        Net(["TtlNtries", "TtlNetNtry", "CdtDbtInd"], "TtlNtries", "TtlNetNtry", "Amt");
        Count(sums => sums.CreditCount, "TtlCdtNtries", "NbOfNtries");
        Sum(sums => sums.Credits, "TtlCdtNtries", "Sum");
        Count(sums => sums.DebitCount, "TtlDbtNtries", "NbOfNtries");
        Sum(sums => sums.Debits, "TtlDbtNtries", "Sum");

        void Count(Func<StatementSums, long> counted, params string[] path)
        {
            if (summary.Optional(path) is not { } said) return;
            if (said.Length > 15 || !long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw summary.Malformed(summary.Named(path), said);
            if (number != counted(booked) && number != counted(told)) throw Differs(path, said, counted(booked).ToString(CultureInfo.InvariantCulture));
        }

        void Sum(Func<StatementSums, Int128> counted, params string[] path)
        {
            if (summary.Optional(path) is not { } said) return;
            var sum = Number(path, said);
            if (sum != Amount(counted(booked)) && sum != Amount(counted(told))) throw Differs(path, said, Written(counted(booked)));
        }

        void Net(string[] indicator, params string[] path)
        {
            if (summary.Optional(path) is not { } said) return;
            var net = Number(path, said) * (summary.Has(indicator) && !summary.IsCredit(indicator) ? -1 : 1);
            if (!Same(booked) && !Same(told)) throw Differs(path, $"{said} {summary.Optional(indicator)}".TrimEnd(), $"{Written(Int128.Abs(Netted(booked)))} {(Netted(booked) < 0 ? "DBIT" : "CRDT")}");

            // Without its direction it is only known how much.
            bool Same(StatementSums sums) => net == Amount(summary.Has(indicator) ? Netted(sums) : Int128.Abs(Netted(sums)));
        }

        // As the standard writes numbers: a point, no grouping.
        decimal Number(string[] path, string said) =>
            decimal.TryParse(said, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : throw summary.Malformed(summary.Named(path), said);

        StatementException Differs(string[] path, string said, string counted) => new(new Refusal(StatementRefusal.SummaryDiffers, summary.Named(path), said, counted, summary.Line));

        static Int128 Netted(StatementSums sums) => sums.Credits - sums.Debits;

        static decimal Amount(Int128 minor) => (decimal)minor * new decimal(1, 0, 0, isNegative: false, scale: Currency.Places);

        static string Written(Int128 minor) => Amount(minor).ToString($"F{Currency.Places}", CultureInfo.InvariantCulture);
    }
}
