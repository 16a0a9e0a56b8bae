using Ainalym.Contracts.Settlement;
using Ainalym.Front.Verbs;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Front.Tests;

public sealed class LedgerVerb : IDisposable
{
    private static readonly AccountId Organisation = AccountId.Available(CommandIds.Derived(DateTimeOffset.UnixEpoch, "organisation"));
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-ledger-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_trial_balance_ends_with_its_sum()
    {
        await Pay();
        (await Said()).Should().Be((0, "available 1 debits 0.00 credits 1000.00 balance 1000.00\nbank 1 debits 1000.00 credits 0.00 balance -1000.00\nsum 0\n"));
        (await Said("KZT", "0")).Should().Be((0, "sum 0\n"), "nothing was posted up to position 0");
        (await Said("2020-01-01")).Should().Be((0, "sum 0\n"), "nothing was posted then");
        (await Said("USD")).Should().Be((0, "sum 0\n"));
        (await Said("+20261231")).Said.Should().Contain("bank 1 debits 1000.00", "that is a position");
    }

    [Theory]
    [InlineData("credit_balance_minor = credit_balance_minor + 1", "sum 0.01")]
    [InlineData("debit_balance_minor = 0", "sum 1000.00")]
    [InlineData("amount_minor = amount_minor + 1", "sum 0")]
    [InlineData("credit = 'vat'", "sum 0")]
    public async Task A_posting_that_was_changed_is_found_unless_it_still_adds_up(string change, string sum)
    {
        await Pay();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            var damage = connection.CreateCommand();
            damage.CommandText = "UPDATE ledger_postings SET " + change;
            await damage.ExecuteNonQueryAsync();
        }

        var (code, said) = await Said();
        code.Should().Be(change.StartsWith("credit =", StringComparison.Ordinal) ? 0 : 1, "who got it, only 'verify' knows");
        said.Should().EndWith(sum + "\n");
    }

    [Theory, InlineData("GBP"), InlineData("yesterday"), InlineData("KZT 1 2"), InlineData("1 2026-12-31"), InlineData("20261231")]
    public async Task What_is_not_understood_ends_with_exit_code_2(string operands) => (await Said(operands.Split(' '))).Should().Be((2, ""));

    private async Task Pay()
    {
        await using var house = House.Open(FrontHost.Modules, new HouseOptions(folder), NullLoggerFactory.Instance);
        var post = new TransferOrder.Post(AccountId.Bank, Organisation, new Money(1000_00, Currency.Kzt), TransferPurpose.TopUp, "entry-1");
        (await house.Grains.Handle(LedgerGrain.Kind, "KZT", new MakeTransfers(CommandIds.New(TimeProvider.System), [post]), Caller.House)).Refusal.Should().BeNull();
    }

    private async Task<(int Code, string Said)> Said(params string[] operands)
    {
        var answers = new StringWriter { NewLine = "\n" };
        var options = FrontOptions.Read(["trial-balance", .. operands, "--data", folder], _ => null, out _)!;
        return (await AllVerbs.Find("trial-balance")!.Run(new VerbCall(options, FrontPorts.Embedded, answers, TextWriter.Null)), answers.ToString());
    }
}
