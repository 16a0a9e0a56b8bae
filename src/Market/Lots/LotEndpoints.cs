using System.Security.Claims;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Market.Lots;

/// <summary>Routes under <c>/api/v1/lots</c>.</summary>
public static class LotEndpoints
{
    private const int UsualPage = 50;
    private const int LargestPage = 100;

    public static void MapLots(this IEndpointRouteBuilder api)
    {
        var lots = api.MapGroup("/lots").WithTags("Lots");
        lots.MapGet("", Board).WithName("ListOpenLots").WithSummary("Open lots, closing soonest first unless asked otherwise.").AllowAnonymous();
        lots.MapPost("", List).WithName("ListLot").WithSummary("Publish a lot. Everything that is wrong with it is told at once.").RequireAuthorization(Policies.Sell);
        lots.MapGet("/mine", Mine).WithName("ListMyLots").WithSummary("Your lots, newest first.").RequireAuthorization(Policies.Sell);
        lots.MapGet("/bid-on", BidOn).WithName("ListLotsBidOn").WithSummary("The lots you have bid on, newest first, and how you stand.").RequireAuthorization(Policies.Trade);
        lots.MapGet("/won", Won).WithName("ListLotsWon").WithSummary("The lots you have won, newest first.").RequireAuthorization(Policies.Trade);
        lots.MapPost("/freeze", FreezeAll).WithName("FreezeAllLots").WithSummary("Stop the clock of every open lot.").RequireAuthorization(Policies.Operate);
        lots.MapPost("/resume", ResumeAll).WithName("ResumeAllLots").WithSummary("Let every stopped clock go on with the time it had left.").RequireAuthorization(Policies.Operate);

        var lot = lots.MapGroup("/{lotId:guid}");
        lot.MapGet("", One).WithName("GetLot").WithSummary("A lot.").Produces(StatusCodes.Status304NotModified).AllowAnonymous();
        lot.MapPut("", Change).WithName("ChangeLot").WithSummary("Describe your lot anew, while nobody has bid.").RequireAuthorization(Policies.Sell);
        lot.MapPost("/cancel", Cancel).WithName("CancelLot").WithSummary("Withdraw your lot, while nobody has bid.").RequireAuthorization(Policies.Sell);
        lot.MapGet("/mine", Own).WithName("GetMyPartInLot").WithSummary("What only you may know of a lot: your number and maximum, or your reserve.").RequireAuthorization(Policies.SignedIn);
        lot.MapGet("/bids", Bids).WithName("ListBids").WithSummary("The bids on a lot, newest first; bidders are numbers.").AllowAnonymous();
        lot.MapPost("/bids", Bid).WithName("PlaceBid").WithSummary("Bid on an ascending or a sealed lot.").RequireAuthorization(Policies.Trade);
        lot.MapPost("/purchase", Buy).WithName("BuyLot").WithSummary("Take a lot at its fixed or buy-now price.").RequireAuthorization(Policies.Trade);
        lot.MapDelete("/guarantee", Withdraw).WithName("WithdrawGuarantee").WithSummary("Take your guarantee back; not while you lead, nor after a sealed bid.").RequireAuthorization(Policies.Trade);
        lot.MapPost("/freeze", Freeze).WithName("FreezeLot").WithSummary("Stop a lot's clock.").RequireAuthorization(Policies.Operate);
        lot.MapPost("/resume", Resume).WithName("ResumeLot").WithSummary("Let a lot's clock go on with the time it had left.").RequireAuthorization(Policies.Operate);
        lot.MapGet("/audit", Audit).WithName("GetAuditFile").WithSummary("The audit file of a lot that has ended: enough to work its outcome out again.").Produces<AuditDocument>().AllowAnonymous();
    }

    private static async Task<Results<Ok<PageOf<LotSummary>>, Problem>> Board(
        LotQueries lots, TimeProvider time, CancellationToken ct, string? region = null, string? material = null, string? grade = null, Named<LotFormat>? format = null, string? search = null,
        Named<BoardClosing>? closing = null, Named<BoardOrder>? order = null, Cursor? after = null, int size = UsualPage)
    {
        var problems = new List<Refusal>();
        var filter = new BoardFilter(Read<Region>(region, nameof(region), problems), material, Read<GradeCode>(grade, nameof(grade), problems), format?.Value, closing?.Value.Until(time.GetUtcNow()), search);
        if (problems.Count > 0) return Problems.From(problems);

        var n = Math.Clamp(size, 1, LargestPage);
        var by = order?.Value ?? BoardOrder.ClosingSoon;
        return TypedResults.Ok(Page(await lots.Board(filter, by, after, n + 1, ct), n, lot => LotQueries.CursorOf(lot, by)));
    }

