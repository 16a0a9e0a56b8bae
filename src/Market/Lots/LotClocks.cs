using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>Stops and starts the clocks of many lots: after an outage, or all of them by an operator.</summary>
public sealed class LotClocks(IGrains grains, LotQueries lots)
{
    private const int AtOnce = 200;

    /// <summary>Every open lot that closed during the outage, or is about to, stands still with the time that it had left when the outage began.</summary>
    /// <returns>How many lots stand still now.</returns>
    public Task<int> FreezeAfter(Outage outage, DateTimeOffset now, CancellationToken ct) =>
        Freeze(now + outage.Gap, lot => new FreezeLot(CommandFor(lot, $"outage/{outage.Since.ToUnixTimeMilliseconds()}"), outage.Since), Caller.House, ct);

    /// <summary>Every open lot stands still from now on.</summary>
    /// <returns>How many lots were stopped.</returns>
    public Task<int> FreezeAll(Guid commandId, Caller caller, CancellationToken ct) =>
        Freeze(DateTimeOffset.MaxValue, lot => new FreezeLot(CommandFor(lot, commandId.ToString("N"))), caller, ct);

    /// <summary>Every lot that stands still goes on with the time it had left.</summary>
    /// <returns>How many lots go on.</returns>
    public async Task<int> ResumeAll(Guid commandId, Caller caller, CancellationToken ct)
    {
        var (resumed, after) = (0, "");
        while (await lots.Frozen(after, AtOnce, ct) is { Count: > 0 } page)
        {
            resumed += await Send(page, lot => new ResumeLot(CommandFor(lot, commandId.ToString("N"))), caller, ct);
            after = page[^1].LotId;
        }

        return resumed;
    }

    private async Task<int> Freeze(DateTimeOffset closingBefore, Func<LotRow, FreezeLot> order, Caller caller, CancellationToken ct)
    {
        var (frozen, after) = (0, Cursor.Start);
        while (await lots.OpenUntil(closingBefore, after, AtOnce, ct) is { Count: > 0 } page)
        {
            frozen += await Send(page, order, caller, ct);
            after = new Cursor(page[^1].ClosesAtMs, page[^1].LotId);
        }

        return frozen;
    }

    /// <summary>A lot that ended meanwhile refuses; that is as it should be.</summary>
    private async Task<int> Send(IReadOnlyList<LotRow> page, Func<LotRow, LotCommand> order, Caller caller, CancellationToken ct)
    {
        var receipts = await Task.WhenAll(page.Select(lot => grains.Handle(LotGrain.Kind, lot.LotId, order(lot), caller, ct)));
        return receipts.Count(receipt => receipt.Refusal is null);
    }

    private static Guid CommandFor(LotRow lot, string cause) => CommandIds.Derived(DateTimeOffset.FromUnixTimeMilliseconds(lot.ListedAtMs), $"{cause}/{lot.LotId}");
}
