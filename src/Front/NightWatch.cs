using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Front;

/// <summary>Whenever a day of a ledger has ended, looks for guarantees that are held for nothing, lets them go, and compares the bank's balance with the ledger's; what is not as it should be it says to who runs the house.</summary>
internal sealed partial class NightWatch(House house) : Follower("front/night-watch")
{
    private const int AtOnce = 500;

    private readonly ILogger log = house.Logs.CreateLogger<NightWatch>();
    private readonly HoldCheck holds = new(house.Database, house.Clock.Time);
    private readonly GuaranteeDesk guarantees = new(house.Addresses, Ties.HeldGuarantees(house.Database), Ties.FreeMoney(house.Database));
    private readonly Reconciliation reconciliation = new(new EntryQueries(house.Database), new LedgerQueries(house.Database));

    public override async Task Handle(Envelope envelope, CancellationToken ct)
    {
        if (envelope.Event is not DayEnded ended) return;
        var currency = TextValue.Parse<Currency>(envelope.Id);
        await LetGo(ended.Day, currency, $"{Name}/{envelope.Position}", envelope.At, ct);

        // Without a statement there is nothing to compare with.
        if (await reconciliation.Of(currency, ct) is { Day: { } day, Unaccounted: { MinorUnits: not 0 } unaccounted }) DoesNotAgree(ended.Day, day, unaccounted);
    }

    private async Task LetGo(DateOnly day, Currency currency, string cause, DateTimeOffset at, CancellationToken ct)
    {
        StrayHold? first = null;
        var (found, gone) = (0, 0);
        for (var after = ""; await holds.Find(currency, after, AtOnce, ct) is { Count: > 0 } page; after = page[^1].Transfer)
        {
            StrayHold[] unneeded = [.. page.Where(hold => hold.IsNeeded == 0)];
            await Task.WhenAll(unneeded.Select(hold => guarantees.LetGo(currency, TextValue.Parse<TransferId>(hold.Transfer), at, cause, ct)));
            first ??= page[0];
            (found, gone) = (found + page.Count, gone + unneeded.Length);
        }

        if (first is not null) HeldForNothing(day, found, currency.Code, first.Transfer, first.LotId, gone);
    }

    [LoggerMessage(1, LogLevel.Error, "At the end of {Day} {Count} guarantees in {Currency} were held for nothing, the first by transfer {Transfer} for lot {Lot}; {Gone} of them were let go. The others belong to deals that were not opened, or whose money has not moved, an hour and more after it should have: the verb check-holds lists them.")]
    private partial void HeldForNothing(DateOnly day, int count, string currency, string transfer, string lot, int gone);

    [LoggerMessage(2, LogLevel.Error, "At the end of {Day} the bank's balance by its statement of {Statement} and the ledger's differed by {Unaccounted} that nothing accounts for: a statement is missing, or an entry was not posted yet. The verb reconcile shows the sums.")]
    private partial void DoesNotAgree(DateOnly day, DateOnly statement, Money unaccounted);
}
