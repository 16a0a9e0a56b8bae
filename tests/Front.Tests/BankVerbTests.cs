using Ainalym.Front.Verbs;
using Ainalym.Support;


namespace Ainalym.Front.Tests;

/// <summary>The bank's statements and its balance, without a browser.</summary>
public sealed class BankVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-bank-verb-").FullName;
    private int files;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_statement_is_taken_in_once_and_the_balances_are_compared()
    {
        var file = await Written(Camt.Document(Camt.Statement(200, 293, Camt.Entry("A1", 100, written: "не знаю") + Camt.Entry("C1", 7, credit: false, written: "Комиссия"))));
        (await Run("import-statement", file, "--bank-account", Camt.Account)).Should().Be((0, "2 taken: 0 matched, 1 unmatched, 1 went out; 0 known before, 0 told otherwise before\n"));
        (await Run("import-statement", file, "--bank-account", Camt.Account)).Should().Be((0, "0 taken: 0 matched, 0 unmatched, 0 went out; 2 known before, 0 told otherwise before\n"));
        var (code, compared) = await Run("reconcile");
        code.Should().Be(0);
        compared.Should().StartWith("unexplained 2026-05-04 C1 7.00 KZT").And.Contain("at bank 293.00 KZT on 2026-05-04\nin ledger 100.00 KZT\nbrought forward 200.00 KZT\nunexplained -7.00 KZT\n").And.EndWith("difference 0.00\n");

        var gap = await Written(Camt.Document(Camt.Statement(300, 310, Camt.Entry("A2", 10, written: "не знаю"), id: "S-2").Replace("2026-05-04", "2026-05-06", StringComparison.Ordinal)));
        (await Run("import-statement", gap, "--bank-account", Camt.Account)).Code.Should().Be(0);
        (await Run("reconcile")).Should().Match<(int Code, string Said)>(told => told.Code == 1 && told.Said.EndsWith("difference 7.00\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_told_otherwise_changes_nothing_and_ends_in_an_error()
    {
        _ = await Run("import-statement", await Written(Camt.Document(Camt.Statement(0, 100, Camt.Entry("A1", 100)))), "--bank-account", Camt.Account);
        var other = await Run("import-statement", await Written(Camt.Document(Camt.Statement(0, 90, Camt.Entry("A1", 90)))), "--bank-account", Camt.Account);
        other.Should().Be((1, "0 taken: 0 matched, 0 unmatched, 0 went out; 0 known before, 1 told otherwise before\n"));
    }

    [Theory, InlineData(2), InlineData(1, "none.xml")]
    public async Task What_cannot_be_read_is_said(int code, params string[] operands) => (await Run("import-statement", operands)).Should().Be((code, ""));

    [Fact]
    public async Task Another_bank_account_is_not_ours() =>
        (await Run("import-statement", await Written(Camt.Document(Camt.Statement(0, 100, Camt.Entry("A1", 100)))), "--bank-account", FrontOptions.DemoAccount)).Should().Be((1, ""));

    private async Task<string> Written(string statement)
    {
        var file = Path.Combine(folder, $"{++files}.xml");
        await File.WriteAllTextAsync(file, statement);
        return file;
    }

    private async Task<(int Code, string Said)> Run(string verb, params string[] operands)
    {
        await using var answers = new StringWriter { NewLine = "\n" };
        var options = FrontOptions.Read([verb, .. operands, "--data", folder], _ => null, out _)!;
        return (await AllVerbs.Find(verb)!.Run(new VerbCall(options, FrontPorts.Embedded, answers, TextWriter.Null)), answers.ToString());
    }
}
