using Ainalym.Kernel;

namespace Ainalym.Front.Verbs;

/// <summary>What a verb works with.</summary>
/// <param name="Answers">Standard output: what was asked for, and nothing else.</param>
/// <param name="Remarks">Standard error: progress and complaints.</param>
public sealed record VerbCall(FrontOptions Options, FrontPorts Ports, TextWriter Answers, TextWriter Remarks)
{
    public IReadOnlyList<string> Operands => Options.Operands ?? [];

    /// <summary>The currency that is the only operand, or the tenge where there is none; null, and a complaint, where it is neither.</summary>
    public async Task<Currency?> OneCurrency()
    {
        if (Operands.Count == 0) return Currency.Kzt;
        if (Operands is [var text] && Currency.TryParse(text, out var currency, out _)) return currency;
        await Remarks.WriteLineAsync($"One currency at most, of {string.Join(", ", Currency.All)}.");
        return null;
    }
}

/// <summary>Something the executable does instead of serving.</summary>
/// <param name="Usage">Its operands and what it does, on one line.</param>
/// <param name="Run">Gives the exit code: 0 done, 1 not, with the reason on standard error.</param>
public sealed record Verb(string Name, string Usage, Func<VerbCall, Task<int>> Run);

/// <summary>The verbs of the house.</summary>
public static class AllVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        JournalVerbs.Verify, JournalVerbs.Rebuild, JournalVerbs.Migrate, LedgerVerbs.TrialBalance, LedgerVerbs.VerifyBalance, KeyVerbs.RotateKeys, BankVerbs.Import, BankVerbs.Reconcile, LedgerVerbs.CheckHolds, ReplayVerb.Replay,
    ];

    public static string Usage { get; } = string.Join('\n', All.Select(verb => $"  {verb.Usage}"));

    public static Verb? Find(string name) => All.FirstOrDefault(verb => verb.Name == name);
}
