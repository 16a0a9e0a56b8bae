using System.Security.Claims;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Market.Deals;

/// <summary>Routes under <c>/api/v1/deals</c>: the parties' own, and all for who oversees the house. A stranger is told that there is no such deal.</summary>
public static class DealEndpoints
{
    /// <summary>A document, and what a form puts around it.</summary>
    public const long LargestUpload = EvidenceFiles.MostBytes + (1024 * 1024);

    private const int UsualPage = 50;
    private const int LargestPage = 100;

    public static void MapDeals(this IEndpointRouteBuilder api)
    {
        var deals = api.MapGroup("/deals").WithTags("Deals").RequireAuthorization(Policies.SignedIn);
        deals.MapGet("", Mine).WithName("ListDeals").WithSummary("Your deals, newest first; for the operator those that wait for him, the first due first.");
        deals.MapGet("/{dealId:guid}", One).WithName("GetDeal").WithSummary("A deal with its whole way and its sums.");
        deals.MapPost("/{dealId:guid}/answer", Answer).WithName("AnswerOffer").WithSummary("Take or decline the offer made to you as second bidder.").RequireAuthorization(Policies.Trade);
        deals.MapPost("/{dealId:guid}/complaint", Complain).WithName("FileComplaint").WithSummary("Complain against the award while it stands still: the seller, or who has bid.");
        deals.MapPost("/{dealId:guid}/complaint/decision", DecideComplaint).WithName("DecideComplaint").WithSummary("Uphold or dismiss the complaint.").RequireAuthorization(Policies.Operate);
        deals.MapPost("/{dealId:guid}/contract", Accept).WithName("AcceptContract").WithSummary("Accept the contract.");
        deals.MapPost("/{dealId:guid}/payment", Pay).WithName("PayDeal").WithSummary("Pay what is due out of your available money.").RequireAuthorization(Policies.Trade);
        deals.MapPost("/{dealId:guid}/pick-up", PickUp).WithName("ProposePickUp").WithSummary("Propose a pick-up day, or agree by proposing the same.");
        deals.MapPost("/{dealId:guid}/loading", Load).WithName("RecordLoading").WithSummary("Record that a vehicle was loaded: either party may. Nothing is weighed before.");
        deals.MapPost("/{dealId:guid}/weighings", Weigh).WithName("RecordWeighing").WithSummary("A load as the scale at receipt gave it.").RequireAuthorization(Policies.Trade);
        deals.MapPost("/{dealId:guid}/weighings/void", Void).WithName("VoidWeighing").WithSummary("Take back a weighing that was recorded by mistake.").RequireAuthorization(Policies.Trade);
        deals.MapPost("/{dealId:guid}/receipt", End).WithName("EndReceipt").WithSummary("Everything has come: settle by the scale.").RequireAuthorization(Policies.Trade);
        deals.MapPost("/{dealId:guid}/confirmation", Confirm).WithName("ConfirmReceipt").WithSummary("Take the scale's word.").RequireAuthorization(Policies.Sell);
        deals.MapPost("/{dealId:guid}/dispute", Dispute).WithName("RaiseDispute").WithSummary("Dispute the receipt, or what is wrong with the handover.");
        deals.MapPost("/{dealId:guid}/evidence", AddEvidence).WithName("AddEvidence").WithSummary("Add evidence to a dispute.");
        deals.MapPost("/{dealId:guid}/evidence/documents", TakeDocument).WithName("UploadEvidence").WithSummary("Send a PDF; name it by its hash when you add evidence. The same file sent twice is one.")
            .WithMetadata(new RequestSizeLimitAttribute(LargestUpload)).DisableAntiforgery();
        deals.MapGet("/{dealId:guid}/evidence/documents/{hash}", Document).WithName("GetEvidence").WithSummary("A document of the deal's evidence, as it was sent.").Produces(StatusCodes.Status200OK, contentType: EvidenceFiles.ContentType);
        deals.MapGet("/{dealId:guid}/dispute/sums", DisputeSums).WithName("ForeseeDispute").WithSummary("What a dispute comes to if you decide so. Nothing is decided by asking.").RequireAuthorization(Policies.Operate);
        deals.MapPost("/{dealId:guid}/dispute/decision", DecideDispute).WithName("DecideDispute").WithSummary("Decide a dispute: in full, in part, or by the scale.").RequireAuthorization(Policies.Operate);
        deals.MapPost("/{dealId:guid}/dispute/resumption", Resume).WithName("ResumeHandover").WithSummary("Send a disputed deal back to its handover: the goods may still come, or be weighed again.").RequireAuthorization(Policies.Operate);
        api.MapPost("/lots/{lotId:guid}/second-offer", OfferToSecond).WithTags("Deals").WithName("OfferToSecond").WithSummary("Offer the lot to its second bidder after the first deal has come to nothing.").RequireAuthorization(Policies.Sell);
    }

