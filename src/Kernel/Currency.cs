using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>An ISO 4217 currency that the house keeps. All of them have two decimal places: the tenge has 100 tiyn.</summary>
[JsonConverter(typeof(TextValueConverter<Currency>))]
public readonly record struct Currency : ITextValue<Currency>
{
    public const int Places = 2;

    private readonly string? code;

    private Currency(string code) => this.code = code;

    /// <summary>ISO 4217 letters: <c>KZT</c>.</summary>
    public string Code => code ?? "KZT";

    public static Currency Kzt { get; } = new("KZT");
    public static Currency Usd { get; } = new("USD");
    public static Currency Eur { get; } = new("EUR");

    public static IReadOnlyList<Currency> All { get; } = [Kzt, Usd, Eur];

    public static bool TryParse(string? text, out Currency value, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = null;
        var folded = Lookalikes.Fold(text ?? "");
        foreach (var known in All)
        {
            if (known.Code == folded)
            {
                value = known;
                return true;
            }
        }

        value = default;
        refusal = new Refusal(NumberRefusal.UnknownCurrency, string.Join(", ", All.Select(known => known.Code)));
        return false;
    }

    public bool Equals(Currency other) => Code == other.Code;

    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Code;
}
