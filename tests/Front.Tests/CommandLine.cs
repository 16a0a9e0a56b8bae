using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Rails;

namespace Ainalym.Front.Tests;

public sealed class CommandLine
{
    private static FrontOptions? Read(string? market, out string? problem, params string[] args) =>
        FrontOptions.Read(args, name => name == "MARKET_DATA" ? market : null, out problem);

    [Fact]
    public void The_data_folder_is_said_or_from_the_environment_or_data()
    {
        Read("/m", out _, "--data", "/d")!.DataFolder.Should().Be("/d");
        Read("/m", out _, "--data=/d")!.DataFolder.Should().Be("/d");
        Read("/m", out _)!.DataFolder.Should().Be("/m");
        Read(null, out _)!.DataFolder.Should().Be(Path.GetFullPath("data"));
        Read("/m", out _, "--demo")!.DataFolder.Should().Be("/m/demo");
    }

    [Fact]
    public void A_verb_has_operands()
    {
        var options = Read(null, out _, "replay", "a.csv", "--data", "/d")!;
        options.Verb.Should().Be("replay");
        options.Operands.Should().Equal("a.csv");
    }

    [Theory]
    [InlineData("--date")]
    [InlineData("--data")]
    [InlineData("-x")]
    public void What_is_not_understood_is_named(string arg)
    {
        Read(null, out var problem, arg).Should().BeNull();
        problem.Should().Contain(arg);
    }

    [Fact]
    public async Task An_unusable_data_folder_ends_with_its_reason_and_exit_code_1()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-cli-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "journal.db"), new string('x', 8192));
        (await FrontHost.Run(["--data", folder, "--urls", "http://127.0.0.1:0"], FrontPorts.Embedded)).Should().Be(1);
        (await FrontHost.Run(["verify", "--data", folder], FrontPorts.Embedded)).Should().Be(1);
        (await File.ReadAllTextAsync(Path.Combine(folder, "journal.db"))).Should().Be(new string('x', 8192));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_BIN_that_invoices_name_is_checked_before_anything_runs()
    {
        Read(null, out _)!.BankHolderBin.Should().BeNull();
        Read(null, out _, "--bank-holder-bin", "991240000013")!.BankHolderBin.Should().Be(TextValue.Parse<Bin>("991240000013"));
        FrontOptions.Read([], name => name == "MARKET_BANK_HOLDER_BIN" ? "991240000013" : null, out _)!.BankHolderBin.Should().NotBeNull();
        Read(null, out var problem, "--bank-holder-bin", "991240000014").Should().BeNull();
        problem.Should().Contain("991240000014");
    }

    [Fact]
    public async Task A_verb_opens_the_house_as_the_options_have_it()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-cli-").FullName;
        IReadOnlyList<HouseModule>? opened = null;
        var ports = new FrontPorts(FrontPorts.Embedded.AddHouse, (modules, options, logs) =>
        {
            opened = modules;
            return FrontPorts.Embedded.Open(modules, options, logs);
        });
        (await FrontHost.Run(["migrate", "--data", folder], ports)).Should().Be(0);
        opened!.Single(module => module.Name == "front").Senders.Should().NotBeEmpty("mails and papers are made as the options say, by verbs too");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_connection_string_is_said_or_from_the_environment()
    {
        FrontOptions.Read([], Environment, out _)!.ConnectionString.Should().Be("Server=e");
        FrontOptions.Read(["--connection=Server=c"], Environment, out _)!.ConnectionString.Should().Be("Server=c");
        Read(null, out _)!.ConnectionString.Should().BeNull();

        static string? Environment(string name) => name == "MARKET_CONNECTION" ? "Server=e" : null;
    }

    [Fact]
    public void The_houses_bank_accounts_are_checked_before_anything_runs()
    {
        Read(null, out _)!.BankAccounts.Should().BeEmpty();
        FrontOptions.Read(["--demo"], _ => null, out _)!.BankAccounts.Should().Equal(new HouseAccount(TextValue.Parse<Iban>(FrontOptions.DemoAccount), Currency.Kzt));
        FrontOptions.Read([], name => name == "MARKET_BANK_ACCOUNT" ? "KZ86125KZT5004100100,KZ61991DEMO000000001:USD" : null, out _)!.BankAccounts.Select(account => account.ToString()).Should().Equal("KZ86125KZT5004100100 KZT", "KZ61991DEMO000000001 USD");
        FrontOptions.Read(["--bank-account", "KZ87125KZT5004100100"], _ => null, out var problem).Should().BeNull();
        problem.Should().Contain("KZ87125KZT5004100100");
        FrontOptions.Read(["--bank-account", "KZ64KZT1250041001000"], _ => null, out problem).Should().BeNull();
        problem.Should().Contain("bank-code-malformed");
        foreach (var bad in (string[])["KZ86125KZT5004100100:XXX", "KZ86125KZT5004100100:", ":USD", "KZ86125KZT5004100100,KZ86125KZT5004100100:USD"])
        {
            FrontOptions.Read(["--bank-account", bad], _ => null, out problem).Should().BeNull();
            problem.Should().Contain("KZ86125KZT5004100100".Length > bad.Length ? bad : "KZ86125KZT5004100100");
        }
    }

    [Fact]
    public async Task The_default_host_leaves_SQL_Server_to_the_cluster_host()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-cli-").FullName;
        var errors = new StringWriter();
        var before = Console.Error;
        Console.SetError(errors);
        try
        {
            (await FrontHost.Run(["--data", folder, "--urls", "http://127.0.0.1:0", "--connection", "Server=nowhere"], FrontPorts.Embedded)).Should().Be(1);
            (await FrontHost.Run(["migrate", "--data", folder, "--connection", "Server=nowhere"], FrontPorts.Embedded)).Should().Be(1);
        }
        finally
        {
            Console.SetError(before);
        }

        errors.ToString().Split("start the cluster host").Should().HaveCount(3, "it is said each time");
        File.Exists(Path.Combine(folder, "journal.db")).Should().BeFalse();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Unknown_words_end_with_exit_code_2() => (await FrontHost.Run(["fly"], FrontPorts.Embedded)).Should().Be(2);

    [Fact]
    public async Task The_journals_verbs_work_on_a_new_folder()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-cli-").FullName;
        (await FrontHost.Run(["migrate", "--data", folder], FrontPorts.Embedded)).Should().Be(0);
        (await FrontHost.Run(["verify", "--data", folder], FrontPorts.Embedded)).Should().Be(0);
        (await FrontHost.Run(["rebuild", "reminders", "--data", folder], FrontPorts.Embedded)).Should().Be(0);
        (await FrontHost.Run(["rebuild", "nothing", "--data", folder], FrontPorts.Embedded)).Should().Be(1);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_demo_clears_only_a_folder_that_it_made_itself()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-cli-").FullName;
        var foreign = Directory.CreateDirectory(Path.Combine(folder, "demo")).FullName;
        await File.WriteAllTextAsync(Path.Combine(foreign, "letter.txt"), "mine");
        (await FrontHost.Run(["--demo", "--data", folder], FrontPorts.Embedded)).Should().Be(1);
        (await File.ReadAllTextAsync(Path.Combine(foreign, "letter.txt"))).Should().Be("mine");
        Directory.Delete(folder, recursive: true);
    }
}
