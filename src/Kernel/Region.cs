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

/// <summary>An oblast or a city of republican significance by its KATO code: nine digits, the first two and then zeros. "75", "KZ-75", "KZ75" and "750000000" are Almaty.</summary>
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
        var written = Lookalikes.Fold(text ?? "");
        var digits = written switch
        {
            ['K', 'Z', '-' or ' ', _, _] => written[3..],
            ['K', 'Z', _, _] => written[2..],
            [_, _, .. "0000000"] => written[..2],
            _ => written,
        };
        if (written.Length == 0) refusal = RegionRefusal.Missing;
        else if (digits.Length != 2 || !digits.All(char.IsAsciiDigit) || digits == "00") refusal = RegionRefusal.NotARegionCode;
        else value = new(digits + "0000000");

        return refusal is null;
    }

    public override string ToString() => Code;
}
