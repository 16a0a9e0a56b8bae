using System.Security.Claims;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>Money out: the organisation's bank account, and its payouts with what each waits for.</summary>
internal static class PayoutPages
{
    public static void MapPayoutPages(this IEndpointRouteBuilder pages)
    {
        var payouts = pages.MapGroup("/my/payouts").RequireAuthorization(Policies.SignedIn);
        payouts.MapGet("", (PayoutsShown shown, CancellationToken ct, Cursor? after = null, string? done = null) => shown.Of(after, done is not null, [], ct));
        payouts.MapPost("", Order);
        payouts.MapPost("/{payoutId:guid}/withdrawal", TakeBack);
        payouts.MapPost("/account", Name);
        payouts.MapPost("/account/withdrawal", (ClaimsPrincipal user, PayoutsShown shown, [FromForm(Name = "command_id")] Guid id, CancellationToken ct) => shown.Account(new WithdrawPayoutAccount(id, user.Organisation), ct));
    }

    private static async Task<IResult> Order([FromForm] string? amount, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, PayoutDesk desk, PayoutsShown shown, CancellationToken ct)
    {
        if (!Money.TryParse(amount, out var money, out var malformed)) return await shown.Of(after: null, done: false, [malformed.About("amount")], ct);
        var receipt = await desk.Order(new OrderPayout(id, user.Organisation, money), user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await shown.Of(after: null, done: false, receipt.Refusals, ct) : TypedResults.LocalRedirect("/my/payouts?done=1");
    }

    private static async Task<IResult> TakeBack(Guid payoutId, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, PayoutDesk desk, PayoutsShown shown, CancellationToken ct)
    {
        var receipt = await desk.TakeBack(payoutId, id, user.Caller, ct);
        return receipt.Refusals.Count > 0 ? await shown.Of(after: null, done: false, receipt.Refusals, ct) : TypedResults.LocalRedirect("/my/payouts?done=1");
    }

    private static Task<IResult> Name([FromForm] string? account, [FromForm(Name = "command_id")] Guid id, ClaimsPrincipal user, PayoutsShown shown, CancellationToken ct) =>
        Iban.TryParse(account, out var iban, out var malformed) ? shown.Account(new NamePayoutAccount(id, user.Organisation, iban), ct) : shown.Of(after: null, done: false, [malformed.About("account")], ct);
}

/// <summary>Gathers what the page shows.</summary>
internal sealed class PayoutsShown(IHttpContextAccessor http, PayoutDesk desk, PayoutQueries payouts, Wallets wallets, TimeProvider time)
{
    private const int Listed = 30;

    public async Task<IResult> Account(PayoutAccountCommand command, CancellationToken ct)
    {
        var receipt = await desk.Account(command, http.HttpContext!.User.Caller, ct);
        return receipt.Refusals.Count > 0 ? await Of(after: null, done: false, receipt.Refusals, ct) : TypedResults.LocalRedirect("/my/payouts?done=1");
    }

    public async Task<IResult> Of(Cursor? after, bool done, IReadOnlyList<Refusal> problems, CancellationToken ct)
    {
        var organisation = http.HttpContext!.User.Organisation;
        var page = PageOf<PayoutRow>.From(await payouts.Of(organisation, after?.At ?? long.MaxValue, after?.Id ?? "", Listed + 1, ct), Listed, row => new Cursor(row.OrderedAtMs, row.PayoutId));
        return Page.Of<PayoutsPage>(
            new
            {
                Account = await desk.Account(organisation, ct) ?? PayoutAccount.Initial,
                (await wallets.Of(organisation, Currency.Kzt, ct)).Available,
                Payouts = page.Items,
                page.Next,
                Now = time.GetUtcNow(),
                Done = done,
                Problems = problems,
            },
            problems.Count == 0 ? StatusCodes.Status200OK : Problems.StatusOf(problems));
    }
}
