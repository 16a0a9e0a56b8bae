using System.Text.Json;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>A lot that you have bid on.</summary>
/// <param name="Bidder">Your number.</param>
/// <param name="Standing"><c>leading</c>, <c>outbid</c>, <c>sealed</c>, <c>won</c> or <c>lost</c>.</param>
public sealed record LotBidOn(LotSummary Lot, long Bidder, string Standing);

/// <summary>A lot on a list.</summary>
public record LotSummary
{
    public required Guid LotId { get; init; }
    public required Guid SellerId { get; init; }

    /// <summary>Counts the descriptions; give it with a bid to be sure of what you bid on.</summary>
    public required long Revision { get; init; }
    public required string Grade { get; init; }
    public required string Material { get; init; }
    public required string WasteCode { get; init; }
    public required string MassKg { get; init; }
    public required string Form { get; init; }
    public required string Region { get; init; }
    public required string Place { get; init; }
    /// <summary>The hash of the first photo's small copy.</summary>
    public string? Photo { get; init; }
    public required string Format { get; init; }

    /// <summary><c>open</c>, <c>frozen</c>, <c>awarded</c>, <c>unsold</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }
    public required string OpeningPrice { get; init; }

    /// <summary>While it is offered.</summary>
    public string? BuyNowPrice { get; init; }

    /// <summary>The visible price of an ascending lot, from its first bid.</summary>
    public string? Price { get; init; }
    public required long Bids { get; init; }

    /// <summary>The leading bidder's number.</summary>
    public long? Leader { get; init; }
    public bool? ReserveMet { get; init; }
    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>For a frozen lot: what is left on its clock.</summary>
    public long? RemainingSeconds { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? UnsoldReason { get; init; }
    public string? AwardedBy { get; init; }
    public long? Winner { get; init; }
    public string? AwardPrice { get; init; }

    /// <summary>Mass × price.</summary>
    public string? AwardAmount { get; init; }

    internal static LotSummary From(LotRow row) => new()
    {
        LotId = Guid.ParseExact(row.LotId, "N"),
        SellerId = Guid.ParseExact(row.SellerId, "N"),
        Revision = row.Revision,
        Grade = row.Grade,
        Material = row.Material,
        WasteCode = row.WasteCode,
        MassKg = Mass.FromGrams(row.MassG).ToString(),
        Form = row.Form,
        Region = row.Region,
        Place = row.Place,
        Photo = row.SmallPhoto,
        Format = row.Format,
        Status = row.Status,
        OpeningPrice = Text(row.OpeningMinor, row)!,
        BuyNowPrice = row.Bids == 0 ? Text(row.BuyNowMinor, row) : null,
        Price = Text(row.PriceMinor, row),
        Bids = row.Bids,
        Leader = row.LeaderNumber,
        ReserveMet = row.ReserveMet is { } met ? met != 0 : null,
        ClosesAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ClosesAtMs),
        RemainingSeconds = row.RemainingMs / 1000,
        EndedAt = row.EndedAtMs is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
        UnsoldReason = row.UnsoldReason,
        AwardedBy = row.AwardedBy,
        Winner = row.WinnerNumber,
        AwardPrice = Text(row.AwardPriceMinor, row),
        AwardAmount = Text(row.AwardMinor, row),
    };

    internal static string? Text(long? minor, LotRow row) => minor is { } units ? $"{DecimalText.Format(units, Currency.Places)} {row.Currency}" : null;
}

/// <summary>One band of a ladder.</summary>
public sealed record StepBandAnswer(string? UpTo, string Step);

/// <summary>A lot with all that everyone may know of it.</summary>
public sealed record LotAnswer
{
    public required LotSummary Lot { get; init; }

    /// <summary>The least that a new bidder must offer now; none on a lot that takes no bids.</summary>
    public string? LeastBid { get; init; }
    /// <summary>What a bidder has held before the first bid; none is asked when it is left out.</summary>
    public string? Guarantee { get; init; }
    public required string MoisturePercent { get; init; }
    public required string ContaminationPercent { get; init; }
    public required decimal Latitude { get; init; }
    public required decimal Longitude { get; init; }
    public required string PickUpFrom { get; init; }
    public required string PickUpTo { get; init; }
    public required string Description { get; init; }

    /// <summary>Hashes of the photos: <c>/api/v1/photos/{hash}</c>.</summary>
    public required IReadOnlyList<string> Photos { get; init; }
    public required DateTimeOffset ListedAt { get; init; }
    public required DateTimeOffset ScheduledClose { get; init; }
    public required long SoftCloseMinutes { get; init; }
    public required long SoftCloseCapMinutes { get; init; }
    public IReadOnlyList<StepBandAnswer>? StepLadder { get; init; }

