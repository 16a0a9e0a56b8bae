using Ainalym.Front.Demo;
using Ainalym.Front.Verbs;
using Ainalym.Identity;
using Ainalym.Journal;
using Ainalym.Market;
using Ainalym.Market.Deals;
using Ainalym.Settlement;
using Ainalym.Waste;

namespace Ainalym.Front;

/// <summary>Builds and runs the whole house. Both hosts' <c>Program.cs</c> call it, each with its ports.</summary>
public static class FrontHost
{
    /// <summary>Every module of the house, in the order of their migrations.</summary>
    public static IReadOnlyList<HouseModule> Modules { get; } = All(DealRuleBook.Usual, FrontModule.Module);

    /// <summary>The same, making deals and sending mails as these options say.</summary>
    internal static IReadOnlyList<HouseModule> ModulesFor(FrontOptions options) => All(options.DealRules, FrontModule.Sending(options));

    internal static IReadOnlyList<HouseModule> All(DealRuleBook rules, HouseModule front) =>
        [IdentityModule.Module, WasteModule.Module, MarketModule.With(WasteModule.CodeLists, Ties.HeldGuarantees, Ties.FreeMoney, rules), SettlementModule.Module, front];

    /// <returns>The exit code: 0 done, 1 failed with a message, 2 the command line is not understood.</returns>
    public static async Task<int> Run(string[] args, FrontPorts ports)
    {
        if (FrontOptions.Read(args, Environment.GetEnvironmentVariable, out var problem) is not { } options) return Misused(problem!);
        try
        {
            if (options.Verb is not null)
                return AllVerbs.Find(options.Verb) is { } verb ? await verb.Run(new VerbCall(options, ports, Console.Out, Console.Error)) : Misused($"{options.Verb} is not a verb.");

            if (options.Demo) await DemoSeed.Renew(options);
            await using var app = Build(options, ports);
            await app.StartAsync();
            foreach (var url in app.Urls) Console.WriteLine($"Ainalym listens on {url}");
            if (options.Demo) DemoSeed.PrintSignIns(Console.Out);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (UnauthorizedAccessException error)
        {
            await Console.Error.WriteLineAsync($"{error.Message} Choose a folder that this user may write to, with --data DIR.");
            return 1;
        }
        catch (Exception error) when (error is StorageException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    /// <summary>Everything wired, nothing started yet; opening the journal is what can fail.</summary>
    /// <exception cref="StorageException">The data folder can't be used; the message says why.</exception>
    public static WebApplication Build(FrontOptions options, FrontPorts ports, Action<WebApplicationBuilder>? configure = null)
    {
        Directory.CreateDirectory(options.DataFolder);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(FrontHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.AddFront(options, ports);
        configure?.Invoke(builder);
        var app = builder.Build();
        _ = app.Services.GetRequiredService<House>();
        app.UseFront();
        return app;
    }

    private static int Misused(string problem)
    {
        Console.Error.WriteLine(problem);
        Console.Error.WriteLine(FrontOptions.Usage);
        Console.Error.WriteLine(AllVerbs.Usage);
        return 2;
    }
}
