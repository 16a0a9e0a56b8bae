using System.Security.Claims;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>The operator's console: the health of the journal, and the clocks of auctions.</summary>
internal static class OperatorPages
{
    private const int LotsShown = 50;

    public static void MapOperatorPages(this IEndpointRouteBuilder pages)
    {
        var console = pages.MapGroup("/operator").RequireAuthorization(Policies.Operate);
        console.MapGet("", (OperatorDesk desk, LotQueries lots, House house, CancellationToken ct, string? done = null) => Shown(desk, lots, house, done is "frozen" or "resumed" ? done : null, [], ct));
        console.MapGet("/defaults", async (OperatorDesk desk, CancellationToken ct, Cursor? after = null) =>
        {
            var page = await desk.Defaulted(after, ct);
            return Page.Of<DefaultsPage>(new { Deals = page.Items, page.Next });
        });
        console.MapPost("/freeze", FreezeAll);
        console.MapPost("/resume", ResumeAll);
        console.MapPost("/lots/{lotId:guid}/freeze", ([FromForm(Name = "command_id")] Guid commandId, Guid lotId, ClaimsPrincipal user, OperatorDesk desk, LotQueries lots, House house, IGrains grains, CancellationToken ct) =>
            Sent(lotId, new FreezeLot(commandId), "frozen", user, desk, lots, house, grains, ct));
        console.MapPost("/lots/{lotId:guid}/resume", ([FromForm(Name = "command_id")] Guid commandId, Guid lotId, ClaimsPrincipal user, OperatorDesk desk, LotQueries lots, House house, IGrains grains, CancellationToken ct) =>
            Sent(lotId, new ResumeLot(commandId), "resumed", user, desk, lots, house, grains, ct));
    }

    private static async Task<IResult> Shown(OperatorDesk desk, LotQueries lots, House house, string? done, IReadOnlyList<Refusal> problems, CancellationToken ct) => Page.Of<OperatorPage>(
        new
        {
            Tasks = await desk.Tasks(ct),
            Stray = await desk.Stray(ct),
            Open = await lots.OpenUntil(DateTimeOffset.MaxValue, Cursor.Start, LotsShown, ct),
            Frozen = await lots.Frozen("", LotsShown, ct),
            Healthy = house.Failing is null,
            house.Waiting,
            house.Tail.Position,
            Grains = house.GrainsInMemory,
            Done = done,
            Problems = problems,
        },
        problems.Count == 0 ? StatusCodes.Status200OK : Problems.StatusOf(problems));

    private static async Task<IResult> FreezeAll([FromForm(Name = "command_id")] Guid commandId, ClaimsPrincipal user, LotClocks clocks, CancellationToken ct)
    {
        await clocks.FreezeAll(commandId, user.Caller, ct);
        return TypedResults.LocalRedirect("/operator?done=frozen");
    }

    private static async Task<IResult> ResumeAll([FromForm(Name = "command_id")] Guid commandId, ClaimsPrincipal user, LotClocks clocks, CancellationToken ct)
    {
        await clocks.ResumeAll(commandId, user.Caller, ct);
        return TypedResults.LocalRedirect("/operator?done=resumed");
    }

    private static async Task<IResult> Sent(Guid lotId, LotCommand command, string done, ClaimsPrincipal user, OperatorDesk desk, LotQueries lots, House house, IGrains grains, CancellationToken ct)
    {
        var receipt = await grains.Handle(LotGrain.Kind, lotId, command, user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await Shown(desk, lots, house, done: null, receipt.Refusals, ct) : TypedResults.LocalRedirect($"/operator?done={done}");
    }
}
