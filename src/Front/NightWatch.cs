using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Front;

/// <summary>Whenever a day of a ledger has ended, looks for guarantees that are held for nothing and compares the bank's balance with the ledger's; what is not as it should be it says to who runs the house.</summary>
internal sealed partial class NightWatch(House house) : Follower("front/night-watch")
{
    private const int Counted = 100;

    private readonly ILogger log = house.Logs.CreateLogger<NightWatch>();
    private readonly HoldCheck holds = new(house.Database, house.Clock.Time);
    private readonly Reconciliation reconciliation = new(new EntryQueries(house.Database), new LedgerQueries(house.Database));

    public override async Task Handle(Envelope envelope, CancellationToken ct)
    {
        if (envelope.Event is not DayEnded ended) return;
        var currency = TextValue.Parse<Currency>(envelope.Id);
        if (await holds.Find(currency, "", Counted, ct) is [var first, ..] stray) HeldForNothing(ended.Day, stray.Count, currency.Code, first.Transfer, first.LotId);

        // Without a statement there is nothing to compare with.
        if (await reconciliation.Of(currency, ct) is { Day: { } day, Unaccounted: { MinorUnits: not 0 } unaccounted }) DoesNotAgree(ended.Day, day, unaccounted);
    }

    [LoggerMessage(1, LogLevel.Error, "At the end of {Day} {Count} guarantees in {Currency} were held for nothing, the first by transfer {Transfer} for lot {Lot}. The verb check-holds lists them all.")]
    private partial void HeldForNothing(DateOnly day, int count, string currency, string transfer, string lot);

    [LoggerMessage(2, LogLevel.Error, "At the end of {Day} the bank's balance by its statement of {Statement} and the ledger's differed by {Unaccounted} that nothing accounts for: a statement is missing, or an entry was not posted yet. The verb reconcile shows the sums.")]
    private partial void DoesNotAgree(DateOnly day, DateOnly statement, Money unaccounted);
}
