using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Rails;

/// <summary>A way by which money comes in and goes out.</summary>
public enum RailKind
{
    /// <summary>Transfers at a bank, told by its statements.</summary>
    Bank,

    /// <summary>Payments by card, told by their processor.</summary>
    Card,
}

/// <summary>Why a text is not an account with a rail.</summary>
public enum RailAccountRefusal
{
    /// <summary>Neither an IBAN nor <c>card:</c> and 1 to 29 letters, digits and underscores.</summary>
    NotARailAccount,
}

/// <summary>An account that the house has with a rail: at a bank its IBAN, with a card processor <c>card:</c> and what the processor calls it.</summary>
[JsonConverter(typeof(TextValueConverter<RailAccount>))]
public readonly partial record struct RailAccount : ITextValue<RailAccount>
{
    private readonly string? text;

    private RailAccount(RailKind kind, string text) => (Kind, this.text) = (kind, text);

    public RailKind Kind { get; }

    /// <summary>Where its money lies in the ledger.</summary>
    public AccountId Clearing => Kind == RailKind.Bank ? AccountId.Bank : AccountId.Card;

    public static RailAccount At(Iban bank) => new(RailKind.Bank, bank.ToString());

    public static bool TryParse(string? text, out RailAccount value, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = null;
        if (text is not null && Card().IsMatch(text))
        {
            value = new(RailKind.Card, text);
            return true;
        }

        if (Iban.TryParse(text, out var bank, out _))
        {
            value = At(bank);
            return true;
        }

        value = default;
        refusal = RailAccountRefusal.NotARailAccount;
        return false;
    }

    public override string ToString() => text ?? "";

    [GeneratedRegex("^card:[A-Za-z0-9_]{1,29}$", RegexOptions.NonBacktracking)]
    private static partial Regex Card();
}
