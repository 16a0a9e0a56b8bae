using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Market.Lots;

/// <summary>What everyone may know of an event of a lot, from the event alone: bidders are numbers, and nothing tells a maximum, a sealed amount or a reserve.</summary>
/// <param name="Price">The visible price per tonne after it.</param>
/// <param name="ClosesAt">The close, if the event set or moved it.</param>
/// <param name="Version">The lot's version after it, as in its ETag: whoever shows a later one knows this news already.</param>
public sealed record LotNews(
    Guid LotId, DateTimeOffset At, long? Bidder = null, string? Price = null, long? Leader = null, bool? ReserveMet = null, DateTimeOffset? ClosesAt = null,
    string? Commitment = null, long? RemainingSeconds = null, string? Reason = null, long? Version = null)
{
    /// <summary>The news and its name: <c>bid</c>, <c>sealed-bid</c>, <c>listed</c>, <c>changed</c>, <c>frozen</c>, <c>resumed</c>, <c>awarded</c>, <c>unsold</c>, <c>cancelled</c>. Null for what is nobody else's business.</summary>
    public static (string Name, LotNews News)? Of(Guid lot, object @event) => @event switch
    {
        BidPlaced e => ("bid", new(lot, e.At, e.BidderNumber, e.Price.ToString(), e.LeaderNumber, e.ReserveMet, e.ClosesAt)),
        SealedBidPlaced e => ("sealed-bid", new(lot, e.At, e.BidderNumber, Commitment: e.Commitment)),
        LotListed e => ("listed", new(lot, e.At, ClosesAt: e.Lot.Terms.ClosesAt)),
        LotChanged e => ("changed", new(lot, e.At, ClosesAt: e.Lot.Terms.ClosesAt)),
        LotFrozen e => ("frozen", new(lot, e.At, RemainingSeconds: (long)e.Remaining.TotalSeconds)),
        LotResumed e => ("resumed", new(lot, e.At, ClosesAt: e.ClosesAt)),
        LotAwarded e => ("awarded", new(lot, e.At, e.WinnerNumber, e.Price.ToString(), e.WinnerNumber)),
        LotUnsold e => ("unsold", new(lot, e.At, Reason: KebabCase.Name(e.Reason))),
        LotCancelled e => ("cancelled", new(lot, e.At)),
        GuaranteeWithdrawn => null,
        _ => throw new System.Diagnostics.UnreachableException($"{@event.GetType().Name} has no public form."),
    };
}

/// <summary>
/// Live news by server-sent events; an event's id is its journal position, and a client that comes back with <c>Last-Event-ID</c> goes on without a gap. Every fifteen seconds without
/// news a <c>beat</c> tells the server's time. One that is too far behind is told to <c>reload</c> and goes on from now.
/// </summary>
public static class LotLive
{
    private const int PageSize = 500;

    /// <summary>Further behind than this, reading the lot again is cheaper than all its news.</summary>
    private const long FarthestBehind = 20_000;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public static void MapLotLive(this IEndpointRouteBuilder api)
    {
        var lots = api.MapGroup("/lots").WithTags("Lots");
        lots.MapGet("/live", (LastEventId last, Tail tail, JournalClock clock, HttpContext http) => Answer(lot: null, last, tail, clock, http))
            .WithName("WatchLots").WithSummary("News of all lots as server-sent events; resumes after Last-Event-ID.").AllowAnonymous();
        lots.MapGet("/{lotId:guid}/live", async Task<Results<ServerSentEventsResult<LotNews>, Problem>> (Guid lotId, LastEventId last, Tail tail, JournalClock clock, LotQueries queries, HttpContext http) =>
                await queries.Lot(lotId, http.RequestAborted) is null ? Problems.From(LotRefusal.LotNotFound) : Answer(lotId, last, tail, clock, http))
            .WithName("WatchLot").WithSummary("News of one lot as server-sent events; resumes after Last-Event-ID.").AllowAnonymous();
    }

    private static ServerSentEventsResult<LotNews> Answer(Guid? lot, LastEventId last, Tail tail, JournalClock clock, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(News(lot, last.Position, tail, clock, http.RequestAborted));
    }

    /// <param name="lot">Only this one's; null for all.</param>
    /// <param name="after">The last position the client has; null for one that begins now.</param>
    public static async IAsyncEnumerable<SseItem<LotNews>> News(Guid? lot, long? after, Tail tail, JournalClock clock, [EnumeratorCancellation] CancellationToken ct)
    {
        var id = lot?.ToString("N");
        var position = after ?? tail.Position;
        yield return Item("hello", new LotNews(lot ?? Guid.Empty, clock.Now()), position);
        if (position > tail.Position || tail.Position - position > FarthestBehind)
        {
            position = tail.Position;
            yield return Item("reload", new LotNews(lot ?? Guid.Empty, clock.Now()), position);
        }

        while (!ct.IsCancellationRequested)
        {
            var page = tail.After(position, PageSize);
            foreach (var envelope in page)
            {
                if (envelope.Kind != LotGrain.Kind.Name || (id is not null && envelope.Id != id)) continue;
                if (LotNews.Of(Guid.ParseExact(envelope.Id, "N"), envelope.Event) is var (name, news)) yield return Item(name, news with { Version = envelope.Version }, envelope.Position);
            }

            if (page.Count > 0)
            {
                position = page[^1].Position;
                continue;
            }

            if (await NothingFor(Beat, tail.Grown(position), clock, ct)) yield return Item("beat", new LotNews(lot ?? Guid.Empty, clock.Now()), position);
        }
    }

    private static SseItem<LotNews> Item(string name, LotNews news, long position) =>
        new(news, name) { EventId = position.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    private static async Task<bool> NothingFor(TimeSpan time, Task grown, JournalClock clock, CancellationToken ct)
    {
        try
        {
            await grown.WaitAsync(time, clock.Time, ct);
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
