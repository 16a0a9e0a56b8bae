using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>One band of a step ladder.</summary>
/// <param name="UpTo">The highest price of the band, inclusive; left out in the last band.</param>
/// <param name="Step">By how much a bid must top such a price.</param>
public sealed record StepBandRequest(string Step, string? UpTo = null);

/// <summary>A lot as its seller sends it. Prices per tonne, "45000.00 KZT"; the currency may be left out for tenge.</summary>
/// <param name="Grade">A code of the catalogue of grades.</param>
/// <param name="WasteCode">Six digits, with the asterisk of hazardous waste.</param>
/// <param name="MassKg">Kilograms: "20500.000".</param>
/// <param name="MoisturePercent">From 0 to 100.</param>
/// <param name="ContaminationPercent">From 0 to 100.</param>
/// <param name="Region">KATO: "75" or "750000000".</param>
/// <param name="Place">At most 200 characters.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
/// <param name="PickUpFrom">The first day after the close on which the buyer may fetch it.</param>
/// <param name="Description">At most 4,000 characters of plain text.</param>
/// <param name="OpeningPrice">Ascending: where bidding opens. Sealed: the least bid. Fixed price: the price.</param>
/// <param name="ClosesAt">At least five minutes and at most ninety days ahead.</param>
/// <param name="ReservePrice">Secret; below it the lot is not sold.</param>
/// <param name="BuyNowPrice">Ascending lots only; offered until the first bid.</param>
/// <param name="StepLadder">Ascending lots only; left out: the house's ladder for tenge.</param>
/// <param name="SoftCloseMinutes">Ascending lots only; 3 when left out, 0 for none.</param>
/// <param name="SoftCloseCapMinutes">Ascending lots only; 60 when left out.</param>
/// <param name="GuaranteePercent">The share of the opening amount that a bidder has held before the first bid: from 0 to 50, 5 when left out.</param>
/// <param name="Photos">At most 8, by the hashes that their uploads were answered with, in the order of showing.</param>
public sealed record LotRequest(
    string Grade,
    string WasteCode,
    string MassKg,
    MaterialForm Form,
    string MoisturePercent,
    string ContaminationPercent,
    string Region,
    string Place,
    decimal Latitude,
    decimal Longitude,
    DateOnly PickUpFrom,
    DateOnly PickUpTo,
    string Description,
    LotFormat Format,
    string OpeningPrice,
    DateTimeOffset ClosesAt,
    string? ReservePrice = null,
    string? BuyNowPrice = null,
    IReadOnlyList<StepBandRequest?>? StepLadder = null,
    int? SoftCloseMinutes = null,
    int? SoftCloseCapMinutes = null,
    string? GuaranteePercent = null,
    IReadOnlyList<string>? Photos = null)
{
    /// <summary>Reads every value and names all that can't be read at once.</summary>
    public LotDescription? Read(Guid sellerId, out IReadOnlyList<Refusal> refusals)
    {
        var reading = new Reading();
        var terms = new LotTerms(
            Format,
            reading.Of<PricePerTonne>(OpeningPrice, "opening_price"),
            ClosesAt,
            reading.OfOptional<PricePerTonne>(ReservePrice, "reserve_price"),
            ReadLadder(reading),
            SoftCloseMinutes,
            SoftCloseCapMinutes,
            reading.OfOptional<PricePerTonne>(BuyNowPrice, "buy_now_price"),
            reading.OfOptional<Share>(GuaranteePercent, "guarantee_percent") ?? Share.FromPercent(LotPublishing.GuaranteePercentUsual));
        var lot = new LotDescription(
            sellerId,
            reading.Of<GradeCode>(Grade, "grade"),
            reading.Of<WasteCode>(WasteCode, "waste_code"),
            reading.Of<Mass>(MassKg, "mass_kg"),
            Form,
            reading.Of<Share>(MoisturePercent, "moisture_percent"),
            reading.Of<Share>(ContaminationPercent, "contamination_percent"),
            reading.Of<Region>(Region, "region"),
            Place, Latitude, Longitude, PickUpFrom, PickUpTo, Description, terms,
            Photos is { Count: > 0 } ? new LotPhotos([.. Photos]) : null);

        refusals = reading.Refusals;
        return refusals.Count == 0 ? lot : null;
    }

    private StepLadder? ReadLadder(Reading reading) => StepLadder is null ? null : new([.. StepLadder.Select((band, n) => new StepBand(
        reading.OfOptional<PricePerTonne>(band?.UpTo, $"step_ladder[{n}].up_to"), reading.Of<PricePerTonne>(band?.Step, $"step_ladder[{n}].step")))]);
}

/// <summary>A bid.</summary>
/// <param name="Maximum">Ascending: the most you would pay per tonne, "52000.00 KZT". Sealed: what you pay.</param>
/// <param name="Revision">The lot's revision that you have seen; a bid on an older one is refused. Left out: whatever it is.</param>
public sealed record BidRequest(string Maximum, int? Revision = null);

/// <summary>A purchase at the fixed or buy-now price.</summary>
/// <param name="Revision">The lot's revision that you have seen. Left out: whatever it is.</param>
public sealed record PurchaseRequest(int? Revision = null);
