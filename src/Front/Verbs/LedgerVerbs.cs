using System.Globalization;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Keys;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Front.Verbs;

/// <summary>The ledgers' trial balance, worked out of every posting. A day means what the signed one means by it: up to the last batch that ended in it.</summary>
internal static class LedgerVerbs
{
    private const int HoldsAtOnce = 500;

    public static Verb TrialBalance { get; } = new(
        "trial-balance", "trial-balance [CURRENCY] [POSITION | YYYY-MM-DD]   adds up every posting of a ledger, up to a position or to the end of a day in Kazakhstan", Run);

    public static Verb VerifyBalance { get; } = new(
        "verify-balance", "verify-balance FILE | TOKEN   checks a signed trial balance against the keys and adds up every posting again", RunVerify);

    public static Verb CheckHolds { get; } = new("check-holds", "check-holds [CURRENCY]   lists guarantees that are held though their lot ended an hour ago or more and no deal needs them; exit code 1 when there are any", RunCheckHolds);

    private static async Task<int> RunCheckHolds(VerbCall call)
    {
        if (await call.OneCurrency() is not { } currency) return 2;
        using var cancelling = new CancelKey();
        await using var house = JournalVerbs.Open(call);
        var (check, found, sum) = (new HoldCheck(house.Database, house.Clock.Time), 0L, 0L);
        for (var after = ""; await check.Find(currency, after, HoldsAtOnce, cancelling.Token) is { Count: > 0 } page; after = page[^1].Transfer)
        {
            foreach (var hold in page) await call.Answers.WriteLineAsync($"{new Money(hold.AmountMinor, currency)} of {hold.Debit} for lot {hold.LotId}, which ended {DateTimeOffset.FromUnixTimeMilliseconds(hold.EndedAtMs):O}: transfer {hold.Transfer}");
            (found, sum) = (found + page.Count, sum + page.Sum(hold => hold.AmountMinor));
        }

        await call.Answers.WriteLineAsync($"{found} held for nothing, {new Money(sum, currency)}");
        return found == 0 ? 0 : 1;
    }

    private static async Task<int> RunVerify(VerbCall call)
    {
        if (call.Operands is not [var operand])
        {
            await call.Remarks.WriteLineAsync("One token, or the file it stands in. As in: verify-balance trial-balance-KZT-2026-12-31.jws");
            return 2;
        }

        using var cancelling = new CancelKey();
        var token = File.Exists(operand) ? await File.ReadAllTextAsync(operand, cancelling.Token) : operand;
        await using var house = JournalVerbs.Open(call);
        var check = new BalanceCheck(SigningKeys.Of(house), new DailyBalanceQueries(house.Database), new LedgerQueries(house.Database));
        var difference = await check.Difference(token.Trim(), cancelling.Token);
        await call.Answers.WriteLineAsync(difference ?? "ok");
        return difference is null ? 0 : 1;
    }

    private static async Task<int> Run(VerbCall call)
    {
        if (!Understood(call.Operands, out var currency, out var position, out var day, out var problem))
        {
            await call.Remarks.WriteLineAsync(problem);
            return 2;
        }

        using var cancelling = new CancelKey();
        await using var house = JournalVerbs.Open(call);
        var upTo = day is { } last ? await new DailyBalanceQueries(house.Database).EndOf(last, cancelling.Token) : position;
        var lines = await new LedgerQueries(house.Database).TrialBalance(currency, upTo, cancelling.Token);
        foreach (var line in lines)
        {
            await call.Answers.WriteLineAsync($"{line.Kind} {line.Accounts} debits {Amount(line.DebitsMinor)} credits {Amount(line.CreditsMinor)} balance {Amount(line.BalanceMinor)}");
            if (!line.Agrees) await call.Remarks.WriteLineAsync($"{line.Kind}: the postings give {Amount(line.CreditsMinor - line.DebitsMinor)}, the balances say {Amount(line.BalanceMinor)}; run 'verify'");
        }

        var sum = lines.Sum(line => line.BalanceMinor);
        await call.Answers.WriteLineAsync(sum == 0 ? "sum 0" : $"sum {Amount(sum)}");
        return TrialBalanceLine.Problem(lines, currency) is null ? 0 : 1;

        string Amount(long minor) => new Money(minor, currency).Amount;
    }

    private static bool Understood(IReadOnlyList<string> operands, out Currency currency, out long? position, out DateOnly? day, out string problem)
    {
        (currency, position, day, problem) = (Currency.Kzt, null, null, "");
        foreach (var operand in operands)
        {
            if (DateOnly.TryParseExact(operand, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var written))
            {
                problem = $"'{operand}' may be a position or a day. A day is written {written:O}; a position of eight digits +{operand}.";
                return false;
            }

            if (long.TryParse(operand, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= 0) position = number;
            else if (DateOnly.TryParseExact(operand, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) day = date;
            else if (!Currency.TryParse(operand, out currency, out var refusal))
            {
                problem = $"'{operand}' is neither a currency ({refusal.Facts[0].Value}) nor a position nor a day. As in: trial-balance KZT 2026-12-31";
                return false;
            }
        }

        if (operands.Count <= 2 && (position is null || day is null)) return true;
        problem = "At most a currency and one position or day. As in: trial-balance KZT 2026-12-31";
        return false;
    }
}
