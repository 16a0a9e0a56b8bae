using System.Diagnostics.CodeAnalysis;

namespace Ainalym.Kernel;

/// <summary>Reads "18450.00 KZT": what <see cref="Money"/> and <see cref="PricePerTonne"/> share.</summary>
internal static class AmountText
{
    public static bool TryParse(string? text, long least, out long units, out Currency currency, [NotNullWhen(false)] out Refusal? refusal)
    {
        units = 0;
        currency = Currency.Kzt;
        refusal = null;
        var amount = text?.Trim();
        if (amount is { Length: > 3 } && char.IsLetter(amount[^1]))
        {
            if (!Currency.TryParse(amount[^3..], out currency, out refusal)) return false;
            amount = amount[..^3];
        }

        return DecimalText.TryParse(amount, Currency.Places, least, long.MaxValue, out units, out refusal);
    }
}