    private static async Task<Ok<PageOf<DealSummary>>> Mine(ClaimsPrincipal user, DealQueries deals, CancellationToken ct, bool turn = false, Cursor? after = null, int size = UsualPage)
    {
        var page = await deals.Listed(user.Caller, turn, after, Math.Clamp(size, 1, LargestPage), stage: null, ct);
        return TypedResults.Ok(new PageOf<DealSummary>([.. page.Items.Select(DealSummary.From)], page.Next));
    }

    /// <summary>A party's deals, newest first; for who oversees the house those that wait for the operator, the first due first.</summary>
    /// <param name="turn">Only those whose next step is the caller's.</param>
    /// <param name="stage">Only those at this stage; null at any.</param>
    public static async Task<PageOf<DealRow>> Listed(this DealQueries deals, Caller caller, bool turn, Cursor? after, int n, string? stage, CancellationToken ct) => SideOf(caller) is var side && side == DealSide.Operator
        ? PageOf<DealRow>.From(await deals.ToDecide(after, n + 1, ct, stage), n, deal => new Cursor(deal.ByMs ?? 0, deal.DealId))
        : PageOf<DealRow>.From(await deals.Of(caller.Organisation, side, turn, after?.Id, n + 1, ct, stage), n, deal => new Cursor(0, deal.DealId));

    /// <summary>Where an organisation of this role stands in deals. Everybody's are seen by who oversees the house only, whatever other roles may come.</summary>
    public static DealSide SideOf(Caller caller) => caller.Is(Roles.Seller) ? DealSide.Seller : caller.Is(Roles.Operator | Roles.Regulator) ? DealSide.Operator : DealSide.Buyer;

    private static async Task<Results<Ok<DealAnswer>, Problem>> One(Guid dealId, ClaimsPrincipal user, DealOrders orders, CancellationToken ct)
    {
        if (await orders.View(dealId, user.Caller, ct) is not { } view) return Problems.From(DealRefusal.DealNotFound);
        return TypedResults.Ok(new DealAnswer(DealSummary.From(view.Row), [.. view.History.Select(recorded => DealStep.From(view.Row, recorded))], SumsAnswer.From(view.Sums), SumsAnswer.From(view.OncePaid)));
    }

