using System.Buffers.Text;
using System.Text;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Keys;
using Ainalym.Settlement.Ledgers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>Each day's trial balance is signed once, as it was at the end of that day.</summary>
public sealed class DailyBalanceTests : IAsyncDisposable
{
    /// <summary>Noon's day in Kazakhstan, and its end.</summary>
    private static readonly DateOnly First = new(2026, 3, 2);
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 19, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-balances-").FullName;
    private SteppingHouse stepping;

    public DailyBalanceTests() => stepping = Open(Noon);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_day_ends_once_and_not_before_its_end()
    {
        var running = new DailyBalance.Running(First, First);
        Decide(DailyBalance.Initial, new EndDay(Id(1), Midnight), Noon).Should().Be(DailyBalanceRefusal.NotBegun);
        Decide(running, new BeginDays(Id(1), First), Noon).Should().Be(DailyBalanceRefusal.AlreadyBegun);
        Decide(running, new EndDay(Id(1), Midnight), Midnight.AddMilliseconds(-1)).Should().Be(DailyBalanceRefusal.DayNotOver);
        Decide(running, new EndDay(Id(1), Midnight), Midnight).Should().BeNull();
    }

    [Fact]
    public void Days_are_signed_once_in_their_order_and_not_before_they_are_over()
    {
        var third = new DailyBalance.Running(First.AddDays(3), First.AddDays(1));
        Decide(third, Signed(3), Noon).Should().Be(DailyBalanceRefusal.DayNotOver);
        Decide(third, Signed(2), Noon).Should().Be(DailyBalanceRefusal.EarlierDayUnsigned);
        Decide(third, Signed(1), Noon).Should().BeNull();
        Decide(third, Signed(0), Noon).Should().Be(DailyBalanceRefusal.AlreadySigned);

        static SignBalance Signed(int day) => new(Id(1), First.AddDays(day), 1, "", "");
    }

    [Fact]
    public async Task Each_day_is_signed_as_it_was_at_its_end()
    {
        await Make(1, Move(Bank, Aliya, 1000));
        await stepping.AdvanceTo(Midnight.AddMilliseconds(-1), Ct);
        await Make(2, Move(Aliya, Contracts.Settlement.AccountId.PlatformFee, 12));
        (await Days()).Should().BeEmpty();
        await stepping.AdvanceTo(Midnight.AddHours(1), Ct);
        await Make(3, Move(Bank, Bolat, 500));
        await stepping.AdvanceTo(Midnight.AddDays(2), Ct);

        var days = await Days();
        days.Select(day => day.Day).Should().Equal("2026-03-04", "2026-03-03", "2026-03-02");
        var first = Figures(days[2]);
        first.Lines.Select(line => (line.Kind, line.Balance)).Should().Equal(("available", Tenge(988)), ("bank", Tenge(-1000)), ("platform-fee", Tenge(12)));
        (first.ClientMoney, first.BankAndCard, first.Sum, first.Day).Should().Be((Tenge(988), Tenge(1000), Tenge(0), First));
        var second = Figures(days[1]);
        (second.ClientMoney, second.BankAndCard, second.Sum).Should().Be((Tenge(1488), Tenge(1500), Tenge(0)));
        foreach (var day in days) (await Check.Difference(day.Token, Ct)).Should().BeNull();
        stepping.House.Verify($"{first.Position}:{first.ChainHash}", progress: null, Ct).Difference.Should().BeNull("the chain leads through the published head");
    }

    /// <summary>Nothing between the ends of batches can be tied to the chain.</summary>
    [Fact]
    public async Task A_day_ends_with_its_last_batch_for_whoever_adds_it_up()
    {
        await Make(1, Move(Bank, Aliya, 1000));
        await stepping.House.CatchUp(Ct);
        stepping.SetClock(Midnight.AddMilliseconds(-1));
        var inLane = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var bothWait = new ManualResetEventSlim();
        var work = stepping.House.Database.Write(
            _ =>
            {
                inLane.SetResult();
                bothWait.Wait(Ct);
                return 0;
            }, Ct);
        await inLane.Task;
        var late = Make(2, Move(Bank, Aliya, 200));
        stepping.SetClock(Midnight);
        var early = Make(3, Move(Bank, Bolat, 30));
        bothWait.Set();
        await Task.WhenAll(work, late, early);
        await stepping.AdvanceTo(Midnight.AddMinutes(1), Ct);

        var signed = Figures((await Days())[0]);
        signed.ClientMoney.Should().Be(Tenge(1000), "the batch that began before midnight ended after it");
        var lines = await new LedgerQueries(stepping.House.Database).TrialBalance(Currency.Kzt, await Queries.EndOf(First, Ct), Ct);
        lines.Select(line => (line.Kind, new Money(line.BalanceMinor, Currency.Kzt))).Should().Equal(signed.Lines.Select(line => (line.Kind, line.Balance)));
    }

