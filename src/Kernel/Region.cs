using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>Why a text is not a region.</summary>
public enum RegionRefusal
{
    Missing,

    /// <summary>Not nine digits of KATO, of which a region has the first two and then zeros.</summary>
    NotARegionCode,

    /// <summary>Well formed, but no oblast or city of that code; fact: the code.</summary>
    Unknown,
}

/// <summary>An oblast or a city of republican significance by its KATO code: nine digits, the first two and then zeros. "75", "KZ-75" and "750000000" are Almaty.</summary>
[JsonConverter(typeof(TextValueConverter<Region>))]
public readonly record struct Region : ITextValue<Region>
{
    private readonly string? code;

    private Region(string code) => this.code = code;

    /// <summary>Nine digits.</summary>
    public string Code => code ?? "000000000";

    public static bool TryParse(string? text, out Region value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        refusal = null;
        var code = Lookalikes.Fold(text ?? "");
        if (code.StartsWith("KZ-", StringComparison.Ordinal)) code = code[3..];
        if (code.Length == 0) refusal = RegionRefusal.Missing;
        else if (code.Length is not (2 or 9) || !code.All(char.IsAsciiDigit) || !code.AsSpan(2).TrimStart('0').IsEmpty) refusal = RegionRefusal.NotARegionCode;
        else value = new(code[..2] + "0000000");

        return refusal is null;
    }

    public override string ToString() => Code;
}