    internal static LotAnswer From(LotPageRow row)
    {
        var ladder = LadderOf(row);
        return new()
        {
            Lot = LotSummary.From(row),
            LeastBid = Least(row, ladder)?.ToString(),
            Guarantee = row.GuaranteeMinor == 0 ? null : LotSummary.Text(row.GuaranteeMinor, row),
            MoisturePercent = Share.FromMillionths(row.MoisturePpm).ToString(),
            ContaminationPercent = Share.FromMillionths(row.ContaminationPpm).ToString(),
            Latitude = row.LatitudeE6 / 1_000_000m,
            Longitude = row.LongitudeE6 / 1_000_000m,
            PickUpFrom = row.PickUpFrom,
            PickUpTo = row.PickUpTo,
            Description = row.Description,
            Photos = row.PhotoHashes,
            ListedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ListedAtMs),
            ScheduledClose = DateTimeOffset.FromUnixTimeMilliseconds(row.ScheduledCloseMs),
            SoftCloseMinutes = row.SoftCloseMinutes,
            SoftCloseCapMinutes = row.SoftCloseCapMinutes,
            StepLadder = ladder?.Bands.Select(band => new StepBandAnswer(band.UpTo?.ToString(), band.Step.ToString())).ToList(),
        };
    }

    /// <summary>For pages as well: the least bid of a lot as its rows stand.</summary>
    public static PricePerTonne? Least(LotPageRow row) => Least(row, LadderOf(row));

    private static StepLadder? LadderOf(LotPageRow row) => row.Ladder is null ? null : JsonSerializer.Deserialize(row.Ladder, MarketJson.Default.StepLadder);

    private static PricePerTonne? Least(LotPageRow row, StepLadder? ladder)
    {
        if (row.Status != "open" || row.Format == KebabCase.Name(LotFormat.FixedPrice) || !Currency.TryParse(row.Currency, out var currency, out _)) return null;
        if (row.PriceMinor is not { } minor || ladder is null) return PricePerTonne.From(row.OpeningMinor, currency);
        var price = PricePerTonne.From(minor, currency);
        return price + ladder.StepAt(price);
    }
}

/// <summary>A bid as everyone sees it.</summary>
/// <param name="Price">The visible price after it; none for a sealed bid.</param>
/// <param name="Maximum">Only once the lot has ended; a sealed bid's amount stands in the audit file.</param>
/// <param name="Commitment">For a sealed bid: the hash that keeps it from being changed.</param>
public sealed record PublicBid(long Bidder, DateTimeOffset At, string? Price, string? Maximum, string? Commitment)
{
    internal static PublicBid From(BidRow row, string currency) => new(
        row.BidderNumber, DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs), Text(row.PriceMinor, currency), Text(row.MaximumMinor, currency), row.Commitment);

    private static string? Text(long? minor, string currency) => minor is { } units ? $"{DecimalText.Format(units, Currency.Places)} {currency}" : null;
}

/// <summary>What only your organisation may know of a lot.</summary>
/// <param name="Bidder">Your number, if you have bid.</param>
/// <param name="Maximum">Your highest maximum on an ascending lot.</param>
/// <param name="ReservePrice">If the lot is yours.</param>
/// <param name="Guarantee">What is held of your money for it.</param>
public sealed record OwnAnswer(long? Bidder, string? Maximum, string? ReservePrice, string? Guarantee);

/// <summary>A lot's version after a command was done.</summary>
/// <param name="Position">Where it stands in the journal; 0 when nothing had to change.</param>
public sealed record LotReceipt(Guid LotId, long Version, long Position);

/// <summary>Your bid, and where it left the auction.</summary>
/// <param name="Bidder">Your number.</param>
/// <param name="Leading">Whether you lead; not told on a sealed lot.</param>
/// <param name="Price">The visible price.</param>
/// <param name="ClosesAt">The new close, if your bid moved it.</param>
/// <param name="Commitment">For a sealed bid: keep it, to check the audit file.</param>
public sealed record BidReceipt(
    Guid LotId, long Version, long Position, int Bidder, DateTimeOffset At, bool? Leading = null, string? Price = null, bool? ReserveMet = null, DateTimeOffset? ClosesAt = null, string? Commitment = null);

/// <summary>You have the lot.</summary>
public sealed record PurchaseReceipt(Guid LotId, long Version, long Position, int Bidder, DateTimeOffset At, string Price, string Amount);

/// <summary>How many lots were stopped, or go on.</summary>
public sealed record ClocksAnswer(int Lots);
