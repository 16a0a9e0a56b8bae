using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>Why a text is not a grade code, or not one that may be used.</summary>
public enum GradeRefusal
{
    Missing,

    /// <summary>Longer than 40 characters, or with characters that no grade has.</summary>
    NotAGradeCode,

    /// <summary>Well formed, but not in the catalogue; fact: the code.</summary>
    Unknown,
}

/// <summary>
/// A trade grade of the catalogue: <c>1.04.00</c> (EN 643), <c>3А</c> (GOST 2787), <c>МС-5Б</c> (GOST 10700), <c>Zorba</c> (ReMA). Compared by its fold, so that Cyrillic and Latin
/// look-alikes, dashes and letter case make no difference; written as it was given, with one blank where there were several.
/// </summary>
[JsonConverter(typeof(TextValueConverter<GradeCode>))]
public readonly record struct GradeCode : ITextValue<GradeCode>
{
    private readonly string? code;

    private GradeCode(string code) => this.code = code;

    /// <summary>Equal for equal grades.</summary>
    public string Folded => Lookalikes.Fold(ToString());

    public static bool TryParse(string? text, out GradeCode value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        refusal = null;
        var code = text is null ? "" : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (code.Length == 0) refusal = GradeRefusal.Missing;
        else if (code.Length > 40 || !Lookalikes.Fold(code).All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or ' ' or '/' or '&' or '+' or '(' or ')' or '_')) refusal = GradeRefusal.NotAGradeCode;
        else value = new(code);

        return refusal is null;
    }

    public bool Equals(GradeCode other) => Folded == other.Folded;

    public override int GetHashCode() => Folded.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => code ?? "";
}
