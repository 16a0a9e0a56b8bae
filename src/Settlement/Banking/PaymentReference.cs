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
/// What a payer writes so that his payment is known (ISO 11649): <c>RF18 9912 4000 0016</c>. An organisation's own is made of its BIN and never changes. A slip of the pen is found by the check
/// digits instead of going to another.
/// </summary>
[JsonConverter(typeof(TextValueConverter<PaymentReference>))]
public readonly partial record struct PaymentReference : ITextValue<PaymentReference>
{
    private readonly string? text;

    private PaymentReference(string text) => this.text = text;

    /// <summary>What stands after the check digits: an organisation's BIN.</summary>
    public string Subject => ToString()[4..];

    public static PaymentReference For(Bin organisation)
    {
        var subject = organisation.ToString();
        return new(string.Create(CultureInfo.InvariantCulture, $"RF{98 - Mod97.Of(subject + "RF00"):00}{subject}"));
    }

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

    /// <summary>All good references in what a payer has written, whatever stands around them, each once.</summary>
    public static IReadOnlyList<PaymentReference> In(string written)
    {
        var found = new List<PaymentReference>();
        foreach (Match match in Written().Matches(written.ToUpperInvariant()))
            if (TryParse(match.Value, out var reference, out _) && !found.Contains(reference)) found.Add(reference);
        return found;
    }

    /// <summary>In groups of four, for people: <c>RF18 9912 4000 0016</c>.</summary>
    public string Grouped => string.Join(' ', ToString().Chunk(4).Select(group => new string(group)));

    public override string ToString() => text ?? "";

    [GeneratedRegex("^RF[0-9]{2}[A-Z0-9]{1,21}$", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();

    /// <summary>The references that the house gives out: twelve digits after the check digits, in any grouping.</summary>
    [GeneratedRegex(@"RF\s?[0-9]{2}(\s?[0-9]){12}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
