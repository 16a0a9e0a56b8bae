using System.Globalization;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Payouts;

/// <summary>In whose name an organisation is paid. The host says who knows.</summary>
public sealed record Payee(string Name, Bin Bin);

/// <summary>Null where no organisation is called so.</summary>
public delegate Task<Payee?> PayeeOf(Guid organisation, CancellationToken ct);

/// <summary>The one way to a payout, a page's or the API's. First the money is set aside, then the payout is ordered: a crash between the two leaves a hold that ends by itself, never a payout without its money.</summary>
public sealed class PayoutDesk(IGrains grains, PayoutQueries payouts, LedgerDesk ledgers, Debts debts, PayeeOf payeeOf, HouseAccounts house, JournalClock clock)
{
    /// <summary>How long money is set aside for a payout that nobody has booked.</summary>
    public static TimeSpan HoldTime { get; } = TimeSpan.FromHours(1);

    /// <summary>For who has the house and no services: the demo.</summary>
    public static PayoutDesk Of(House house, PayeeOf payeeOf, HouseAccounts accounts)
    {
        var ledgers = new LedgerQueries(house.Database);
        return new(house.Grains, new PayoutQueries(house.Database), new LedgerDesk(house.Grains, ledgers), new Debts(house.Grains, ledgers, house.Clock), payeeOf, accounts, house.Clock);
    }

    public async Task<Receipt<PayoutAccountEvent>> Account(PayoutAccountCommand command, Caller caller, CancellationToken ct)
    {
        var refusal = command is NamePayoutAccount { Account: var account } ? account.WrongBankCode ?? (IsOwn(account) ? new Refusal(PayoutAccountRefusal.HouseAccount) : null) : null;
        return refusal is null
            ? await grains.Handle(PayoutAccountGrain.Kind, command.Organisation, command, caller, ct)
            : new(command.CommandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [refusal.About("account")]);
    }

    /// <summary>Where an organisation is paid, now and later; null where it has named no account.</summary>
    public async Task<PayoutAccount?> Account(Guid organisation, CancellationToken ct) => (await payouts.Account(organisation, ct))?.State;

    /// <summary>Orders a payout. The same order again is one payout; refused for want of money, it is tried anew with the money that has come since.</summary>
    public async Task<Receipt<PayoutEvent>> Order(OrderPayout order, Caller caller, CancellationToken ct)
    {
        // What is ordered already has its answer.
        if (await payouts.Payout(order.CommandId.ToString("N"), ct) is not null) return await grains.Handle(PayoutGrain.Kind, order.CommandId, order, caller, ct);
        if (house.In(order.Amount.Currency) is not { } from) return Refused(order, new Refusal(PayoutRefusal.NoHouseAccount, order.Amount.Currency.Code));
        var to = (await Account(order.Organisation, ct))?.InForce(clock.Now());
        var payee = await payeeOf(order.Organisation, ct);
        OrderPayout With(Guid hold) => to is { } account && !IsOwn(account) && payee is not null ? order with { Facts = new(order.Organisation, payee.Name, payee.Bin, order.Amount, from, account, new TransferId(hold)) } : order;

        // What the payout itself would refuse needs no money set aside; nor does what its permission would.
        var first = With(HoldOf(order, caller, attempt: 0));
        if (first.Facts is null || PayoutDecider.Decide(Payout.Initial, first, clock.Now()).Refusal is not null || !PayoutGrain.Kind.Permission(first, caller)) return await grains.Handle(PayoutGrain.Kind, order.CommandId, first, caller, ct);
        if (await debts.Collect(order.Organisation, order.Amount.Currency, ct) is { MinorUnits: > 0 } owed) return Refused(order, new Refusal(PayoutRefusal.DebtOpen, owed));
        for (var attempt = 0; ; attempt++)
        {
            var hold = HoldOf(order, caller, attempt);
            var wanted = new TransferOrder.Hold(AccountId.Available(order.Organisation), AccountId.Outgoing(order.Organisation), order.Amount, TransferPurpose.Payout, order.CommandId.ToString("N"), clock.Now() + HoldTime);
            var held = await ledgers.Make(order.Amount.Currency, new MakeTransfers(hold, [wanted]), ct);
            switch (held.Refusal)
            {
                case null:
                // Asked for a moment ago, with another end: it has its hold.
                case { Code: LedgerRefusal.ExistsWithAnother } when await ledgers.Has(order.Amount.Currency, new TransferId(hold), ct):
                    return await grains.Handle(PayoutGrain.Kind, order.CommandId, With(hold), caller, ct);
                case { Code: LedgerRefusal.InsufficientFunds } refusal when !held.Repeated:
                    return Refused(order, new Refusal(PayoutRefusal.FundsShort, [.. refusal.Facts]).About("amount"));
                case { Code: LedgerRefusal.InsufficientFunds or LedgerRefusal.ExistsWithAnother }:
                    // The ledger has said no before, and says so for ever: another attempt is another transfer. It may have been made, and the order broken off after it.
                    continue;
                case var refusal:
                    throw new InvalidOperationException($"Payout {order.CommandId:N} was refused by the ledger: {refusal}.");
            }
        }
    }

