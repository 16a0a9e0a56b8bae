using System.Security.Claims;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market;
using Ainalym.Market.Deals;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>The board, and a lot with its forms.</summary>
internal static class LotPages
{
    private const int LotsOnBoard = 30;
    private const int LotsOnMap = 500;

    public static void MapLotPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/lots", Board).AllowAnonymous();
        pages.MapGet("/lots/{lotId:guid}", Show).AllowAnonymous();
        pages.MapGet("/lots/{lotId:guid}/audit", Audit).AllowAnonymous();
        pages.MapGet("/my/bids", MyBids).RequireAuthorization(Policies.Trade);
        pages.MapPost("/lots/{lotId:guid}/bids", Bid).RequireAuthorization(Policies.Trade);
        pages.MapPost("/lots/{lotId:guid}/purchase", Buy).RequireAuthorization(Policies.Trade);
        pages.MapPost("/lots/{lotId:guid}/guarantee", Withdraw).RequireAuthorization(Policies.Trade);
    }

    /// <summary>The region that a filter names; null when it names none.</summary>
    /// <exception cref="RefusedRequest">It is no region: nobody comes to it by the form.</exception>
    public static Region? RegionOf(string? region)
    {
        if (string.IsNullOrEmpty(region)) return null;
        return Region.TryParse(region, out var there, out var unknown) ? there : throw new RefusedRequest(unknown.About(nameof(region)));
    }

    /// <exception cref="RefusedRequest">A filter that is no region, grade, format or order: nobody comes to it by the form.</exception>
    private static async Task<IResult> Board(
        LotQueries lots, TimeProvider time, CancellationToken ct, string? region = null, string? material = null, string? grade = null, string? format = null, string? search = null,
        string? closing = null, string? order = null, Cursor? after = null)
    {
        var inRegion = RegionOf(region);
        GradeCode? ofGrade = null;
        if (!string.IsNullOrEmpty(grade)) ofGrade = GradeCode.TryParse(grade, out var known, out var refusal) ? known : throw new RefusedRequest(refusal.About("grade"));
        var by = Named<BoardOrder>.ParseOptional(order) ?? BoardOrder.ClosingSoon;
        var until = Named<BoardClosing>.ParseOptional(closing)?.Until(time.GetUtcNow());
        var filter = new BoardFilter(inRegion, string.IsNullOrEmpty(material) ? null : material, ofGrade, Named<LotFormat>.ParseOptional(format), until, search);
        var page = PageOf<LotRow>.From(await lots.Board(filter, by, after, LotsOnBoard + 1, ct), LotsOnBoard, lot => LotQueries.CursorOf(lot, by));
        return Page.Of<BoardPage>(new
        {
            Lots = page.Items,
            page.Next,
            Spots = await lots.Map(filter, LotsOnMap, ct),
            Region = inRegion?.Code,
            Material = material,
            Grade = ofGrade?.ToString(),
            Format = format,
            Search = search,
            Closing = until is null ? null : closing,
            Order = by == BoardOrder.ClosingSoon ? null : order,
        });
    }

    private static Task<IResult> Show(Guid lotId, ClaimsPrincipal user, LotViews views, CancellationToken ct, string? done = null) => views.Shown(lotId, user, done: done is "bid" or "purchase" or "withdrawn" ? done : null, ct: ct);

    private static async Task<IResult> MyBids(LotQueries lots, ClaimsPrincipal user, CancellationToken ct, Cursor? after = null)
    {
        var page = PageOf<BidOnRow>.From(await lots.BidOnBy(user.Organisation, after?.Id, LotsOnBoard + 1, ct), LotsOnBoard, lot => new Cursor(0, lot.LotId));
        return Page.Of<MyBidsPage>(new { Lots = page.Items, page.Next });
    }

    private static async Task<IResult> Audit(Guid lotId, LotQueries lots, CancellationToken ct)
    {
        if (await lots.Lot(lotId, ct) is not { } lot) return ProblemPage.Of(Problems.From(LotRefusal.LotNotFound));
        var file = lot.Status is "awarded" or "unsold" ? AuditFile.From(await lots.History(lotId, ct)) : null;
        return file is null ? ProblemPage.Of(Problems.From(LotRefusal.NoAuditFile)) : Page.Of<AuditPage>(new { Lot = lot, File = file });
    }

    private static async Task<IResult> Bid(
        Guid lotId, [FromForm] string? maximum, [FromForm(Name = "command_id")] Guid commandId, [FromForm] int? revision, ClaimsPrincipal user, LotOrders orders, LotViews views, CancellationToken ct)
    {
        if (!PricePerTonne.TryParse(maximum, out var most, out var unreadable)) return await views.Shown(lotId, user, [unreadable.About("maximum")], maximum, ct: ct);
        return await Done(lotId, await orders.Bid(lotId, commandId, most, revision, user.Caller, ct), "bid", views, user, maximum, ct);
    }

    private static async Task<IResult> Buy(
        Guid lotId, [FromForm(Name = "command_id")] Guid commandId, [FromForm] int? revision, ClaimsPrincipal user, LotOrders orders, LotViews views, CancellationToken ct) =>
        await Done(lotId, await orders.Buy(lotId, commandId, revision, user.Caller, ct), "purchase", views, user, maximum: null, ct);

    private static async Task<IResult> Withdraw(Guid lotId, [FromForm(Name = "command_id")] Guid commandId, ClaimsPrincipal user, LotOrders orders, LotViews views, CancellationToken ct) =>
        await Done(lotId, await orders.Withdraw(lotId, commandId, user.Caller, ct), "withdrawn", views, user, maximum: null, ct);

    private static async Task<IResult> Done(Guid lotId, Receipt<LotEvent> receipt, string done, LotViews views, ClaimsPrincipal user, string? maximum, CancellationToken ct) => receipt.Refusals.Count > 0
        ? await views.Shown(lotId, user, receipt.Refusals, maximum, ct: ct)
        : TypedResults.LocalRedirect($"/lots/{lotId:N}?done={done}");
}

