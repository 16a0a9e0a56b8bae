using Ainalym.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Front.Verbs;

/// <summary>Verbs about the journal itself. Each opens the house, which migrates it, and serves nobody.</summary>
internal static class JournalVerbs
{
    public static Verb Verify { get; } = new("verify", "verify [POSITION:HASH]   walks the chain and compares every inline row; a head published earlier may be given", RunVerify);

    public static Verb Rebuild { get; } = new("rebuild", "rebuild NAME             makes a projection's tables, a kind's inline rows or the reminders anew from the journal", RunRebuild);

    public static Verb Migrate { get; } = new("migrate", "migrate                  brings the database's schema up to date", RunMigrate);

    private static async Task<int> RunVerify(VerbCall call)
    {
        using var cancelling = new CancelKey();
        await using var house = Open(call);
        var found = house.Verify(call.Operands.Count > 0 ? call.Operands[0] : null, new Remarks(call.Remarks), cancelling.Token);
        await call.Answers.WriteLineAsync($"events {found.Events}");
        await call.Answers.WriteLineAsync($"streams {found.Streams}");
        await call.Answers.WriteLineAsync($"rows {found.Rows}");
        await call.Answers.WriteLineAsync($"head {found.Position}:{found.Hash}");
        await call.Answers.WriteLineAsync(found.Difference ?? "ok");
        return found.Difference is null ? 0 : 1;
    }

    private static async Task<int> RunRebuild(VerbCall call)
    {
        using var cancelling = new CancelKey();
        await using var house = Open(call);
        try
        {
            var count = await house.Rebuild(call.Operands.Count > 0 ? call.Operands[0] : "", new Remarks(call.Remarks), cancelling.Token);
            await call.Answers.WriteLineAsync($"rebuilt from {count}");
            return 0;
        }
        catch (ArgumentException unknown)
        {
            await call.Remarks.WriteLineAsync(unknown.Message);
            return 1;
        }
    }

    private static async Task<int> RunMigrate(VerbCall call)
    {
        await using var house = Open(call);
        await call.Answers.WriteLineAsync("ok");
        return 0;
    }

    internal static House Open(VerbCall call)
    {
        Directory.CreateDirectory(call.Options.DataFolder);
        return call.Ports.Open(FrontHost.ModulesFor(call.Options), new HouseOptions(call.Options.DataFolder) { ConnectionString = call.Options.ConnectionString }, NullLoggerFactory.Instance);
    }
}
