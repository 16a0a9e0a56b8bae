namespace Ainalym.Contracts.CodeLists;

/// <summary>From when to when an entry holds, and by what.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; none while it is in force.</param>
/// <param name="Source">The act or list it was taken from.</param>
/// <param name="DatesAssumed">The dates are a working assumption, not read in the source.</param>
public sealed record Validity(DateOnly From, DateOnly? To, string Source, bool DatesAssumed)
{
    public bool Holds(DateOnly on) => From <= on && (To is not { } to || on <= to);

    public bool Overlaps(Validity other) => (To is not { } to || other.From <= to) && (other.To is not { } otherTo || From <= otherTo);
}

/// <summary>A name as far as the list has it; there is always an English one.</summary>
public sealed record Naming(string En, string? Ru = null, string? Kk = null)
{
    /// <summary>The name in <c>kk</c>, <c>ru</c> or <c>en</c>, else in the nearest language that it has: Kazakh readers get Russian before English.</summary>
    public string In(string language) => language switch
    {
        "kk" => Kk ?? Ru ?? En,
        "ru" => Ru ?? En,
        _ => En,
    };
}
