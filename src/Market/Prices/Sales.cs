namespace Ainalym.Market.Prices;

/// <summary>Prices per tonne at which lots were sold, in tiyn.</summary>
public abstract record Sales
{
    public required long Lots { get; init; }
    public required long Grams { get; init; }
    public required long LowestMinor { get; init; }
    public required long HighestMinor { get; init; }

    /// <summary>The middle price, each lot counted once; of an even number the lower of the two in the middle.</summary>
    public required long LowerMedianMinor { get; init; }

    /// <summary>Of an even number the higher of the two in the middle.</summary>
    public required long UpperMedianMinor { get; init; }

    /// <summary>Half of the lots went for no more; between two middle prices half-way, rounded down to the tiyn.</summary>
    public long MedianMinor => LowerMedianMinor + ((UpperMedianMinor - LowerMedianMinor) / 2);
}

/// <summary>What a grade was sold for.</summary>
public sealed record GradeSales : Sales
{
    public required string Grade { get; init; }
    public required string Material { get; init; }
}

/// <summary>What a grade was sold for in one period.</summary>
public sealed record PeriodSales : Sales
{
    /// <summary>Counts the periods asked for from 0, the oldest.</summary>
    public required long Period { get; init; }
}

/// <summary>The floor in one row: what is on sale now, and what was sold for tenge of late.</summary>
public sealed record MarketTotals
{
    public required long OpenLots { get; init; }
    public required long OpenGrams { get; init; }
    public required long SoldLots { get; init; }
    public required long SoldGrams { get; init; }
    public required long SoldMinor { get; init; }
}
