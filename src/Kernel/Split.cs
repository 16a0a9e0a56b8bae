namespace Ainalym.Kernel;

/// <summary>Somebody's part of an amount that is divided.</summary>
/// <param name="Most">The part ends here; null: it has no cap.</param>
public sealed record SplitPart(Share Share, Money? Most = null);

/// <summary>
/// Divides an amount by shares so that every minor unit goes to somebody. Each part is first rounded down; the units that are left go, one each, to the parts that lost most by it (the largest
/// remainder), of equal ones to the earlier. What a cap takes from a part goes to whoever has the rest.
/// </summary>
public static class Split
{
    /// <param name="whole">Zero or more.</param>
    /// <returns>One amount for each part, in their order, then the rest: what no share names. They add up to the whole.</returns>
    /// <exception cref="ArgumentException">The shares are more than the whole, or a cap is negative.</exception>
    public static IReadOnlyList<Money> Of(Money whole, params IReadOnlyList<SplitPart> parts)
    {
        var named = parts.Sum(part => part.Share.Millionths);
        if (named > 1_000_000) throw new ArgumentException($"The parts are {named} millionths of {whole}, more than all of it.", nameof(parts));
        if (parts.Any(part => part.Most is { MinorUnits: < 0 })) throw new ArgumentException("A cap is zero or more.", nameof(parts));
        long[] shares = [.. parts.Select(part => part.Share.Millionths), 1_000_000 - named];
        var amounts = Divided(whole.MinorUnits, shares);
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Most is not { } most || amounts[i] <= (most - new Money(0, whole.Currency)).MinorUnits) continue;
            amounts[^1] += amounts[i] - most.MinorUnits;
            amounts[i] = most.MinorUnits;
        }

        return [.. amounts.Select(amount => new Money(amount, whole.Currency))];
    }

    private static long[] Divided(long whole, long[] millionths)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(whole);
        var amounts = new long[millionths.Length];
        var lost = new long[millionths.Length];
        for (var i = 0; i < millionths.Length; i++)
        {
            var (amount, remainder) = Int128.DivRem((Int128)whole * millionths[i], 1_000_000);
            (amounts[i], lost[i]) = ((long)amount, (long)remainder);
        }

        var left = whole - amounts.Sum();
        foreach (var i in Enumerable.Range(0, millionths.Length).OrderByDescending(i => lost[i]).Take((int)left)) amounts[i]++;
        return amounts;
    }
}
