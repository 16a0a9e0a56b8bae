using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Front.Pages;

/// <summary>Something that waits for the operator.</summary>
/// <param name="Name">Its text stands under this name.</param>
/// <param name="More">There are more than could be counted at once.</param>
/// <param name="Overdue">How many of them are late.</param>
/// <param name="FirstMs">The first deadline, where they have one.</param>
public sealed record DeskTask(string Name, string Link, long Waiting, bool More = false, long Overdue = 0, long? FirstMs = null);

/// <summary>All that waits for the operator's hand, with the page where it is done.</summary>
internal sealed class OperatorDesk(EntryQueries entries, DealQueries deals, PayoutQueries payouts, HoldCheck holds, JournalClock clock)
{
    private const int Counted = 100, DefaultsShown = 50, StrayShown = 10;

    /// <summary>Deals that failed are counted for so long.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<IReadOnlyList<DeskTask>> Tasks(CancellationToken ct)
    {
        var unmatched = (await entries.Standing(EntryStanding.Unmatched, "", Counted, ct)).Count;
        var unexplained = (await entries.Standing(EntryStanding.Unexplained, "", Counted, ct)).Count;
        var filed = (await payouts.Standing(PayoutStanding.Filed, "", Counted, ct)).Count;
        return
        [
            new("unmatched", "/operator/bank", unmatched, unmatched == Counted),
            new("unexplained", "/operator/bank", unexplained, unexplained == Counted),
            await Decisions("complaints", "standstill"),
            await Decisions("disputes", "disputed"),
            new("defaults", "/operator/defaults", await deals.DefaultedSince(clock.Now() - Lately, ct)),
            new("payouts", "/operator/bank", (await payouts.Waiting(ct)).Sum(waiting => waiting.Payments)),
            new("filed", "/operator/bank", filed, filed == Counted),
        ];

        async Task<DeskTask> Decisions(string name, string stage)
        {
            var decisions = await deals.WaitingAt(stage, clock.Now(), ct);
            return new(name, $"/my/deals?stage={stage}", decisions.Waiting, Overdue: decisions.Overdue, FirstMs: decisions.FirstMs);
        }
    }

    /// <summary>Guarantees that are held for nothing, in whatever currency, the first of them: there should be none.</summary>
    public Task<IReadOnlyList<StrayHold>> Stray(CancellationToken ct) => holds.Find(currency: null, "", StrayShown, ct);

    /// <summary>Deals that failed because of the buyer, the latest first, with the cursor to go on by.</summary>
    public async Task<PageOf<DealRow>> Defaulted(Cursor? after, CancellationToken ct) =>
        PageOf<DealRow>.From(await deals.Defaulted(after?.At ?? long.MaxValue, after?.Id ?? "", DefaultsShown + 1, ct), DefaultsShown, deal => new Cursor(deal.ChangedAtMs, deal.DealId));
}