    private static async Task<Results<Created<LotReceipt>, Problem>> List(LotRequest body, IdempotencyKey key, ClaimsPrincipal user, LotOrders orders, CancellationToken ct)
    {
        var caller = user.Caller;
        if (body.Read(caller.Organisation, out var unreadable) is not { } lot) return Problems.From(unreadable);
        var (lotId, receipt) = await orders.List(key, lot, caller, ct);
        return receipt.Refusals.Count > 0 ? Problems.From(receipt.Refusals) : TypedResults.Created($"/api/v1/lots/{lotId}", new LotReceipt(lotId, receipt.Version, receipt.Position));
    }

    private static async Task<Ok<PageOf<LotSummary>>> Mine(ClaimsPrincipal user, LotQueries lots, CancellationToken ct, Cursor? after = null, int size = UsualPage)
    {
        var n = Math.Clamp(size, 1, LargestPage);
        return TypedResults.Ok(Page(await lots.OfSeller(user.Organisation, after?.Id, n + 1, ct), n, lot => new Cursor(0, lot.LotId)));
    }

    private static async Task<Ok<PageOf<LotBidOn>>> BidOn(ClaimsPrincipal user, LotQueries lots, CancellationToken ct, Cursor? after = null, int size = UsualPage)
    {
        var n = Math.Clamp(size, 1, LargestPage);
        var page = PageOf<BidOnRow>.From(await lots.BidOnBy(user.Organisation, after?.Id, n + 1, ct), n, lot => new Cursor(0, lot.LotId));
        return TypedResults.Ok(new PageOf<LotBidOn>([.. page.Items.Select(row => new LotBidOn(LotSummary.From(row), row.BidderNumber, row.Standing))], page.Next));
    }

    private static async Task<Ok<PageOf<LotSummary>>> Won(ClaimsPrincipal user, LotQueries lots, CancellationToken ct, Cursor? after = null, int size = UsualPage)
    {
        var n = Math.Clamp(size, 1, LargestPage);
        return TypedResults.Ok(Page(await lots.WonBy(user.Organisation, after?.Id, n + 1, ct), n, lot => new Cursor(0, lot.LotId)));
    }

    private static async Task<Ok<ClocksAnswer>> FreezeAll(IdempotencyKey key, ClaimsPrincipal user, LotClocks clocks, CancellationToken ct) =>
        TypedResults.Ok(new ClocksAnswer(await clocks.FreezeAll(key, user.Caller, ct)));

    private static async Task<Ok<ClocksAnswer>> ResumeAll(IdempotencyKey key, ClaimsPrincipal user, LotClocks clocks, CancellationToken ct) =>
        TypedResults.Ok(new ClocksAnswer(await clocks.ResumeAll(key, user.Caller, ct)));

