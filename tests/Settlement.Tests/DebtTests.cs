using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Rails;
using Ainalym.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>What organisations owe the house is collected from what comes in for them.</summary>
public sealed class DebtTests : IAsyncDisposable
{
    private static readonly AccountId AliyaOwes = AccountId.Owed(Id(0xA));
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-debts-").FullName;
    private readonly SteppingHouse stepping;

    public DebtTests() => stepping = SteppingHouse.Open([SettlementModule.Module], new HouseOptions(folder), Noon, NullLoggerFactory.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_debtor_is_found_among_those_who_owe_nothing()
    {
        await Send(Make(1, Move(AliyaOwes, Bank, 70), Move(Bank, Bolat, 500)));
        await Settle();
        (await Balance(AliyaOwes)).Should().Be(-70);

        await Send(Make(2, [.. Enumerable.Range(0, 200).Select(_ => Move(Bank, Bolat, 1))]));
        await Send(Make(3, Move(Bank, Aliya, 30), Move(Bolat, Aliya, 60)));
        await Settle();
        ((await Balance(AliyaOwes)), (await Balance(Aliya)), (await Balance(Bolat))).Should().Be((0, 20, 640));
        (await new LedgerQueries(stepping.House.Database).Debtors(Currency.Kzt, Ct)).Should().BeEmpty();
    }

    [Fact]
    public async Task Who_owes_is_asked_once_a_page_whoever_is_paid()
    {
        await Send(Make(1, [.. Enumerable.Range(1, 400).Select(n => Move(Bank, AccountId.Available(Id(n)), n))]));
        var page = stepping.House.Tail.After(0, 400);
        page.Should().HaveCount(400);
        var database = new RecordingDatabase();
        await new DebtFollower(new Debts(stepping.House.Grains, new LedgerQueries(database), stepping.House.Clock)).Handle(page, Ct);
        database.Statements.Should().ContainSingle();
    }

    private async Task Send(LedgerCommand command) => (await stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", command, Caller.House, Ct)).Refusal.Should().BeNull();

    private Task Settle() => stepping.AdvanceTo(stepping.House.Clock.Now().AddSeconds(1), Ct);

    /// <summary>In tenge.</summary>
    private async Task<decimal> Balance(AccountId account) => (await new LedgerQueries(stepping.House.Database).Accounts(Currency.Kzt, [account], Ct)).Single().Balance.Posted / 100m;
}