    private static Task<Results<Ok<DealReceipt>, Problem>> Answer(Guid dealId, OfferAnswerRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new AnswerOffer(key, user.Organisation, body.Accepted), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> Complain(Guid dealId, ReasonRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Complain(dealId, key, body.Reason, user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> DecideComplaint(Guid dealId, ComplaintDecisionRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new DecideComplaint(key, body.Upheld, body.Reason), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> Accept(Guid dealId, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new AcceptContract(key, user.Organisation), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> Pay(Guid dealId, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Pay(dealId, key, user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> PickUp(Guid dealId, PickUpRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new ProposePickUp(key, user.Organisation, body.Day), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> Load(Guid dealId, LoadingRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new RecordLoading(key, user.Organisation, body.Vehicle), user.Caller, ct));

    private static async Task<Results<Ok<DealReceipt>, Problem>> Weigh(Guid dealId, WeighingRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        body.Read(key, user.Organisation, out var unreadable) is { } command ? await Done(dealId, orders.Send(dealId, command, user.Caller, ct)) : Problems.From(unreadable);

    private static Task<Results<Ok<DealReceipt>, Problem>> Void(Guid dealId, VoidWeighingRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new VoidWeighing(key, user.Organisation, body.Ticket, body.Reason), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> Resume(Guid dealId, ReasonRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new ResumeHandover(key, body.Reason), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> End(Guid dealId, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new EndReceipt(key, user.Organisation), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> Confirm(Guid dealId, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new ConfirmReceipt(key, user.Organisation), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> Dispute(Guid dealId, ReasonRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.Send(dealId, new RaiseDispute(key, user.Organisation, body.Reason), user.Caller, ct));

    private static Task<Results<Ok<DealReceipt>, Problem>> AddEvidence(Guid dealId, EvidenceRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        Done(dealId, orders.AddEvidence(dealId, key, body.Text, body.Photos ?? [], body.Documents ?? [], user.Caller, ct));

    private static async Task<Results<Created<EvidenceAnswer>, Problem>> TakeDocument(Guid dealId, IFormFile document, ClaimsPrincipal user, DealOrders orders, CancellationToken ct)
    {
        await using var bytes = document.OpenReadStream();
        var (hash, refusal) = await orders.TakeDocument(dealId, bytes, user.Caller, ct);
        return hash is null ? Problems.From(refusal!.Code is EvidenceFileRefusal ? refusal.About("document") : refusal) : TypedResults.Created($"/api/v1/deals/{dealId}/evidence/documents/{hash}", new EvidenceAnswer(hash));
    }

    /// <summary>Always to be saved, never shown in the house's own name. What has a hash for a name never changes.</summary>
    public static async Task<Results<PhysicalFileHttpResult, Problem>> Document(Guid dealId, string hash, ClaimsPrincipal user, DealOrders orders, HttpContext http, CancellationToken ct)
    {
        if (await orders.Document(dealId, hash, user.Caller, ct) is not { } path) return Problems.From(EvidenceFileRefusal.DocumentNotFound);
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.PhysicalFile(path, EvidenceFiles.ContentType, $"{hash[..12]}.pdf");
    }

    private static async Task<Results<Ok<DisputeSumsAnswer>, Problem>> DisputeSums(
        Guid dealId, ClaimsPrincipal user, DealOrders orders, JournalClock clock, CancellationToken ct, [FromQuery(Name = "payable_kg")] string? payableKg = null)
    {
        var reading = new Reading();
        var payable = reading.OfOptional<Mass>(payableKg, "payable_kg");
        if (reading.Refusals.Count > 0) return Problems.From(reading.Refusals);
        if (await orders.View(dealId, user.Caller, ct) is not { } view) return Problems.From(DealRefusal.DealNotFound);
        var (sums, refusal) = DealDecider.Foresee(view.State, payable, clock.Now());
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(new DisputeSumsAnswer(SumsAnswer.From(sums!), SumsAnswer.From(DealArithmetic.OncePaid(view.Terms, sums!, clock.Now()))));
    }

    private static async Task<Results<Ok<DealReceipt>, Problem>> DecideDispute(Guid dealId, DisputeDecisionRequest body, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct) =>
        body.Read(key, out var unreadable) is { } command ? await Done(dealId, orders.Send(dealId, command, user.Caller, ct)) : Problems.From(unreadable);

    private static async Task<Results<Ok<DealReceipt>, Problem>> OfferToSecond(Guid lotId, IdempotencyKey key, ClaimsPrincipal user, DealOrders orders, CancellationToken ct)
    {
        var (dealId, receipt) = await orders.OfferToSecond(lotId, key, user.Caller, ct);
        return await Done(dealId, Task.FromResult(receipt));
    }

    private static async Task<Results<Ok<DealReceipt>, Problem>> Done(Guid dealId, Task<Receipt<DealEvent>> sent)
    {
        var receipt = await sent;
        return receipt.Refusals.Count > 0 ? Problems.From(receipt.Refusals) : TypedResults.Ok(new DealReceipt(dealId, receipt.Version, receipt.Position));
    }
}
