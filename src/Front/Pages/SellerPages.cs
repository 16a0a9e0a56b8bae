using System.Security.Claims;
using System.Text.Json;
using Ainalym.Contracts.CodeLists;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>A seller's own lots: the list, a new one with its draft and photos, describing one anew, withdrawing it.</summary>
internal static class SellerPages
{
    private const int LotsOnPage = 50;

    /// <summary>A form with all its photos, as browsers without script send it.</summary>
    private const long LargestForm = (LotPublishing.Photos * (long)PhotoFile.MostBytes) + FrontModule.LargestBody;

    public static void MapSellerPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/photos/{hash}", Photo).AllowAnonymous();
        var own = pages.MapGroup("").RequireAuthorization(Policies.Sell);
        own.MapGet("/my/lots", Mine);
        own.MapGet("/lots/new", New);
        own.MapPost("/lots", Publish).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        own.MapPost("/lots/photos", TakePhoto).WithMetadata(new RequestSizeLimitAttribute(PhotoEndpoints.LargestUpload));
        own.MapPut("/lots/drafts/{draftId:guid}", KeepTyped);
        own.MapPost("/lots/drafts/{draftId:guid}", Keep).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        own.MapPost("/lots/drafts/{draftId:guid}/remove", Remove);
        own.MapGet("/lots/{lotId:guid}/edit", Edit);
        own.MapPost("/lots/{lotId:guid}/edit", Change).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        own.MapPost("/lots/{lotId:guid}/cancel", Cancel);
    }

    private static Results<PhysicalFileHttpResult, Problem> Photo(string hash, PhotoShelf shelf, HttpContext http) => PhotoEndpoints.Send(hash, shelf, http);

    private static Task<Results<Created<PhotoAnswer>, Problem>> TakePhoto(IFormFile photo, ClaimsPrincipal user, PhotoUploads uploads, CancellationToken ct, IFormFile? small = null) =>
        PhotoEndpoints.Take(photo, user, uploads, ct, small);

    private static Task<IResult> Mine(LotQueries lots, LotDrafts drafts, ClaimsPrincipal user, CancellationToken ct, Cursor? after = null, string? done = null) =>
        Shown(lots, drafts, user, after, done is "published" or "changed" or "cancelled" or "kept" or "removed" ? done : null, [], ct);

    private static async Task<IResult> Shown(
        LotQueries lots, LotDrafts drafts, ClaimsPrincipal user, Cursor? after, string? done, IReadOnlyList<Refusal> problems, CancellationToken ct)
    {
        var page = PageOf<LotRow>.From(await lots.OfSeller(user.Organisation, after?.Id, LotsOnPage + 1, ct), LotsOnPage, lot => new Cursor(0, lot.LotId));
        var kept = after is null ? await drafts.Of(user.Organisation, ct) : [];
        return Page.Of<MyLotsPage>(
            new { Lots = page.Items, page.Next, Drafts = kept.Select(draft => (draft, Read(draft))).ToList(), Done = done, Problems = problems },
            problems.Count == 0 ? StatusCodes.Status200OK : Problems.StatusOf(problems));
    }

    /// <param name="like">A lot of the seller's own to offer again.</param>
    private static async Task<IResult> New(LotDrafts drafts, LotQueries lots, PhotoUploads photos, ClaimsPrincipal user, TimeProvider time, CancellationToken ct, Guid? draft = null, Guid? like = null)
    {
        if (like is { } ended)
        {
            if (await lots.Lot(ended, ct) is not { } lot || lot.SellerId != user.Organisation.ToString("N")) return ProblemPage.Of(Problems.From(LotRefusal.LotNotFound));
            return await Shown(LotForm.Again(lot, (await lots.OwnOf(ended, user.Organisation, ct)).ReserveMinor, CommandIds.New(time), time.GetUtcNow()), lotId: null, [], photos, ct);
        }

        if (draft is not { } id) return await Shown(LotForm.New(CommandIds.New(time), time.GetUtcNow()), lotId: null, [], photos, ct);
        if (await drafts.One(user.Organisation, id, ct) is not { } kept) return ProblemPage.Of(Problems.From(DraftRefusal.DraftNotFound));
        return await Shown(Read(kept) with { CommandId = CommandIds.New(time), DraftId = id }, lotId: null, [], photos, ct);
    }

    private static async Task<IResult> Publish(
        [FromForm] LotForm form, HttpRequest request, ClaimsPrincipal user, LotOrders orders, LotDrafts drafts, PhotoUploads photos, CodeLists codes, TimeProvider time, CancellationToken ct)
    {
        var caller = user.Caller;
        var problems = await TakePhotos(form, request, caller, photos, ct);
        var lot = form.Read(caller.Organisation, codes, FactText.DayOf(time.GetUtcNow()), out var unreadable);
        if (lot is null || problems.Count > 0) return await Refused(form, lotId: null, [.. problems, .. unreadable], photos, time, ct);
        var (_, receipt) = await orders.List(form.CommandId, lot, caller, ct);
        if (receipt.Refusals.Count > 0) return await Refused(form, lotId: null, receipt.Refusals, photos, time, ct);
        await drafts.Remove(caller.Organisation, form.DraftId, ct);
        return TypedResults.LocalRedirect("/my/lots?done=published");
    }

    /// <summary>Sent by the page's script as the seller types.</summary>
    private static async Task<Results<NoContent, Problem>> KeepTyped(Guid draftId, [FromForm] LotForm form, HttpRequest request, ClaimsPrincipal user, LotDrafts drafts, CancellationToken ct)
    {
        form.PhotoHashes = Joined(await Ticked(request, ct));
        return await Save(draftId, form, user, drafts, ct) is { } refusal ? Problems.From(refusal) : TypedResults.NoContent();
    }

    /// <summary>The form's own button, with photos that came along.</summary>
    private static async Task<IResult> Keep(
        Guid draftId, [FromForm] LotForm form, HttpRequest request, ClaimsPrincipal user, LotDrafts drafts, PhotoUploads photos, TimeProvider time, CancellationToken ct)
    {
        var caller = user.Caller;
        var problems = await TakePhotos(form, request, caller, photos, ct);
        if (await Save(draftId, form, user, drafts, ct) is { } refusal) problems.Add(refusal);
        return problems.Count > 0 ? await Refused(form, lotId: null, problems, photos, time, ct) : TypedResults.LocalRedirect("/my/lots?done=kept");
    }

    private static async Task<IResult> Remove(Guid draftId, ClaimsPrincipal user, LotDrafts drafts, CancellationToken ct)
    {
        await drafts.Remove(user.Organisation, draftId, ct);
        return TypedResults.LocalRedirect("/my/lots?done=removed");
    }

    private static async Task<IResult> Edit(Guid lotId, LotQueries lots, PhotoUploads photos, ClaimsPrincipal user, TimeProvider time, CancellationToken ct)
    {
        if (await lots.Lot(lotId, ct) is not { } lot || lot.SellerId != user.Organisation.ToString("N")) return ProblemPage.Of(Problems.From(LotRefusal.LotNotFound));
        var own = await lots.OwnOf(lotId, user.Organisation, ct);
        return await Shown(LotForm.Of(lot, own.ReserveMinor, CommandIds.New(time)), lotId, [], photos, ct);
    }

    private static async Task<IResult> Change(
        Guid lotId, [FromForm] LotForm form, HttpRequest request, ClaimsPrincipal user, LotOrders orders, PhotoUploads photos, CodeLists codes, TimeProvider time, CancellationToken ct)
    {
        var caller = user.Caller;
        var problems = await TakePhotos(form, request, caller, photos, ct);
        var lot = form.Read(caller.Organisation, codes, FactText.DayOf(time.GetUtcNow()), out var unreadable);
        if (lot is null || problems.Count > 0) return await Refused(form, lotId, [.. problems, .. unreadable], photos, time, ct);
        var receipt = await orders.Change(lotId, form.CommandId, lot, caller, ct);
        return receipt.Refusals.Count > 0 ? await Refused(form, lotId, receipt.Refusals, photos, time, ct) : TypedResults.LocalRedirect("/my/lots?done=changed");
    }

    private static async Task<IResult> Cancel(
        Guid lotId, [FromForm(Name = "command_id")] Guid commandId, ClaimsPrincipal user, LotQueries lots, LotDrafts drafts, LotOrders orders, CancellationToken ct)
    {
        var receipt = await orders.Send(lotId, new CancelLot(commandId, user.Organisation), user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await Shown(lots, drafts, user, after: null, done: null, receipt.Refusals, ct) : TypedResults.LocalRedirect("/my/lots?done=cancelled");
    }

    /// <summary>Puts into the form the photos whose boxes are ticked and those that came along with it; what is wrong with one keeps the others.</summary>
    private static async Task<List<Refusal>> TakePhotos(LotForm form, HttpRequest request, Caller caller, PhotoUploads uploads, CancellationToken ct)
    {
        var problems = new List<Refusal>();
        var hashes = await Ticked(request, ct);
        foreach (var file in request.Form.Files.GetFiles("photo").Where(file => file.Length > 0))
        {
            if (hashes.Count >= LotPublishing.Photos)
            {
                problems.Add(new Refusal(LotRefusal.TooManyPhotos, LotPublishing.Photos).About("photos"));
                break;
            }

            await using var bytes = file.OpenReadStream();
            var (photo, refusal) = await uploads.Take(bytes, small: null, caller.Organisation, ct);
            if (photo is null) problems.Add(refusal!.About("photos"));
            else hashes.Add(photo.Hash);
        }

        form.PhotoHashes = Joined(hashes);
        return problems;
    }

    /// <summary>The photos whose boxes are ticked.</summary>
    private static async Task<List<string>> Ticked(HttpRequest request, CancellationToken ct) =>
        [.. (await request.ReadFormAsync(ct))["photos"].OfType<string>().Where(PhotoShelf.IsHash)];

    private static string? Joined(IReadOnlyList<string> hashes) => hashes.Count == 0 ? null : string.Join(' ', hashes.Distinct(StringComparer.Ordinal));

    private static Task<Refusal?> Save(Guid draftId, LotForm form, ClaimsPrincipal user, LotDrafts drafts, CancellationToken ct) =>
        drafts.Save(user.Organisation, draftId, JsonSerializer.Serialize(form), ct);

    private static LotForm Read(LotDraft draft) => JsonSerializer.Deserialize<LotForm>(draft.Fields) ?? throw new InvalidOperationException($"Draft {draft.DraftId} has no fields.");

    /// <summary>What was typed, with what is wrong with it. The corrected form will be another command.</summary>
    private static Task<IResult> Refused(LotForm form, Guid? lotId, IReadOnlyList<Refusal> problems, PhotoUploads photos, TimeProvider time, CancellationToken ct) =>
        Shown(form with { CommandId = CommandIds.New(time) }, lotId, problems, photos, ct);

    private static async Task<IResult> Shown(LotForm form, Guid? lotId, IReadOnlyList<Refusal> problems, PhotoUploads photos, CancellationToken ct) =>
        Page.Of<LotFormPage>(
            new { Form = form, LotId = lotId?.ToString("N"), Photos = await photos.Named(form.Photos(), ct), Problems = problems },
            problems.Count == 0 ? StatusCodes.Status200OK : Problems.StatusOf(problems));
}
