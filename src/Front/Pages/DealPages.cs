using System.Globalization;
using System.Security.Claims;
using Ainalym.Front.Papers;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Ainalym.Settlement.Documents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>Deals: the list with what waits for the reader, and a deal with its next step.</summary>
internal static class DealPages
{
    /// <summary>All photos and documents of one piece of evidence, and what a form puts around them.</summary>
    private const long LargestEvidence = ((long)LotPublishing.Photos * PhotoFile.MostBytes) + ((long)DealDecider.EvidenceDocuments * EvidenceFiles.MostBytes) + (1024 * 1024);

    private const int DealsShown = 30;

    public static void MapDealPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/my/deals", Mine).RequireAuthorization(Policies.SignedIn);
        pages.MapPost("/lots/{lotId:guid}/second-offer", OfferToSecond).RequireAuthorization(Policies.Sell);
        var deal = pages.MapGroup("/deals/{dealId:guid}").RequireAuthorization(Policies.SignedIn);
        deal.MapGet("", Show);
        deal.MapPost("/answer", (Guid dealId, [FromForm] bool accepted, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Send(dealId, new AnswerOffer(id, desk.Organisation, accepted))).RequireAuthorization(Policies.Trade);
        deal.MapPost("/complaint", (Guid dealId, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Complain(dealId, id, reason ?? ""));
        deal.MapPost("/complaint/decision", (Guid dealId, [FromForm] bool upheld, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, Desk desk) =>
            desk.Send(dealId, new DecideComplaint(id, upheld, reason ?? ""))).RequireAuthorization(Policies.Operate);
        deal.MapGet("/contract", (Guid dealId, Desk desk) => desk.Contract(dealId));
        deal.MapPost("/contract", (Guid dealId, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Send(dealId, new AcceptContract(id, desk.Organisation)));
        deal.MapPost("/payment", (Guid dealId, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Pay(dealId, id)).RequireAuthorization(Policies.Trade);
        deal.MapPost("/pick-up", (Guid dealId, [FromForm] string? day, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.PickUp(dealId, id, day));
        deal.MapPost("/loading", (Guid dealId, [FromForm] string? vehicle, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Send(dealId, new RecordLoading(id, desk.Organisation, vehicle ?? "")));
        deal.MapPost("/weighings", (
                Guid dealId, [FromForm(Name = "gross_kg")] string? gross, [FromForm(Name = "tare_kg")] string? tare, [FromForm(Name = "moisture_percent")] string? moisture,
                [FromForm(Name = "contamination_percent")] string? contamination, [FromForm] string? ticket, [FromForm] string? vehicle, [FromForm(Name = "command_id")] Guid id, Desk desk) =>
            desk.Weigh(dealId, id, new WeighingRequest(gross ?? "", tare ?? "", moisture ?? "", contamination ?? "", ticket ?? "", vehicle ?? ""))).RequireAuthorization(Policies.Trade);
        deal.MapPost("/weighings/void", (Guid dealId, [FromForm] string? ticket, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, Desk desk) =>
            desk.Send(dealId, new VoidWeighing(id, desk.Organisation, ticket ?? "", reason ?? ""))).RequireAuthorization(Policies.Trade);
        deal.MapPost("/receipt", (Guid dealId, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Send(dealId, new EndReceipt(id, desk.Organisation))).RequireAuthorization(Policies.Trade);
        deal.MapPost("/confirmation", (Guid dealId, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Send(dealId, new ConfirmReceipt(id, desk.Organisation))).RequireAuthorization(Policies.Sell);
        deal.MapPost("/dispute", (Guid dealId, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Send(dealId, new RaiseDispute(id, desk.Organisation, reason ?? "")));
        deal.MapGet("/evidence/documents/{hash}", async (Guid dealId, string hash, ClaimsPrincipal user, DealOrders orders, HttpContext http, CancellationToken ct) =>
            (await DealEndpoints.Document(dealId, hash, user, orders, http, ct)).Result is PhysicalFileHttpResult file ? (IResult)file : ProblemPage.Of(Problems.From(EvidenceFileRefusal.DocumentNotFound)));
        deal.MapPost("/evidence", (Guid dealId, [FromForm] string? text, IFormFileCollection photo, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.AddEvidence(dealId, id, text ?? "", photo))
            .WithMetadata(new RequestSizeLimitAttribute(LargestEvidence));
        deal.MapPost("/dispute/decision", (Guid dealId, [FromForm(Name = "payable_kg")] string? payable, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, Desk desk) =>
            desk.DecideDispute(dealId, id, new DisputeDecisionRequest(reason ?? "", string.IsNullOrWhiteSpace(payable) ? null : payable))).RequireAuthorization(Policies.Operate);
        deal.MapPost("/dispute/resumption", (Guid dealId, [FromForm] string? reason, [FromForm(Name = "command_id")] Guid id, Desk desk) => desk.Send(dealId, new ResumeHandover(id, reason ?? ""))).RequireAuthorization(Policies.Operate);
    }

    private static async Task<IResult> Mine(ClaimsPrincipal user, DealQueries deals, CancellationToken ct, Cursor? after = null, string? turn = null, string? stage = null)
    {
        var side = DealEndpoints.SideOf(user.Caller);
        var onlyTurn = turn == "1" || side == DealSide.Operator;
        var page = await deals.Listed(user.Caller, onlyTurn, after, DealsShown, stage, ct);
        return Page.Of<MyDealsPage>(new { Deals = page.Items, page.Next, Side = side, OnlyTurn = onlyTurn, Stage = stage, Waiting = await deals.Waiting(user.Organisation, side, ct) });
    }

    private static Task<IResult> Show(Guid dealId, Desk desk, string? done = null, [FromQuery(Name = "payable_kg")] string? payable = null) =>
        desk.Shown(dealId, done: done is not null, payable: string.IsNullOrWhiteSpace(payable) ? null : payable);

    private static async Task<IResult> OfferToSecond(Guid lotId, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, DealOrders orders, CancellationToken ct)
    {
        var (dealId, receipt) = await orders.OfferToSecond(lotId, id, user.Caller, ct);
        return receipt.Refusals.Count > 0 ? ProblemPage.Of(Problems.From(receipt.Refusals)) : TypedResults.LocalRedirect($"/deals/{dealId:N}?done=1");
    }

    /// <summary>What the forms of one reader do: send, and show the deal again with what was wrong.</summary>
    internal sealed class Desk(IHttpContextAccessor http, DealOrders orders, DocumentQueries documents, PaperContents contents, PhotoUploads photos, FreeMoney free, TimeProvider time)
    {
        private Caller Caller => http.HttpContext!.User.Caller;

        private CancellationToken Ct => http.HttpContext!.RequestAborted;

        public Guid Organisation => Caller.Organisation;

        public Task<IResult> Send(Guid dealId, DealCommand command) => Done(dealId, orders.Send(dealId, command, Caller, Ct));

        public Task<IResult> Pay(Guid dealId, Guid commandId) => Done(dealId, orders.Pay(dealId, commandId, Caller, Ct));

        /// <summary>A bidder who complains may not see the deal: he comes back to the lot.</summary>
        public async Task<IResult> Complain(Guid dealId, Guid commandId, string reason)
        {
            var receipt = await orders.Complain(dealId, commandId, reason, Caller, Ct);
            if (await orders.View(dealId, Caller, Ct) is not null) return await Done(dealId, Task.FromResult(receipt));
            return receipt.Refusals.Count > 0 ? ProblemPage.Of(Problems.From(receipt.Refusals)) : TypedResults.LocalRedirect("/my/bids");
        }

        public Task<IResult> PickUp(Guid dealId, Guid commandId, string? day) => DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? Send(dealId, new ProposePickUp(commandId, Organisation, parsed))
            : Shown(dealId, [new Refusal(RequestRefusal.Malformed).About("day")]);

        public Task<IResult> Weigh(Guid dealId, Guid commandId, WeighingRequest weighing) =>
            weighing.Read(commandId, Organisation, out var unreadable) is { } command ? Done(dealId, orders.Send(dealId, command, Caller, Ct), weighing) : Shown(dealId, unreadable, weighing);

        public Task<IResult> DecideDispute(Guid dealId, Guid commandId, DisputeDecisionRequest decision) =>
            decision.Read(commandId, out var unreadable) is { } command ? Done(dealId, orders.Send(dealId, command, Caller, Ct), payable: decision.PayableKg) : Shown(dealId, unreadable, payable: decision.PayableKg);

        public async Task<IResult> AddEvidence(Guid dealId, Guid commandId, string text, IFormFileCollection files)
        {
            var hashes = new List<string>();
            foreach (var file in files.Where(file => file.Length > 0 && file.Name == "photo").Take(LotPublishing.Photos))
            {
                await using var bytes = file.OpenReadStream();
                var (photo, refusal) = await photos.Take(bytes, small: null, Organisation, Ct);
                if (photo is null) return await Shown(dealId, [refusal!.About("photos")]);
                hashes.Add(photo.Hash);
            }

            var papers = new List<string>();
            foreach (var file in files.Where(file => file.Length > 0 && file.Name == "document").Take(DealDecider.EvidenceDocuments + 1))
            {
                await using var bytes = file.OpenReadStream();
                var (hash, refusal) = await orders.TakeDocument(dealId, bytes, Caller, Ct);
                if (hash is null) return await Shown(dealId, [refusal!.About("documents")]);
                papers.Add(hash);
            }

            return await Done(dealId, orders.AddEvidence(dealId, commandId, text, hashes, papers, Caller, Ct));
        }

        /// <param name="payable">What the operator would decide, to show its sums before he does.</param>
        public async Task<IResult> Shown(Guid dealId, IReadOnlyList<Refusal>? problems = null, WeighingRequest? weighing = null, bool done = false, string? payable = null)
        {
            if (await orders.View(dealId, Caller, Ct) is not { } view) return ProblemPage.Of(Problems.From(DealRefusal.DealNotFound));
            var asked = Mass.TryParse(payable, out var mass, out var malformed) ? mass : (Mass?)null;
            if (payable is not null && asked is null) problems = [malformed!.About("payable_kg")];
            var (preview, refusal) = asked is not null && view.State is Deal.Disputed ? DealDecider.Foresee(view.State, asked, time.GetUtcNow()) : default;
            if (refusal is not null) problems ??= [refusal];
            var buyerLooks = view.Row.Buyer == Organisation;
            return Page.Of<DealPage>(
                new
                {
                    View = view,
                    Caller,
                    CommandId = CommandIds.New(time),
                    Free = buyerLooks && view.State is Deal.Unpaid or Deal.Underpaid ? await free(view.Row.Amount.Currency, Organisation, Ct) : (Money?)null,
                    Weighing = weighing,
                    Documents = (await Papers(view)).Where(document => document.MayBeReadBy(Caller)).ToList(),
                    Payable = payable,
                    Preview = preview is null ? default((SettlementSums, SettlementSums?)?) : (preview, DealArithmetic.OncePaid(view.Terms, preview, time.GetUtcNow())),
                    Done = done && problems is null,
                    Problems = problems ?? [],
                },
                problems is null ? StatusCodes.Status200OK : Problems.StatusOf(problems));
        }

        /// <summary>What both are asked to accept: a draft until it is issued.</summary>
        public async Task<IResult> Contract(Guid dealId)
        {
            if (await orders.View(dealId, Caller, Ct) is not { } view) return ProblemPage.Of(Problems.From(DealRefusal.DealNotFound));
            if (await documents.One(DealPapers.IdOf(DocumentKind.Contract, dealId), Ct) is { } issued) return TypedResults.LocalRedirect($"/documents/{issued.DocumentId}");
            if (view.Row.Stage is "cancelled" or "defaulted") return ProblemPage.Of(Problems.From(RequestRefusal.NotFound));
            return Page.Of<DraftContractPage>(new { view.Row.DealId, Content = await contents.Contract(dealId, view.Terms, Ct) });
        }

        /// <summary>About the deal, after the receipt for the guarantee that came with it.</summary>
        private async Task<IEnumerable<DocumentRow>> Papers(DealView view)
        {
            var receipt = view.Row.Hold is { } hold ? await documents.One(DealPapers.ReceiptOf(hold), Ct) : null;
            return [.. receipt is null ? [] : (DocumentRow[])[receipt], .. await documents.About(view.Row.DealId, Ct)];
        }

        private async Task<IResult> Done(Guid dealId, Task<Receipt<DealEvent>> sent, WeighingRequest? weighing = null, string? payable = null)
        {
            var receipt = await sent;
            return receipt.Refusals.Count > 0 ? await Shown(dealId, receipt.Refusals, weighing, payable: payable) : TypedResults.LocalRedirect($"/deals/{dealId:N}?done=1");
        }
    }
}
