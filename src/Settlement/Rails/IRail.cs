using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Settlement.Rails;

/// <summary>What the house asks of a way by which money moves. What the way tells the house comes in through <see cref="RailDesk"/>, whichever way it is.</summary>
public interface IRail
{
    RailKind Kind { get; }

    /// <summary>Has a payment made. The same command twice is one payment. Whether and when it was made, a movement tells later that is called as the payment (<see cref="Payment.Id"/>).</summary>
    /// <param name="commandId">From the payment's cause, the same each time.</param>
    Task Pay(RailAccount from, Guid commandId, Payment payment, CancellationToken ct);
}

/// <summary>The bank: a payment waits in the queue of its account until the operator's next file.</summary>
public sealed class BankRail(IGrains grains) : IRail
{
    public RailKind Kind => RailKind.Bank;

    /// <exception cref="ArgumentException">Without a bank account to pay to.</exception>
    public async Task Pay(RailAccount from, Guid commandId, Payment payment, CancellationToken ct)
    {
        if (payment.To is null) throw new ArgumentException($"Payment {payment.Id} has no bank account to go to.", nameof(payment));
        await grains.Handle(PaymentQueueGrain.Kind, from.ToString(), new QueuePayment(commandId, payment), Caller.House, ct);
    }
}