/// <summary>Gathers what a lot's page shows to whoever looks.</summary>
internal sealed class LotViews(LotQueries lots, DealQueries deals, PhotoUploads photos, GuaranteeDesk guarantees, FreeMoney free, TimeProvider time)
{
    private const int BidsShown = 50;

    /// <summary>The lot as it stands now, with what was wrong with the form. A corrected form is another command, so each showing has new command ids.</summary>
    public async Task<IResult> Shown(Guid lotId, ClaimsPrincipal user, IReadOnlyList<Refusal>? problems = null, string? maximum = null, string? done = null, CancellationToken ct = default)
    {
        if (await lots.Lot(lotId, ct) is not { } lot) return ProblemPage.Of(Problems.From(LotRefusal.LotNotFound));
        var caller = user.CallerOrNull;
        var own = caller is null ? new OwnRow() : await lots.OwnOf(lotId, caller.Organisation, ct);
        return Page.Of<LotPage>(
            new
            {
                Lot = lot,
                Bids = await lots.Bids(lotId, before: 0, BidsShown, ct),
                Own = own,
                Photos = await photos.Named(lot.PhotoHashes, ct),
                Caller = caller,
                Least = LotAnswer.Least(lot),
                Guarantee = caller?.Is(Roles.Buyer) == true && lot.GuaranteeMinor > 0 ? await GuaranteeOf(lot, lotId, caller.Organisation, ct) : null,
                Deal = caller is not null && lot.Status == "awarded" ? (await deals.OfLot(lotId, ct)).LastOrDefault(deal => deal.IsParty(caller.Organisation) || deal.Stage == "standstill") : null,
                CommandId = CommandIds.New(time),
                PurchaseId = CommandIds.New(time),
                WithdrawalId = CommandIds.New(time),
                Maximum = maximum,
                Done = (done, own) switch { ("bid", { BidderNumber: not null }) or ("purchase", { Won: true }) or ("withdrawn", _) => done, _ => null },
                Problems = problems ?? [],
            },
            problems is null ? StatusCodes.Status200OK : Problems.StatusOf(problems));
    }

    private async Task<BidderGuarantee> GuaranteeOf(LotPageRow lot, Guid lotId, Guid organisation, CancellationToken ct)
    {
        var currency = TextValue.Parse<Currency>(lot.Currency);
        return new(new Money(lot.GuaranteeMinor, currency), await guarantees.HeldOf(currency, lotId, organisation, ct), await free(currency, organisation, ct));
    }
}

/// <summary>A lot's guarantee as a bidder stands to it.</summary>
/// <param name="Held">For this lot, of the bidder's money.</param>
/// <param name="Free">What the bidder may use.</param>
public sealed record BidderGuarantee(Money Asked, Money Held, Money Free)
{
    /// <summary>Nothing is held yet, and there is too little to hold.</summary>
    public bool IsShort => Held.MinorUnits == 0 && Free < Asked;
}
