using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Payouts;

/// <summary>Books what payouts set aside, and has what is to be paid made by its rail. Every step's id follows from its cause, so each is done once.</summary>
public sealed class PayoutFollower(IGrains grains, PayoutQueries payouts, EntryQueries entries, IReadOnlyList<IRail> rails) : Follower("settlement/payouts")
{
    public override Task Handle(Envelope envelope, CancellationToken ct) => envelope.Event switch
    {
        PayoutOrdered e => Queue(envelope, e.Facts, ct),
        PayoutFailed { GivesBack: true } or PayoutWithdrawn => GiveBack(envelope, ct),
        PaymentTakenBack e => TakenBack(envelope, e.Payment, ct),
        EntryReturning e => Return(envelope, e, ct),
        PaymentFileMade e => Filed(envelope, e.Number, ct),
        _ => Task.CompletedTask,
    };

    private async Task Queue(Envelope envelope, PayoutFacts facts, CancellationToken ct)
    {
        var (available, outgoing) = (AccountId.Available(facts.Organisation), AccountId.Outgoing(facts.Organisation));
        var refusal = await Make(envelope, 0, facts.Amount.Currency, new TransferOrder.PostHold(facts.Hold, TransferPurpose.Payout), ct);

        // The hold was over before it was booked here. What is free may still do.
        if (refusal is { Code: LedgerRefusal.HoldNotOpen or LedgerRefusal.HoldAlreadyExpired })
            refusal = await Make(envelope, 1, facts.Amount.Currency, new TransferOrder.Post(available, outgoing, facts.Amount, TransferPurpose.Payout, envelope.Id), ct);
        if (refusal is { Code: LedgerRefusal.InsufficientFunds })
        {
            await grains.Handle(PayoutGrain.Kind, envelope.Id, new DropPayout(CommandIdFor(envelope, 2)), Caller.House, ct);
            return;
        }

        if (refusal is not null) throw new InvalidOperationException($"Payout {envelope.Id} was not booked: {refusal}.");
        await Pay(envelope, RailAccount.At(facts.From), new Payment(envelope.Id, PaymentKind.Payout, facts.Amount, facts.Name, facts.Bin, facts.To, $"Вывод средств {envelope.Id}"), ct);
    }

    private async Task GiveBack(Envelope envelope, CancellationToken ct)
    {
        var payout = await payouts.Payout(envelope.Id, ct) ?? throw new InvalidOperationException($"Payout {envelope.Id} has no row.");
        var organisation = Guid.ParseExact(payout.OrganisationId, "N");
        var back = new TransferOrder.Post(AccountId.Outgoing(organisation), AccountId.Available(organisation), payout.Amount, TransferPurpose.PayoutReturned, envelope.Id);
        if (await Make(envelope, 0, payout.Amount.Currency, back, ct) is { } refusal) throw new InvalidOperationException($"Payout {envelope.Id} was not given back: {refusal}.");
    }

    private async Task TakenBack(Envelope envelope, string payment, CancellationToken ct)
    {
        if (await payouts.Payout(payment, ct) is not null) await grains.Handle(PayoutGrain.Kind, payment, new WithdrawPayout(CommandIdFor(envelope)), Caller.House, ct);
        else await grains.Handle(EntryGrain.Kind, await entries.ReturnedBy(payment, ct), new WithdrawReturn(CommandIdFor(envelope), payment), Caller.House, ct);
    }

    private async Task Return(Envelope envelope, EntryReturning e, CancellationToken ct)
    {
        var facts = await entries.Facts(envelope.Id, ct) ?? throw new InvalidOperationException($"Entry {envelope.Id} has no row.");
        var back = new Payment(
            e.Payment ?? facts.Id, PaymentKind.Return, facts.Amount, facts.PayerName ?? facts.PayerAccount?.ToString() ?? "", Bin: null, facts.PayerAccount, $"Возврат {facts.Reference}: {e.Reason}",
            facts.PayerAccount is null ? facts.Reference : null);
        await Pay(envelope, facts.Account, back, ct);
    }

    private async Task Filed(Envelope envelope, long number, CancellationToken ct)
    {
        var lines = await payouts.Payments(envelope.Id, number, ct);
        await Task.WhenAll(lines.Where(line => line.Kind == KebabCase.Name(PaymentKind.Payout)).Index()
            .Select(line => grains.Handle(PayoutGrain.Kind, line.Item.PaymentId, new FilePayout(CommandIdFor(envelope, line.Index), number), Caller.House, ct)));
    }

    private Task Pay(Envelope envelope, RailAccount from, Payment payment, CancellationToken ct) => rails.Single(rail => rail.Kind == from.Kind).Pay(from, CommandIdFor(envelope, 3), payment, ct);

    private async Task<Refusal?> Make(Envelope envelope, int n, Currency currency, TransferOrder order, CancellationToken ct) =>
        (await grains.Handle(LedgerGrain.Kind, currency.Code, new MakeTransfers(CommandIdFor(envelope, n), [order]), Caller.House, ct)).Refusal;
}
