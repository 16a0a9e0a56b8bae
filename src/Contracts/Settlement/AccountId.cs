using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Contracts.Settlement;

/// <summary>What an account holds. The kind alone says whose it is, on which side it grows, and whether it may go below zero. The numbers are part of no record.</summary>
public enum AccountKind
{
    /// <summary>An organisation's money with the house, that it may use: what is held by pending transfers is not in it.</summary>
    Available,

    /// <summary>Money of one deal, owned by the deal until it is settled.</summary>
    Escrow,

    /// <summary>An organisation's money on its way to its own bank account.</summary>
    Outgoing,

    /// <summary>Money that came in and could not be matched with anybody yet.</summary>
    Unmatched,

    /// <summary>What the platform has earned.</summary>
    PlatformFee,

    /// <summary>Value added tax that the platform owes.</summary>
    Vat,

    /// <summary>The fund of producers' extended responsibility.</summary>
    EprFund,

    /// <summary>What lies at the bank: the other side of everybody's money. Grows by debits.</summary>
    Bank,

    /// <summary>What the card processor owes the house. Grows by debits.</summary>
    Card,

    /// <summary>The house's own money: what its bank takes for its work goes from here. Below zero where the house has not yet put in what it was charged.</summary>
    House,

    /// <summary>What an organisation owes the house: a rail took back what it had brought, and the organisation had used it already. Grows by debits.</summary>
    Owed,
}

/// <summary>Why a text is not an account.</summary>
public enum AccountRefusal
{
    /// <summary>Not <c>kind</c> or <c>kind-owner</c>; fact: the kinds.</summary>
    NotAnAccount,
}

/// <summary>An account of a ledger: what it holds and, where it is somebody's, whose. Written <c>available-0192…</c> or <c>bank</c>. It needs no opening.</summary>
[JsonConverter(typeof(TextValueConverter<AccountId>))]
public readonly record struct AccountId : ITextValue<AccountId>
{
    private static readonly string[] Names = [.. Enum.GetValues<AccountKind>().Select(KebabCase.Name)];

    private readonly string? text;

    private AccountId(AccountKind kind, string text) => (Kind, this.text) = (kind, text);

    public AccountKind Kind { get; }

    /// <summary>An organisation or a deal; empty for the house's own accounts.</summary>
    public Guid Owner => HasOwner(Kind) ? Guid.ParseExact(ToString().AsSpan(Names[(int)Kind].Length + 1), "N") : Guid.Empty;

    /// <summary>Grows by debits: what the house has. All others grow by credits: what it owes.</summary>
    public bool IsAsset => Kind is AccountKind.Bank or AccountKind.Card or AccountKind.Owed;

    /// <summary>It may not go below zero. What has happened at the bank or the card processor has happened, and cannot be refused here; nor can what they charge.</summary>
    public bool HasFloor => Kind is not (AccountKind.Bank or AccountKind.Card or AccountKind.House or AccountKind.Owed);

    /// <summary>It may not go above zero: nobody pays back more than he owes.</summary>
    public bool HasCeiling => Kind is AccountKind.Owed;

    public static AccountId Unmatched { get; } = Own(AccountKind.Unmatched);
    public static AccountId PlatformFee { get; } = Own(AccountKind.PlatformFee);
    public static AccountId Vat { get; } = Own(AccountKind.Vat);
    public static AccountId EprFund { get; } = Own(AccountKind.EprFund);
    public static AccountId Bank { get; } = Own(AccountKind.Bank);
    public static AccountId Card { get; } = Own(AccountKind.Card);
    public static AccountId House { get; } = Own(AccountKind.House);

    public static AccountId Available(Guid organisation) => Owned(AccountKind.Available, organisation);

    public static AccountId Escrow(Guid deal) => Owned(AccountKind.Escrow, deal);

    public static AccountId Outgoing(Guid organisation) => Owned(AccountKind.Outgoing, organisation);

    public static AccountId Owed(Guid organisation) => Owned(AccountKind.Owed, organisation);

    public static bool TryParse(string? text, out AccountId value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        refusal = null;
        for (var i = 0; text is not null && i < Names.Length; i++)
        {
            if (!text.StartsWith(Names[i], StringComparison.Ordinal) || !IsOwner(text.AsSpan(Names[i].Length), (AccountKind)i)) continue;
            value = new((AccountKind)i, text);
            return true;
        }

        refusal = new Refusal(AccountRefusal.NotAnAccount, string.Join(", ", Names));
        return false;
    }

    public bool Equals(AccountId other) => text == other.text;

    public override int GetHashCode() => text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => text ?? throw new InvalidOperationException("No account was named.");

    public static bool HasOwner(AccountKind kind) => kind is AccountKind.Available or AccountKind.Escrow or AccountKind.Outgoing or AccountKind.Owed;

    /// <summary>What stands after the kind: nothing, or a hyphen and the owner in 32 lower-case digits, not all of them 0.</summary>
    private static bool IsOwner(ReadOnlySpan<char> rest, AccountKind kind) => HasOwner(kind)
        ? rest.Length == 33 && rest[0] == '-' && !rest[1..].ContainsAnyExcept("0123456789abcdef") && rest[1..].ContainsAnyExcept('0')
        : rest.Length == 0;

    private static AccountId Own(AccountKind kind) => new(kind, Names[(int)kind]);

    private static AccountId Owned(AccountKind kind, Guid owner) =>
        owner == Guid.Empty ? throw new ArgumentException($"An account of kind {kind} has an owner.", nameof(owner)) : new(kind, $"{Names[(int)kind]}-{owner:N}");
}
