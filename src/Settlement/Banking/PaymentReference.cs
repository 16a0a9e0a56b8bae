using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Banking;

/// <summary>Why a text is not a payment reference.</summary>
public enum PaymentReferenceRefusal
{
    /// <summary>Not <c>RF</c>, two digits and up to 21 letters and digits.</summary>
    NotAReference,

    /// <summary>The check digits do not fit the rest: a character is wrong.</summary>
    CheckDigitsWrong,
}

/// <summary>
/// What a payer writes so that his payment is known (ISO 11649). An organisation's own is made of its BIN and never changes: <c>RF94 9912 4000 0013</c>. An invoice's is made of its payer's BIN, the year
/// and its number, so that no other is called so: <c>RF81 9912 4000 0013 2600 0001 7</c>. A slip of the pen is found by the check digits instead of going to another.
/// </summary>
[JsonConverter(typeof(TextValueConverter<PaymentReference>))]
public readonly partial record struct PaymentReference : ITextValue<PaymentReference>
{
    private readonly string? text;

    private PaymentReference(string text) => this.text = text;

    /// <summary>The last number of a year that fits into a reference.</summary>
    public const long LastNumber = 9_999_999;

    private const int BinLength = 12, InvoiceLength = BinLength + 9;

    /// <summary>The BIN of who pays; null where it is not a reference of the house.</summary>
    public Bin? Payer => Subject.Length is BinLength or InvoiceLength && Bin.TryParse(Subject[..BinLength], out var payer, out _) ? payer : null;

    /// <summary>The invoice that it asks to be paid, by the year and number of its series; null where it is an organisation's own.</summary>
    public (int Year, long Number)? Invoice => Subject.Length == InvoiceLength && Payer is not null && Subject.All(char.IsAsciiDigit)
        ? (2_000 + int.Parse(Subject.AsSpan(BinLength, 2), CultureInfo.InvariantCulture), long.Parse(Subject.AsSpan(BinLength + 2), CultureInfo.InvariantCulture))
        : null;

    private string Subject => ToString()[4..];

    public static PaymentReference For(Bin payer) => Of(payer.ToString());

    /// <param name="year">Of the invoice's series.</param>
    /// <param name="number">From 1 to <see cref="LastNumber"/>.</param>
    public static PaymentReference For(Bin payer, int year, long number) => number is > 0 and <= LastNumber
        ? Of(string.Create(CultureInfo.InvariantCulture, $"{payer}{year % 100:00}{number:0000000}"))
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"From 1 to {LastNumber}.");

    public static bool TryParse(string? text, out PaymentReference value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        var reference = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        refusal = !Shape().IsMatch(reference) ? PaymentReferenceRefusal.NotAReference
            : Mod97.Of(reference[4..] + reference[..4]) != 1 ? PaymentReferenceRefusal.CheckDigitsWrong
            : null;
        if (refusal is not null) return false;
        value = new(reference);
        return true;
    }

    /// <summary>All good references of the house in what a payer has written, whatever stands around them, each once.</summary>
    public static IReadOnlyList<PaymentReference> In(string written)
    {
        var found = new List<PaymentReference>();
        foreach (Match match in Written().Matches(written.ToUpperInvariant()))
        {
            // What follows an organisation's own may be digits too.
            var run = string.Concat(match.Value.Where(char.IsAsciiLetterOrDigit));
            foreach (var length in (int[])[4 + InvoiceLength, 4 + BinLength])
            {
                if (run.Length < length || !TryParse(run[..length], out var reference, out _) || reference.Payer is null) continue;
                if (!found.Contains(reference)) found.Add(reference);
                break;
            }
        }

        return found;
    }

    /// <summary>In groups of four, for people: <c>RF94 9912 4000 0013</c>.</summary>
    public string Grouped => string.Join(' ', ToString().Chunk(4).Select(group => new string(group)));

    public override string ToString() => text ?? "";

    [GeneratedRegex("^RF[0-9]{2}[A-Z0-9]{1,21}$", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();

    private static PaymentReference Of(string subject) => new(string.Create(CultureInfo.InvariantCulture, $"RF{98 - Mod97.Of(subject + "RF00"):00}{subject}"));

    /// <summary>The references that the house gives out: 12 or 21 digits after the check digits, in any grouping.</summary>
    [GeneratedRegex(@"RF\s?[0-9]{2}(\s?[0-9]){12}(\s?[0-9]){0,9}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
