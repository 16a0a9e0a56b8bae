using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>One band of a ladder: the step at every price up to and including <paramref name="UpTo"/>; the last band has no upper end.</summary>
public sealed record StepBand(PricePerTonne? UpTo, PricePerTonne Step);

/// <summary>How much more the next bid must offer, by bands of the price per tonne. A step is looked up at the price it is added to.</summary>
public sealed record StepLadder(ImmutableArray<StepBand> Bands)
{
    /// <summary>The house's ladder for prices in tenge, used where a lot brings none.</summary>
    public static StepLadder Tenge { get; } = new([
        Band(9_999_99, 100_00),
        Band(49_999_99, 500_00),
        Band(99_999_99, 1_000_00),
        Band(249_999_99, 2_500_00),
        Band(499_999_99, 5_000_00),
        Band(999_999_99, 10_000_00),
        new StepBand(UpTo: null, PricePerTonne.From(25_000_00, Currency.Kzt)),
    ]);

    /// <summary>At least one band, bounds that rise, only the last one open, every step above zero.</summary>
    [JsonIgnore]
    public bool IsWellFormed
    {
        get
        {
            if (Bands.IsDefaultOrEmpty || Bands[^1].UpTo is not null) return false;
            var below = -1L;
            foreach (var band in Bands)
            {
                if (band.Step.MinorUnits == 0) return false;
                if (band.UpTo is not { } upTo) continue;
                if (upTo.MinorUnits <= below) return false;
                below = upTo.MinorUnits;
            }

            return Bands.Count(band => band.UpTo is null) == 1;
        }
    }

    public PricePerTonne StepAt(PricePerTonne price)
    {
        foreach (var band in Bands)
            if (band.UpTo is not { } upTo || price.MinorUnits <= upTo.MinorUnits) return band.Step;

        throw new InvalidOperationException($"The ladder has no band for {price}: its last band is not open.");
    }

    public bool Equals(StepLadder? other) => other is not null && Bands.AsSpan().SequenceEqual(other.Bands.AsSpan());

    public override int GetHashCode() => Bands.IsDefault ? 0 : Bands.Length;

    private static StepBand Band(long upTo, long step) => new(PricePerTonne.From(upTo, Currency.Kzt), PricePerTonne.From(step, Currency.Kzt));
}
