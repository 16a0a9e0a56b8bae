using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Settlement.Tests;

/// <summary>The words the ledger's tests are said in: Aliya and Bolat have money, the deal has none yet.</summary>
internal static class Words
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly AccountId Aliya = AccountId.Available(Id(0xA));
    public static readonly AccountId Bolat = AccountId.Available(Id(0xB));
    public static readonly AccountId Deal = AccountId.Escrow(Id(0xDEA1));
    public static readonly AccountId Bank = AccountId.Bank;

    public static Guid Id(int n) => new(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    public static TransferId Transfer(int command, int index = 0) => new(Id(command), index);

    public static Money Tenge(decimal amount) => new((long)(amount * 100), Currency.Kzt);

    public static TransferOrder Move(AccountId debit, AccountId credit, Money amount) => new TransferOrder.Post(debit, credit, amount, TransferPurpose.Payment, "lot-1");

    public static TransferOrder Move(AccountId debit, AccountId credit, decimal amount) => Move(debit, credit, Tenge(amount));

    public static TransferOrder Hold(AccountId debit, AccountId credit, decimal amount, DateTimeOffset? until = null) =>
        new TransferOrder.Hold(debit, credit, Tenge(amount), TransferPurpose.Guarantee, "lot-1", until);

    public static TransferOrder PostHold(int command, decimal? amount = null) => new TransferOrder.PostHold(Transfer(command), TransferPurpose.Payment, amount is { } part ? Tenge(part) : null);

    public static TransferOrder Void(int command) => new TransferOrder.VoidHold(Transfer(command));

    public static MakeTransfers Make(int command, params TransferOrder[] transfers) => new(Id(command), transfers);

    public static ExpireHold Expire(int hold) => new(Id(0xEEE), Transfer(hold), Noon);
}

/// <summary>A ledger with a past, and what it answers.</summary>
internal sealed record Given(Ledger Ledger)
{
    public static Given Nothing { get; } = new(Ledger.Initial);

    /// <summary>Aliya has paid in 1,000 tenge, Bolat 500.</summary>
    public static Given Money { get; } = Nothing.And(Words.Make(0x1000, Words.Move(Words.Bank, Words.Aliya, 1000), Words.Move(Words.Bank, Words.Bolat, 500)));

    public Given And(LedgerCommand command, DateTimeOffset? at = null)
    {
        var decision = When(command, at);
        decision.Refusals.Should().BeEmpty();
        return new(decision.Events.Aggregate(Ledger, (ledger, @event) => ledger.Evolve(@event)));
    }

    public Decision<LedgerEvent> When(LedgerCommand command, DateTimeOffset? at = null) => LedgerDecider.Decide(Ledger, command, at ?? Words.Noon);

    /// <summary>In tenge: what was posted, and what of it is not held; of what the house has, what is not held on its other side.</summary>
    public (decimal Posted, decimal Free) this[AccountId account] => (Ledger[account].Posted / 100m, (account.IsAsset ? -Ledger[account].Posted - Ledger[account].CreditsPending : Ledger[account].Free) / 100m);
}

internal static class Answers
{
    public static void ShouldBeRefused(this Decision<LedgerEvent> decision, string field, LedgerRefusal code, params Fact[] facts)
    {
        decision.Events.Should().BeEmpty();
        decision.Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(code, facts).About(field));
    }
}
