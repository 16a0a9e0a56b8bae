using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;

namespace Ainalym.Front.Verbs;

/// <summary>The bank's statements taken in, and its balance against the ledger's, without the pages.</summary>
internal static class BankVerbs
{
    public static Verb Import { get; } = new("import-statement", "import-statement FILE.xml [--bank-account IBAN]   takes in a camt.053 statement; what was told before changes nothing", Take);

    public static Verb Reconcile { get; } = new("reconcile", "reconcile [CURRENCY]   the bank's balance by its latest statement against the ledger's; exit code 1 when something is unaccounted for", Compare);

    private static async Task<int> Take(VerbCall call)
    {
        if (call.Operands.Count != 1)
        {
            await call.Remarks.WriteLineAsync("Which statement? Give its file, as in: import-statement statement.xml");
            return 2;
        }

        using var cancelling = new CancelKey();
        try
        {
            await using var file = File.OpenRead(call.Operands[0]);
            await using var house = JournalVerbs.Open(call);
            var import = StatementImport.Of(house, new OrganisationQueries(house.Database).ByBins, new HouseAccounts(call.Options.BankAccounts, call.Options.BankHolder));
            var result = await import.Take(file, new Sweeping(new Remarks(call.Remarks), house), cancelling.Token);
            await house.CatchUp(cancelling.Token);
            await call.Answers.WriteLineAsync($"{result.Taken} taken: {result.Matched} matched, {result.Unmatched} unmatched, {result.WentOut} went out; {result.Known} known before, {result.ConflictCount} told otherwise before");
            foreach (var conflict in result.Conflicts) await call.Remarks.WriteLineAsync($"line {conflict.Line}: {conflict.Reference} was told with another {conflict.Field}; it stays as it was");
            foreach (var gap in result.Gaps) await call.Remarks.WriteLineAsync($"A statement is missing before {gap}");
            foreach (var corrected in result.Corrected) await call.Remarks.WriteLineAsync($"A statement was told with other balances before, and counts as told now: {corrected}");
            return result.ConflictCount == 0 ? 0 : 1;
        }
        catch (Exception error) when (error is StatementException or OperationCanceledException or IOException)
        {
            await call.Remarks.WriteLineAsync(error is OperationCanceledException ? "Cancelled. What was taken is known; start it again to go on." : error.Message);
            return 1;
        }
    }

    /// <summary>Lets go of the entries that are done with, page by page, so that a file of any length takes the memory of some pages.</summary>
    private sealed class Sweeping(IProgress<string> to, House house) : IProgress<string>
    {
        public void Report(string value)
        {
            to.Report(value);
            house.DropIdleGrains(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<int> Compare(VerbCall call)
    {
        if (await call.OneCurrency() is not { } currency) return 2;
        using var cancelling = new CancelKey();
        await using var house = JournalVerbs.Open(call);
        var of = await new Reconciliation(new EntryQueries(house.Database), new LedgerQueries(house.Database)).Of(currency, cancelling.Token);
        foreach (var entry in of.Waiting) await call.Answers.WriteLineAsync($"unexplained {entry.Booked} {entry.Reference} {entry.Amount} {entry.PayerName} {entry.Remittance}");
        foreach (var line in of.Lines) await call.Answers.WriteLineAsync($"{KebabCase.Name(line.Cause)} {line.Day:O} {line.Reference} {line.Amount}");
        await call.Answers.WriteLineAsync($"at bank {of.AtBank} on {of.Day?.ToString("O", System.Globalization.CultureInfo.InvariantCulture) ?? "no day"}");
        await call.Answers.WriteLineAsync($"in ledger {of.InLedger}");
        await call.Answers.WriteLineAsync($"brought forward {of.BroughtForward}");
        await call.Answers.WriteLineAsync($"unexplained {of.Unexplained}");
        await call.Answers.WriteLineAsync($"difference {of.Unaccounted.Amount}");
        return of.Unaccounted.MinorUnits == 0 ? 0 : 1;
    }
}