    [Fact]
    public async Task After_an_outage_the_missing_days_are_signed_without_what_came_later()
    {
        await Make(1, Move(Bank, Aliya, 1000));
        await stepping.House.CatchUp(Ct);
        await stepping.DisposeAsync();
        stepping = Open(Midnight.AddDays(3));
        await Make(2, Move(Bank, Bolat, 500));
        await stepping.AdvanceTo(Midnight.AddDays(3).AddMinutes(1), Ct);

        var days = await Days();
        days.Select(day => day.Day).Should().Equal("2026-03-05", "2026-03-04", "2026-03-03", "2026-03-02");
        foreach (var day in days) Figures(day).ClientMoney.Should().Be(Tenge(1000));
        foreach (var day in days) (await Check.Difference(day.Token, Ct)).Should().BeNull();
    }

    [Fact]
    public async Task Two_processes_sign_each_day_once()
    {
        await Make(1, Move(Bank, Aliya, 1000));
        var later = new HouseOptions(folder) { Time = new SteppingTime(Midnight.AddDays(2)) };
        await using var one = House.Open([SettlementModule.Module], later, NullLoggerFactory.Instance);
        await using var other = House.Open([SettlementModule.Module], later, NullLoggerFactory.Instance);
        await Task.WhenAll(one.Start(Ct), other.Start(Ct));
        while ((await Days()).Count < 3) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);

        (await Days()).Select(day => day.Day).Should().Equal("2026-03-04", "2026-03-03", "2026-03-02");
        foreach (var day in await Days()) (await Check.Difference(day.Token, Ct)).Should().BeNull();
        (await new DailyBalanceQueries(other.Database).Of(Currency.Kzt, before: null, 10, Ct)).Should().BeEquivalentTo(await Days());
    }

    [Theory]
    [InlineData("UPDATE ledger_postings SET amount_minor = amount_minor + 1", "*the postings give available 1 debits 0.00 KZT credits 1000.01 KZT*")]
    [InlineData("UPDATE ledger_postings SET credit = 'vat'", "*no such line*")]
    [InlineData("UPDATE chain SET hash = zeroblob(32)", "*chain's hash*")]
    [InlineData("DELETE FROM chain", "*no batch*")]
    [InlineData("DELETE FROM signing_keys", "*signature*")]
    public async Task What_was_changed_later_is_found(string change, string found)
    {
        await Make(1, Move(Bank, Aliya, 1000));
        await stepping.AdvanceTo(Midnight, Ct);
        var token = (await Days())[0].Token;
        await Change(change);
        (await Check.Difference(token, Ct)).Should().Match(found);
    }

    [Theory]
    [InlineData("UPDATE ledger_postings SET credit_balance_minor = credit_balance_minor + 1", "*KZT of 2026-03-02 is not signed*available give 1500.00 KZT, their balances 1500.02 KZT*")]
    [InlineData("UPDATE ledger_postings SET debit_balance_minor = 0, amount_minor = 0, credit_balance_minor = 0 WHERE number = 2", "*is not signed*")]
    public async Task What_does_not_agree_is_not_signed(string change, string said)
    {
        await Make(1, Move(Bank, Aliya, 1000));
        await Make(2, Move(Bank, Bolat, 500));
        await Change(change);
        var sign = () => stepping.AdvanceTo(Midnight, Ct);
        (await sign.Should().ThrowAsync<InvalidOperationException>()).WithMessage(said);
        (await Days()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_token_that_was_changed_or_says_something_else_is_found()
    {
        await Make(1, Move(Bank, Aliya, 1000));
        await stepping.AdvanceTo(Midnight, Ct);
        var parts = (await Days())[0].Token.Split('.');
        var changed = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("1000.00", "2000.00", StringComparison.Ordinal);
        var token = $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(changed))}.{parts[2]}";
        (await Check.Difference(token, Ct)).Should().Contain("signature");
        (await Check.Difference("hello", Ct)).Should().Contain("no token");
        (await Check.Difference(await SigningKeys.Of(stepping.House).Sign("{}"u8.ToArray(), Ct), Ct)).Should().Contain("no trial balance");
    }

    private async Task Change(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Pooling=False");
        await connection.OpenAsync(Ct);
        var damage = connection.CreateCommand();
        damage.CommandText = sql;
        await damage.ExecuteNonQueryAsync(Ct);
    }

    private static DailyBalanceRefusal? Decide(DailyBalance days, DailyBalanceCommand command, DateTimeOffset now) => (DailyBalanceRefusal?)DailyBalanceDecider.Decide(days, command, now).Refusals.SingleOrDefault()?.Code;

    private static BalanceFigures Figures(SignedBalanceRow row) => SignedBalance.From(row).Figures;

    private BalanceCheck Check => new(SigningKeys.Of(stepping.House), Queries, new LedgerQueries(stepping.House.Database));

    private DailyBalanceQueries Queries => new(stepping.House.Database);

    private Task<IReadOnlyList<SignedBalanceRow>> Days() => Queries.Of(Currency.Kzt, before: null, 100, Ct);

    private SteppingHouse Open(DateTimeOffset now) => SteppingHouse.Open([SettlementModule.Module], new HouseOptions(folder), now, NullLoggerFactory.Instance);

    private async Task Make(int command, params Contracts.Settlement.TransferOrder[] transfers) =>
        (await stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", Words.Make(command, transfers), Caller.House, Ct)).Refusal.Should().BeNull();
}