    /// <summary>The house's own account; it may have taken it after an organisation had named it.</summary>
    private bool IsOwn(Iban account) => house.CurrencyOf(account) is not null;

    private static Guid HoldOf(OrderPayout order, Caller caller, int attempt) => CommandIds.Derived(
        CommandIds.TimeOf(order.CommandId), string.Create(CultureInfo.InvariantCulture, $"settlement/payout/{caller.Key}/{order.CommandId:N}/{order.Amount}{(attempt == 0 ? "" : $"/{attempt}")}"));

    /// <summary>An organisation takes back its own payout, as long as no file to the bank has it. The queue says whether it is so, and what follows makes the money free.</summary>
    public async Task<Receipt<PaymentQueueEvent>> TakeBack(Guid payout, Guid commandId, Caller caller, CancellationToken ct)
    {
        var id = payout.ToString("N");
        if (await payouts.Payout(id, ct) is not { } row || row.OrganisationId != caller.Organisation.ToString("N")) return Refused(PayoutRefusal.PayoutNotFound);
        var back = new TakeBackPayment(CommandIds.Derived(CommandIds.TimeOf(commandId), $"settlement/payout-withdrawal/{caller.Key}/{commandId:N}"), id);
        var receipt = await grains.Handle(PaymentQueueGrain.Kind, row.FromAccount, back, Caller.House, ct);
        if (receipt.Refusal is not { Code: PaymentQueueRefusal.NotWaiting }) return receipt;
        return Refused(await payouts.FileOf(id, ct) is null && await payouts.Payout(id, ct) is { Standing: "ordered" } ? PayoutRefusal.NotQueuedYet : PayoutRefusal.AlreadyFiled);

        Receipt<PaymentQueueEvent> Refused(Refusal refusal) => new(commandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [refusal]);
    }

    /// <summary>The operator says that the bank did not take it.</summary>
    public Task<Receipt<PayoutEvent>> Fail(Guid payout, FailPayout command, Caller caller, CancellationToken ct) => grains.Handle(PayoutGrain.Kind, payout, command, caller, ct);

    /// <summary>Puts what waits to be paid from an account of the house into a file.</summary>
    public Task<Receipt<PaymentQueueEvent>> MakeFile(Iban account, Guid commandId, Caller caller, CancellationToken ct) =>
        grains.Handle(PaymentQueueGrain.Kind, account.ToString(), new MakePaymentFile(commandId) { Holder = house.Holder }, caller, ct);

    /// <summary>A file's bytes; null where there is none of that number.</summary>
    public async Task<byte[]?> File(string account, long number, CancellationToken ct) =>
        await payouts.File(account, number, ct) is { } file ? PaymentFile.Write(file, await payouts.Payments(account, number, ct), house.Holder) : null;

    private static Receipt<PayoutEvent> Refused(OrderPayout order, Refusal refusal) => new(order.CommandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [refusal]);
}
