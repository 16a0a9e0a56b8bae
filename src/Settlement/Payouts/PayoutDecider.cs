using System.Diagnostics;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Payouts;

/// <summary>The rules of a payout. What the bank tells may come in any order; each of it counts once.</summary>
public static class PayoutDecider
{
    public static Decision<PayoutEvent> Decide(Payout payout, PayoutCommand command, DateTimeOffset now) => (payout, command) switch
    {
        (Payout.Unordered, OrderPayout order) => Order(order, now),
        (Payout.Unordered, _) => PayoutRefusal.PayoutNotFound,
        (Payout.Made, OrderPayout) => Decision<PayoutEvent>.Nothing,
        (Payout.Made made, FilePayout file) => made.IsOpen ? new PayoutFiled(file.File, now) : Decision<PayoutEvent>.Nothing,
        (Payout.Made made, DropPayout) => made.IsOpen ? new PayoutFailed("", GivesBack: false, now) : Decision<PayoutEvent>.Nothing,
        (Payout.Made made, WithdrawPayout) => made.IsOpen ? new PayoutWithdrawn(now) : Decision<PayoutEvent>.Nothing,
        (Payout.Made made, ConfirmPayout confirm) when made.PaidBy == confirm.Entry => Decision<PayoutEvent>.Nothing,
        (Payout.Made made, ReturnPayout giveBack) when made.ReturnedBy == giveBack.Entry => Decision<PayoutEvent>.Nothing,
        (Payout.Made { File: null }, _) => PayoutRefusal.NotFiled,
        (Payout.Made { PaidBy: not null }, ConfirmPayout or FailPayout) => PayoutRefusal.AlreadyPaid,
        (Payout.Made { ReturnedBy: not null }, ReturnPayout or FailPayout) => PayoutRefusal.AlreadyReturned,
        (Payout.Made { HasFailed: true }, _) => PayoutRefusal.AlreadyFailed,
        (Payout.Made, ConfirmPayout confirm) => new PayoutPaid(confirm.Entry, now),
        (Payout.Made, ReturnPayout giveBack) => new PayoutReturned(giveBack.Entry, giveBack.Reason, now, giveBack.Charge),
        (Payout.Made, FailPayout { Reason: var reason }) => string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > FailPayout.LongestReason
            ? new Refusal(PayoutRefusal.FailureReasonMissing, FailPayout.LongestReason).About("reason")
            : new PayoutFailed(reason.Trim(), GivesBack: true, now),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name} on {payout.GetType().Name}."),
    };

    private static Decision<PayoutEvent> Order(OrderPayout order, DateTimeOffset now)
    {
        if (order.Amount.MinorUnits <= 0) return new Refusal(PayoutRefusal.AmountNotPositive).About("amount");
        return order.Facts is { } facts ? new PayoutOrdered(facts, now) : PayoutRefusal.NoAccountInForce;
    }
}