    private static async Task<Results<Ok<LotAnswer>, StatusCodeHttpResult, Problem>> One(Guid lotId, LotQueries lots, HttpContext http, CancellationToken ct)
    {
        if (await lots.Lot(lotId, ct) is not { } lot) return Problems.From(LotRefusal.LotNotFound);
        return ETags.IsCurrent(http, lot.Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(LotAnswer.From(lot));
    }

    private static async Task<Results<Ok<LotReceipt>, Problem>> Change(
        Guid lotId, LotRequest body, IdempotencyKey key, ClaimsPrincipal user, LotOrders orders, CancellationToken ct)
    {
        var caller = user.Caller;
        if (body.Read(caller.Organisation, out var unreadable) is not { } lot) return Problems.From(unreadable);
        return Done(lotId, await orders.Change(lotId, key, lot, caller, ct));
    }

    private static async Task<Results<Ok<LotReceipt>, Problem>> Cancel(Guid lotId, IdempotencyKey key, ClaimsPrincipal user, LotOrders orders, CancellationToken ct) =>
        Done(lotId, await orders.Send(lotId, new CancelLot(key, user.Organisation), user.Caller, ct));

    private static async Task<Results<Ok<OwnAnswer>, Problem>> Own(Guid lotId, ClaimsPrincipal user, LotQueries lots, GuaranteeDesk guarantees, CancellationToken ct)
    {
        if (await lots.Lot(lotId, ct) is not { } lot) return Problems.From(LotRefusal.LotNotFound);
        var own = await lots.OwnOf(lotId, user.Organisation, ct);
        var held = await guarantees.HeldOf(TextValue.Parse<Currency>(lot.Currency), lotId, user.Organisation, ct);
        return TypedResults.Ok(new OwnAnswer(own.BidderNumber, Text(own.MaximumMinor, lot.Currency), Text(own.ReserveMinor, lot.Currency), held.MinorUnits == 0 ? null : held.ToString()));
    }

    private static async Task<Results<Ok<PageOf<PublicBid>>, Problem>> Bids(Guid lotId, LotQueries lots, CancellationToken ct, Cursor? after = null, int size = UsualPage)
    {
        if (await lots.Lot(lotId, ct) is not { } lot) return Problems.From(LotRefusal.LotNotFound);
        var n = Math.Clamp(size, 1, LargestPage);
        var page = PageOf<BidRow>.From(await lots.Bids(lotId, after?.At ?? 0, n + 1, ct), n, bid => new Cursor(bid.Position, ""));
        return TypedResults.Ok(new PageOf<PublicBid>([.. page.Items.Select(bid => PublicBid.From(bid, lot.Currency))], page.Next));
    }

    private static async Task<Results<Ok<BidReceipt>, Problem>> Bid(
        Guid lotId, BidRequest body, IdempotencyKey key, ClaimsPrincipal user, LotOrders orders, CancellationToken ct)
    {
        if (!PricePerTonne.TryParse(body.Maximum, out var maximum, out var unreadable)) return Problems.From(unreadable.About("maximum"));
        var receipt = await orders.Bid(lotId, key, maximum, body.Revision, user.Caller, ct);
        if (receipt.Refusals.Count > 0) return Problems.From(receipt.Refusals);

        return TypedResults.Ok(receipt.Events[0] switch
        {
            BidPlaced e => new BidReceipt(
                lotId, receipt.Version, receipt.Position, e.BidderNumber, e.At, e.LeaderNumber == e.BidderNumber, e.Price.ToString(), e.ReserveMet, e.ClosesAt),
            SealedBidPlaced e => new BidReceipt(lotId, receipt.Version, receipt.Position, e.BidderNumber, e.At, Commitment: e.Commitment),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no answer to a bid."),
        });
    }

    private static async Task<Results<Ok<PurchaseReceipt>, Problem>> Buy(
        Guid lotId, PurchaseRequest body, IdempotencyKey key, ClaimsPrincipal user, LotOrders orders, CancellationToken ct)
    {
        var receipt = await orders.Buy(lotId, key, body.Revision, user.Caller, ct);
        if (receipt.Refusals.Count > 0) return Problems.From(receipt.Refusals);

        var award = (LotAwarded)receipt.Events[0];
        return TypedResults.Ok(new PurchaseReceipt(lotId, receipt.Version, receipt.Position, award.WinnerNumber, award.At, award.Price.ToString(), award.Amount.ToString()));
    }

    private static async Task<Results<Ok<LotReceipt>, Problem>> Withdraw(Guid lotId, IdempotencyKey key, ClaimsPrincipal user, LotOrders orders, CancellationToken ct) =>
        Done(lotId, await orders.Withdraw(lotId, key, user.Caller, ct));

    private static async Task<Results<Ok<LotReceipt>, Problem>> Freeze(Guid lotId, IdempotencyKey key, ClaimsPrincipal user, LotOrders orders, CancellationToken ct) =>
        Done(lotId, await orders.Send(lotId, new FreezeLot(key), user.Caller, ct));

    private static async Task<Results<Ok<LotReceipt>, Problem>> Resume(Guid lotId, IdempotencyKey key, ClaimsPrincipal user, LotOrders orders, CancellationToken ct) =>
        Done(lotId, await orders.Send(lotId, new ResumeLot(key), user.Caller, ct));

    private static async Task<Results<JsonHttpResult<AuditDocument>, Problem>> Audit(Guid lotId, LotQueries lots, CancellationToken ct)
    {
        if (await lots.Lot(lotId, ct) is not { } lot) return Problems.From(LotRefusal.LotNotFound);
        var file = lot.Status is "awarded" or "unsold" ? AuditFile.From(await lots.History(lotId, ct)) : null;
        return file is null ? Problems.From(LotRefusal.NoAuditFile) : TypedResults.Json(file, MarketJson.Readable.AuditDocument);
    }

    private static Results<Ok<LotReceipt>, Problem> Done(Guid lotId, Receipt<LotEvent> receipt) =>
        receipt.Refusals.Count > 0 ? Problems.From(receipt.Refusals) : TypedResults.Ok(new LotReceipt(lotId, receipt.Version, receipt.Position));

    private static PageOf<LotSummary> Page(IReadOnlyList<LotRow> rows, int size, Func<LotRow, Cursor> cursor)
    {
        var page = PageOf<LotRow>.From(rows, size, cursor);
        return new([.. page.Items.Select(LotSummary.From)], page.Next);
    }

    private static T? Read<T>(string? text, string field, List<Refusal> problems)
        where T : struct, ITextValue<T>
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (T.TryParse(text, out var value, out var refusal)) return value;
        problems.Add(refusal.About(field));
        return null;
    }

    private static string? Text(long? minor, string currency) => minor is { } units ? $"{DecimalText.Format(units, Currency.Places)} {currency}" : null;
}
