using System.Security.Claims;
using Ainalym.Contracts.CodeLists;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>A seller's own lots: the list, a new one, describing one anew, withdrawing it.</summary>
internal static class SellerPages
{
    private const int LotsOnPage = 50;

    public static void MapSellerPages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").RequireAuthorization(Policies.Sell);
        own.MapGet("/my/lots", Mine);
        own.MapGet("/lots/new", New);
        own.MapPost("/lots", Publish);
        own.MapGet("/lots/{lotId:guid}/edit", Edit);
        own.MapPost("/lots/{lotId:guid}/edit", Change);
        own.MapPost("/lots/{lotId:guid}/cancel", Cancel);
    }

    private static Task<IResult> Mine(LotQueries lots, ClaimsPrincipal user, CancellationToken ct, Cursor? after = null, string? done = null) =>
        Shown(lots, user, after, done is "published" or "changed" or "cancelled" ? done : null, [], ct);

    private static async Task<IResult> Shown(LotQueries lots, ClaimsPrincipal user, Cursor? after, string? done, IReadOnlyList<Refusal> problems, CancellationToken ct)
    {
        var page = PageOf<LotRow>.From(await lots.OfSeller(user.Organisation, after?.Id, LotsOnPage + 1, ct), LotsOnPage, lot => new Cursor(0, lot.LotId));
        return Page.Of<MyLotsPage>(new { Lots = page.Items, page.Next, Done = done, Problems = problems }, problems.Count == 0 ? StatusCodes.Status200OK : Problems.StatusOf(problems));
    }

    private static IResult New(TimeProvider time) => Page.Of<LotFormPage>(new { Form = LotForm.New(CommandIds.New(time), time.GetUtcNow()) });

    private static async Task<IResult> Publish([FromForm] LotForm form, ClaimsPrincipal user, LotFacts facts, CodeLists codes, IGrains grains, TimeProvider time, CancellationToken ct)
    {
        var caller = user.Caller;
        if (form.Read(caller.Organisation, codes, FactText.DayOf(time.GetUtcNow()), out var unreadable) is not { } lot) return Refused(form, lotId: null, unreadable, time);
        var lotId = LotIds.From(form.CommandId, caller);
        var receipt = await grains.Handle(LotGrain.Kind, lotId, new ListLot(form.CommandId, lotId, lot) { Facts = facts.ForListing(lot) }, caller, ct);
        return receipt.Refusals.Count > 0 ? Refused(form, lotId: null, receipt.Refusals, time) : TypedResults.LocalRedirect("/my/lots?done=published");
    }

    private static async Task<IResult> Edit(Guid lotId, LotQueries lots, ClaimsPrincipal user, TimeProvider time, CancellationToken ct)
    {
        if (await lots.Lot(lotId, ct) is not { } lot || lot.SellerId != user.Organisation.ToString("N")) return ProblemPage.Of(Problems.From(LotRefusal.LotNotFound));
        var own = await lots.OwnOf(lotId, user.Organisation, ct);
        return Page.Of<LotFormPage>(new { Form = LotForm.Of(lot, own.ReserveMinor, CommandIds.New(time)), LotId = lot.LotId });
    }

    private static async Task<IResult> Change(
        Guid lotId, [FromForm] LotForm form, ClaimsPrincipal user, LotFacts facts, CodeLists codes, IGrains grains, TimeProvider time, CancellationToken ct)
    {
        var caller = user.Caller;
        if (form.Read(caller.Organisation, codes, FactText.DayOf(time.GetUtcNow()), out var unreadable) is not { } lot) return Refused(form, lotId, unreadable, time);
        var receipt = await grains.Handle(LotGrain.Kind, lotId, new ChangeLot(form.CommandId, lot) { Facts = facts.ForListing(lot) }, caller, ct);
        return receipt.Refusals.Count > 0 ? Refused(form, lotId, receipt.Refusals, time) : TypedResults.LocalRedirect("/my/lots?done=changed");
    }

    private static async Task<IResult> Cancel(Guid lotId, [FromForm(Name = "command_id")] Guid commandId, ClaimsPrincipal user, LotQueries lots, IGrains grains, CancellationToken ct)
    {
        var receipt = await grains.Handle(LotGrain.Kind, lotId, new CancelLot(commandId, user.Organisation), user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await Shown(lots, user, after: null, done: null, receipt.Refusals, ct) : TypedResults.LocalRedirect("/my/lots?done=cancelled");
    }

    /// <summary>A corrected form is another command, so it has a new id.</summary>
    private static IResult Refused(LotForm form, Guid? lotId, IReadOnlyList<Refusal> refusals, TimeProvider time) =>
        Page.Of<LotFormPage>(new { Form = form with { CommandId = CommandIds.New(time) }, LotId = lotId?.ToString("N"), Problems = refusals }, Problems.StatusOf(refusals));
}
