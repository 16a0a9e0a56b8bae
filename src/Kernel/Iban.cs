using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>Why a text is not an IBAN.</summary>
public enum IbanRefusal
{
    Missing,

    /// <summary>Not two letters, two digits and 11 to 30 letters and digits.</summary>
    NotAnIban,

    /// <summary>Facts: the country, how many characters its IBANs have, how many there are.</summary>
    WrongLength,

    /// <summary>The check digits do not fit the rest (ISO 7064, mod 97-10): a character is wrong.</summary>
    CheckDigitsWrong,

    /// <summary>The bank's code is of digits, where a person names an account (<see cref="Iban.WrongBankCode"/>); facts: the country, how many digits, what stands there.</summary>
    BankCodeMalformed,
}

/// <summary>An account at a bank (ISO 13616): <c>KZ86125KZT5004100100</c>. Read with or without blanks and in either case; written without blanks.</summary>
[JsonConverter(typeof(TextValueConverter<Iban>))]
public readonly record struct Iban : ITextValue<Iban>
{
    /// <summary>Of Kazakhstan's: country, check digits, three digits of the bank, thirteen of the account.</summary>
    private const int KazakhLength = 20, KazakhBankLength = 3;

    private readonly string? text;

    private Iban(string text) => this.text = text;

    /// <summary>ISO 3166 letters.</summary>
    public string Country => ToString()[..2];

    /// <summary>What is wrong with its bank's code; null where nothing is. For where a person names an account: what was named before this was asked, and what banks tell, is read whatever stands there.</summary>
    public Refusal? WrongBankCode => Country is "KZ" && ToString().Substring(4, KazakhBankLength) is var code && !code.All(char.IsAsciiDigit) ? new Refusal(IbanRefusal.BankCodeMalformed, "KZ", KazakhBankLength, code) : null;

    public static bool TryParse(string? text, out Iban value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        var iban = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        refusal = iban.Length == 0 ? IbanRefusal.Missing
            : iban.Length is < 15 or > 34 || !iban.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetter(iban[0]) || !char.IsAsciiLetter(iban[1]) || !char.IsAsciiDigit(iban[2]) || !char.IsAsciiDigit(iban[3]) ? IbanRefusal.NotAnIban
            : iban.StartsWith("KZ", StringComparison.Ordinal) && iban.Length != KazakhLength ? new Refusal(IbanRefusal.WrongLength, "KZ", KazakhLength, iban.Length)
            : Mod97.Of(iban[4..] + iban[..4]) != 1 ? IbanRefusal.CheckDigitsWrong
            : null;
        if (refusal is not null) return false;
        value = new(iban);
        return true;
    }

    public override string ToString() => text ?? "";
}

/// <summary>The remainder of ISO 7064 mod 97-10, in which a letter counts as two digits: A is 10, Z is 35.</summary>
public static class Mod97
{
    /// <param name="text">ASCII digits and capital letters.</param>
    public static int Of(string text)
    {
        var rest = 0;
        foreach (var c in text)
        {
            rest = char.IsAsciiDigit(c) ? (rest * 10) + (c - '0')
                : char.IsAsciiLetterUpper(c) ? (rest * 100) + (c - 'A') + 10
                : throw new ArgumentException($"'{c}' is neither a digit nor a capital letter.", nameof(text));
            rest %= 97;
        }

        return rest;
    }
}
