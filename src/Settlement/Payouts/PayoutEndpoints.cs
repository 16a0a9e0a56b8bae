using System.Globalization;
using System.Security.Claims;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Settlement.Payouts;

/// <summary>Routes to an organisation's payouts under <c>/api/v1/payouts</c>, and the operator's files to the bank under <c>/api/v1/bank</c>.</summary>
public static class PayoutEndpoints
{
    private const int Shown = 50;

    public static void MapPayouts(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/payouts").WithTags("Payouts").RequireAuthorization(Policies.SignedIn);
        own.MapGet("/account", Account).WithName("GetPayoutAccount").WithSummary("The bank account that the organisation is paid to, and the one that waits to be.");
        own.MapPut("/account", Name).WithName("NamePayoutAccount").WithSummary("Name the bank account; it is paid to a day later.");
        own.MapDelete("/account/next", Withdraw).WithName("WithdrawPayoutAccount").WithSummary("Take back the account that is not in force yet.");
        own.MapGet("", List).WithName("ListPayouts").WithSummary("The organisation's payouts, the latest first, each with what it waits for.");
        own.MapPost("", Order).WithName("OrderPayout").WithSummary("Have money of the wallet paid to the organisation's bank account.");
        own.MapDelete("/{payoutId:guid}", TakeBack).WithName("TakeBackPayout").WithSummary("Take back a payout that no file to the bank has yet; its money is free again a moment later.");

        var bank = api.MapGroup("/bank").WithTags("Bank").RequireAuthorization(Policies.Operate);
        bank.MapGet("/payment-files", Files).WithName("ListPaymentFiles").WithSummary("The files to the bank, the latest first.");
        bank.MapGet("/payouts/filed", Filed).WithName("ListFiledPayouts").WithSummary("Payouts that a file has and the bank has not told of yet, whosever they are.");
        bank.MapPost("/payment-files/{account}", MakeFile).WithName("MakePaymentFile").WithSummary("Put what waits to be paid from an account of the house into a file.");
        bank.MapGet("/payment-files/{account}/{number}", File).WithName("DownloadPaymentFile").WithSummary("A file of payments (pain.001.001.03); the same bytes each time.")
            .Produces(StatusCodes.Status200OK, contentType: PaymentFile.ContentType);
        bank.MapPost("/payouts/{payoutId}/failure", Fail).WithName("FailPayout").WithSummary("The bank did not take a payout: its money goes back to the wallet.");
    }

    private static async Task<Ok<PayoutAccountAnswer>> Account(ClaimsPrincipal user, PayoutDesk desk, CancellationToken ct) =>
        TypedResults.Ok(PayoutAccountAnswer.From(await desk.Account(user.Organisation, ct)));

    private static Task<Results<Ok<PayoutAccountAnswer>, Problem>> Name(PayoutAccountRequest body, IdempotencyKey key, ClaimsPrincipal user, PayoutDesk desk, CancellationToken ct) =>
        Iban.TryParse(body.Account, out var account, out var refusal)
            ? Named(new NamePayoutAccount(key, user.Organisation, account), user, desk, ct)
            : Task.FromResult<Results<Ok<PayoutAccountAnswer>, Problem>>(Problems.From(refusal.About("account")));

    private static Task<Results<Ok<PayoutAccountAnswer>, Problem>> Withdraw(IdempotencyKey key, ClaimsPrincipal user, PayoutDesk desk, CancellationToken ct) =>
        Named(new WithdrawPayoutAccount(key, user.Organisation), user, desk, ct);

    private static async Task<Results<Ok<PayoutAccountAnswer>, Problem>> Named(PayoutAccountCommand command, ClaimsPrincipal user, PayoutDesk desk, CancellationToken ct)
    {
        var receipt = await desk.Account(command, user.Caller, ct);
        return receipt.Refusals.Count > 0 ? Problems.From(receipt.Refusals) : TypedResults.Ok(PayoutAccountAnswer.From(await desk.Account(user.Organisation, ct)));
    }

    private static async Task<Ok<PageOf<PayoutAnswer>>> List(ClaimsPrincipal user, PayoutQueries payouts, CancellationToken ct, Cursor? after = null)
    {
        var page = PageOf<PayoutRow>.From(await payouts.Of(user.Organisation, after?.At ?? long.MaxValue, after?.Id ?? "", Shown + 1, ct), Shown, row => new Cursor(row.OrderedAtMs, row.PayoutId));
        return TypedResults.Ok(new PageOf<PayoutAnswer>([.. page.Items.Select(PayoutAnswer.From)], page.Next));
    }

    private static async Task<Results<Ok<PayoutReceipt>, Problem>> Order(PayoutRequest body, IdempotencyKey key, ClaimsPrincipal user, PayoutDesk desk, CancellationToken ct)
    {
        if (!Money.TryParse(body.Amount, out var amount, out var malformed)) return Problems.From(malformed.About("amount"));
        return Done(key, await desk.Order(new OrderPayout(key, user.Organisation, amount), user.Caller, ct));
    }

    private static async Task<Results<Ok<PayoutReceipt>, Problem>> TakeBack(Guid payoutId, IdempotencyKey key, ClaimsPrincipal user, PayoutDesk desk, CancellationToken ct)
    {
        var receipt = await desk.TakeBack(payoutId, key, user.Caller, ct);
        return receipt.Refusals.Count > 0 ? Problems.From(receipt.Refusals) : TypedResults.Ok(new PayoutReceipt(payoutId, receipt.Version, receipt.Position));
    }

