using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Front.Pages;

/// <summary>Something that waits for the operator.</summary>
/// <param name="Name">Its text stands under this name.</param>
/// <param name="More">There are more than could be counted at once.</param>
public sealed record DeskTask(string Name, string Link, long Waiting, bool More = false);

/// <summary>All that waits for the operator's hand, with the page where it is done.</summary>
internal sealed class OperatorDesk(EntryQueries entries, DealQueries deals, PayoutQueries payouts, HoldCheck holds)
{
    private const int Counted = 100, DefaultsShown = 10, StrayShown = 10;

    public async Task<IReadOnlyList<DeskTask>> Tasks(CancellationToken ct)
    {
        var unmatched = (await entries.Standing(EntryStanding.Unmatched, "", Counted, ct)).Count;
        var unexplained = (await entries.Standing(EntryStanding.Unexplained, "", Counted, ct)).Count;
        var filed = (await payouts.Standing(PayoutStanding.Filed, "", Counted, ct)).Count;
        return
        [
            new("unmatched", "/operator/bank", unmatched, unmatched == Counted),
            new("unexplained", "/operator/bank", unexplained, unexplained == Counted),
            new("deals", "/my/deals", await deals.Waiting(default, DealSide.Operator, ct)),
            new("payouts", "/operator/bank", (await payouts.Waiting(ct)).Sum(waiting => waiting.Payments)),
            new("filed", "/operator/bank", filed, filed == Counted),
        ];
    }

    /// <summary>Guarantees that are held for nothing, in whatever currency, the first of them: there should be none.</summary>
    public Task<IReadOnlyList<StrayHold>> Stray(CancellationToken ct) => holds.Find(currency: null, "", StrayShown, ct);

    public Task<IReadOnlyList<DealRow>> Defaulted(CancellationToken ct) => deals.Defaulted(DefaultsShown, ct);
}
