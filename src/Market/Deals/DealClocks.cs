using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

/// <summary>Moves the deadlines of deals, so that nobody loses by an outage what he could not do in it.</summary>
public sealed class DealClocks(IGrains grains, DealQueries deals)
{
    private const int AtOnce = 200;

    /// <summary>Every deadline that was still ahead when the outage began is as much later as the outage was long. A deal that is met again at its new deadline is not moved again.</summary>
    public async Task ExtendAfter(Outage outage, DateTimeOffset now, CancellationToken ct)
    {
        for (var after = Cursor.Start; await deals.DueAfter(outage.Since, after, AtOnce, ct) is { Count: > 0 } page; after = new Cursor(page[^1].ByMs!.Value, page[^1].DealId))
            await Task.WhenAll(page.Select(deal => grains.Handle(DealGrain.Kind, deal.Id, CommandFor(deal), Caller.House, ct)));

        ExtendDeadline CommandFor(DealRow deal) =>
            new(CommandIds.Derived(CommandIds.TimeOf(deal.Id), $"outage/{outage.Since.ToUnixTimeMilliseconds()}/{deal.DealId}"), outage.Since, now - outage.Since);
    }
}
