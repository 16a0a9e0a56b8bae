namespace Ainalym.Support;

/// <summary>What a seller sends to publish a lot.</summary>
public static class LotRequests
{
    /// <summary>Twenty tonnes of cardboard at 45,000 tenge a tonne, closing in five days; no guarantee is asked unless said.</summary>
    public static object Cardboard(DateTimeOffset now, string description = "Картон", string format = "ascending", string guarantee = "0") => new
    {
        grade = "1.04.00",
        waste_code = "15 01 01",
        mass_kg = "20500",
        form = "bales",
        moisture_percent = "8",
        contamination_percent = "1.5",
        region = "75",
        place = "Алматы",
        latitude = 43.27m,
        longitude = 76.87m,
        pick_up_from = DateOnly.FromDateTime(now.UtcDateTime).AddDays(8),
        pick_up_to = DateOnly.FromDateTime(now.UtcDateTime).AddDays(9),
        description,
        format,
        opening_price = "45000",
        guarantee_percent = guarantee,
        closes_at = now.AddDays(5),
    };
}