    private static async Task<Results<Ok<PayoutReceipt>, Problem>> Fail(Guid payoutId, PayoutFailureRequest body, IdempotencyKey key, ClaimsPrincipal user, PayoutDesk desk, CancellationToken ct) =>
        Done(payoutId, await desk.Fail(payoutId, new FailPayout(key, body.Reason), user.Caller, ct));

    private static async Task<Ok<PageOf<PaymentFileAnswer>>> Files(PayoutQueries payouts, CancellationToken ct, Cursor? after = null)
    {
        var page = PageOf<PaymentFileRow>.From(await payouts.Files(after, Shown + 1, ct), Shown, PayoutQueries.After);
        return TypedResults.Ok(new PageOf<PaymentFileAnswer>([.. page.Items.Select(file => new PaymentFileAnswer(file.Account, file.FileNumber, (int)file.Payments, file.Sum))], page.Next));
    }

    private static async Task<Ok<PageOf<FiledPayoutAnswer>>> Filed(PayoutQueries payouts, CancellationToken ct, Cursor? after = null)
    {
        var page = PageOf<PayoutRow>.From(await payouts.Standing(PayoutStanding.Filed, after?.Id ?? "", Shown + 1, ct), Shown, row => new Cursor(0, row.PayoutId));
        return TypedResults.Ok(new PageOf<FiledPayoutAnswer>([.. page.Items.Select(row => new FiledPayoutAnswer(PayoutAnswer.From(row), row.OrganisationId, row.FromAccount, row.FileNumber!.Value))], page.Next));
    }

    private static async Task<Results<Ok<PaymentFileAnswer>, Problem>> MakeFile(string account, IdempotencyKey key, ClaimsPrincipal user, PayoutDesk desk, CancellationToken ct)
    {
        if (!Iban.TryParse(account, out var of, out var refusal)) return Problems.From(refusal.About(nameof(account)));
        var receipt = await desk.MakeFile(of, key, user.Caller, ct);
        if (receipt.Refusals.Count > 0) return Problems.From(receipt.Refusals);
        var made = (PaymentFileMade)receipt.Events[0];
        return TypedResults.Ok(new PaymentFileAnswer(of.ToString(), made.Number, made.Payments.Count, made.Sum));
    }

    private static async Task<Results<FileContentHttpResult, Problem>> File(string account, long number, PayoutDesk desk, CancellationToken ct) => await desk.File(account, number, ct) is { } bytes
        ? TypedResults.File(bytes, PaymentFile.ContentType, string.Create(CultureInfo.InvariantCulture, $"payments-{number:D6}.xml"))
        : Problems.From(RequestRefusal.NotFound);

    private static Results<Ok<PayoutReceipt>, Problem> Done(Guid payout, Receipt<PayoutEvent> receipt) =>
        receipt.Refusals.Count > 0 ? Problems.From(receipt.Refusals) : TypedResults.Ok(new PayoutReceipt(payout, receipt.Version, receipt.Position));
}

/// <param name="Account">An IBAN of Kazakhstan: KZ and 18 characters, with or without blanks.</param>
public sealed record PayoutAccountRequest(string Account);

/// <param name="Amount">More than zero, at most what is free: <c>1500.00 KZT</c>.</param>
public sealed record PayoutRequest(string Amount);

/// <param name="Reason">At most 500 characters; the organisation reads it.</param>
public sealed record PayoutFailureRequest(string Reason);

public sealed record PayoutReceipt(Guid PayoutId, long Version, long Position);

/// <param name="Account">Paid to until <paramref name="NextFrom"/>.</param>
/// <param name="NextAccount">Paid to from then on.</param>
public sealed record PayoutAccountAnswer(Iban? Account, Iban? NextAccount, DateTimeOffset? NextFrom)
{
    internal static PayoutAccountAnswer From(PayoutAccount? account) => new(account?.Current, account?.Next, account?.Next is null ? null : account.NextFrom);
}

/// <param name="Reason">Why it was returned or failed.</param>
/// <param name="Charge">What the banks kept when they gave it back; the rest is in the wallet. Absent where it came back whole.</param>
public sealed record PayoutAnswer(string PayoutId, Money Amount, string Account, PayoutStanding Standing, string? Reason, DateTimeOffset OrderedAt, DateTimeOffset ChangedAt, Money? Charge)
{
    internal static PayoutAnswer From(PayoutRow row) => new(
        row.PayoutId, row.Amount, row.ToAccount, KebabCase.Parse<PayoutStanding>(row.Standing), row.Reason, DateTimeOffset.FromUnixTimeMilliseconds(row.OrderedAtMs), DateTimeOffset.FromUnixTimeMilliseconds(row.ChangedAtMs), row.Charge);
}

public sealed record PaymentFileAnswer(string Account, long Number, int Payments, Money Sum);

/// <param name="OrganisationId">Whose money it is.</param>
/// <param name="FromAccount">The house's own account that it is paid from.</param>
/// <param name="FileNumber">Of that account's file that has it.</param>
public sealed record FiledPayoutAnswer(PayoutAnswer Payout, string OrganisationId, string FromAccount, long FileNumber);
