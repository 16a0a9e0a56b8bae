using System.Diagnostics;
using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Payouts;

/// <summary>Where an organisation's money is paid out to. A new account waits a day, so that a stolen sign-in cannot empty a wallet before anyone is told.</summary>
/// <param name="Current">Paid to until <paramref name="NextFrom"/>; null where there was none.</param>
/// <param name="Next">Named last; null where none was, or it was withdrawn.</param>
/// <param name="NextFrom">Inclusive: from then on <paramref name="Next"/> is paid to.</param>
public sealed record PayoutAccount(Iban? Current, Iban? Next, DateTimeOffset NextFrom) : IState<PayoutAccount, PayoutAccountEvent>
{
    public static TimeSpan Wait { get; } = TimeSpan.FromHours(24);

    public static PayoutAccount Initial { get; } = new(Current: null, Next: null, default);

    public Iban? InForce(DateTimeOffset now) => Waits(now) ? Current : Next ?? Current;

    /// <summary>An account is named and not yet in force.</summary>
    public bool Waits(DateTimeOffset now) => Next is not null && now < NextFrom;

    public PayoutAccount Evolve(PayoutAccountEvent @event) => @event switch
    {
        PayoutAccountNamed e => new(InForce(e.At), e.Account, e.From),
        PayoutAccountWithdrawn e => new(InForce(e.At), Next: null, default),
        _ => throw new UnreachableException($"{@event.GetType().Name} is unknown."),
    };
}

/// <summary>An order about where an organisation is paid.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(NamePayoutAccount), "name-payout-account")]
[JsonDerivedType(typeof(WithdrawPayoutAccount), "withdraw-payout-account")]
public abstract record PayoutAccountCommand(Guid CommandId, Guid Organisation) : ICommand;

/// <summary>Names the account that is paid to a day from now.</summary>
public sealed record NamePayoutAccount(Guid CommandId, Guid Organisation, Iban Account) : PayoutAccountCommand(CommandId, Organisation);

/// <summary>Takes back the account that is not in force yet.</summary>
public sealed record WithdrawPayoutAccount(Guid CommandId, Guid Organisation) : PayoutAccountCommand(CommandId, Organisation);

/// <summary>Why an order about a bank account was not taken, in the order of checking.</summary>
public enum PayoutAccountRefusal
{
    /// <summary>It is the house's own account: nobody is paid there.</summary>
    HouseAccount,

    /// <summary>Payouts go to accounts of Kazakhstan's banks; fact: the country that it begins with.</summary>
    NotKazakh,

    /// <summary>It is the one that is paid to, or that is named already.</summary>
    AccountUnchanged,

    /// <summary>No account waits to be in force.</summary>
    NothingWaits,
}

public abstract record PayoutAccountEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

/// <param name="From">When it is in force.</param>
public sealed record PayoutAccountNamed(Iban Account, [property: JsonPropertyName("from_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset From, DateTimeOffset At) : PayoutAccountEvent(At);

public sealed record PayoutAccountWithdrawn(DateTimeOffset At) : PayoutAccountEvent(At);

/// <summary>The rules of an organisation's bank account.</summary>
public static class PayoutAccountDecider
{
    public static Decision<PayoutAccountEvent> Decide(PayoutAccount account, PayoutAccountCommand command, DateTimeOffset now) => command switch
    {
        NamePayoutAccount { Account.Country: not "KZ" } name => new Refusal(PayoutAccountRefusal.NotKazakh, name.Account.Country).About("account"),
        NamePayoutAccount name when (account.Next ?? account.Current) == name.Account => new Refusal(PayoutAccountRefusal.AccountUnchanged).About("account"),
        NamePayoutAccount name => new PayoutAccountNamed(name.Account, now + PayoutAccount.Wait, now),
        WithdrawPayoutAccount when account.Waits(now) => new PayoutAccountWithdrawn(now),
        WithdrawPayoutAccount => PayoutAccountRefusal.NothingWaits,
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."),
    };
}

public static class PayoutAccountGrain
{
    /// <summary>An organisation's account, called by the organisation's id. The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<PayoutAccount, PayoutAccountCommand, PayoutAccountEvent, PayoutAccountRefusal> Kind = new(
        Name: "settlement/payout-account",
        Initial: PayoutAccount.Initial,
        Decide: PayoutAccountDecider.Decide,
        Permission: (command, caller) => caller.Organisation == command.Organisation && caller.Is(Roles.Buyer | Roles.Seller | Roles.Operator),
        Events:
        [
            EventName.Of("settlement.payout-account-named.v1", SettlementJson.Default.PayoutAccountNamed),
            EventName.Of("settlement.payout-account-withdrawn.v1", SettlementJson.Default.PayoutAccountWithdrawn),
        ],
        Commands: SettlementJson.Default.PayoutAccountCommand,
        Rows: PayoutAccountRows.From,
        RowTables: [PayoutAccountRows.Accounts]);
}

/// <summary>The row that commits with an account's events.</summary>
public static class PayoutAccountRows
{
    public static RowTable Accounts { get; } = new("payout_accounts", ["organisation_id"], ["account", "next_account", "next_from_ms"]);

    private static readonly RowShape Whole = Accounts.Whole();

    public static IEnumerable<Row> From(string id, PayoutAccount after, IReadOnlyList<Recorded<PayoutAccountEvent>> events) =>
        [Whole.Row(id, after.Current?.ToString(), after.Next?.ToString(), after.Next is null ? Cell.Null : after.NextFrom)];
}
