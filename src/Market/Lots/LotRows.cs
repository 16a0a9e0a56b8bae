using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>
/// The rows that commit with a lot's events. A batch that lists or describes the lot writes the whole row from the state after it; any other writes only the
/// columns its events touch, from that same state, so that it makes no difference how the events are cut into batches.
/// </summary>
public static class LotRows
{
    private static readonly string[] StatusColumns =
        ["status", "frozen_since_ms", "remaining_ms", "ended_at_ms", "unsold_reason", "awarded_by", "award_price_minor", "award_minor", "winner_number", "winner_id"];

    public static RowTable Lots { get; } = new("lots", ["lot_id"],
    [
        "seller_id", "revision", "listed_at_ms", "grade", "grade_key", "material", "waste_code", "mass_g", "form", "region", "place", "photo", "format", "currency",
        "opening_minor", "buy_now_minor", "reserve_minor", "guarantee_minor", "closes_at_ms", .. StatusColumns,
    ]);

    public static RowTable Standings { get; } = new("lot_standings", ["lot_id"], ["version", "price_minor", "bids", "leader_number", "reserve_met"]);

    public static RowTable Details { get; } = new("lot_details", ["lot_id"],
    [
        "moisture_ppm", "contamination_ppm", "guarantee_ppm", "latitude_e6", "longitude_e6", "pick_up_from", "pick_up_to", "description", "photos", "ladder",
        "scheduled_close_ms", "soft_close_minutes", "soft_close_cap_minutes",
    ]);

    private static readonly RowShape WholeLot = Lots.Whole();
    private static readonly RowShape NewStanding = Standings.Whole();
    private static readonly RowShape Standing = Standings.Part([.. Standings.Columns]);
    private static readonly RowShape ClosePart = Lots.Part("closes_at_ms");
    private static readonly RowShape StatusPart = Lots.Part(StatusColumns);
    private static readonly RowShape WholeDetails = Details.Whole();

    public static IEnumerable<Row> From(string id, Lot after, IReadOnlyList<Recorded<LotEvent>> events)
    {
        var lot = after.Described ?? throw new InvalidOperationException($"market/lot/{id} has events but no description.");
        var version = events[^1].Version;
        var rows = new List<Row>(4);
        bool whole = false, clock = false, status = false;
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i].Event)
            {
                case BidPlaced e:
                    clock |= e.ClosesAt is not null;
                    break;
                case SealedBidPlaced:
                    break;
                case LotListed or LotChanged:
                    whole = clock = true;
                    break;
                default:
                    status = clock = true;
                    break;
            }
        }

        if (whole)
        {
            rows.Add(Whole(id, after, lot));
            rows.Add(StandingOf(NewStanding, id, version, lot));
            rows.Add(DetailsOf(id, lot));
        }
        else
        {
            rows.Add(StandingOf(Standing, id, version, lot));
            if (clock) rows.Add(ClosePart.Row(id, lot.ClosesAt));
            if (status) rows.Add(StatusPart.Row([id, .. Status(after)]));
        }

        if (clock) rows.Add(after is Lot.Open ? Reminder.At("market/lot", id, LotGrain.CloseReminder, lot.ClosesAt) : Reminder.None("market/lot", id, LotGrain.CloseReminder));
        return rows;
    }

    private static Row Whole(string id, Lot after, Lot.Open lot) => WholeLot.Row(
    [
        id, lot.Lot.SellerId, lot.Revision, lot.ListedAt, lot.Lot.Grade.ToString(), lot.Lot.Grade.Folded, lot.Material, lot.Lot.WasteCode.ToString(), lot.Lot.Mass.Grams,
        KebabCase.Name(lot.Lot.Form), lot.Lot.Region.Code, lot.Lot.Place, lot.Lot.Photos is { } photos ? photos.Hashes[0] : Cell.Null, KebabCase.Name(lot.Terms.Format), lot.Terms.Opening.Currency.Code,
        lot.Terms.Opening.MinorUnits, lot.Terms.BuyNow?.MinorUnits, lot.Terms.Reserve?.MinorUnits, lot.Guarantee.MinorUnits, lot.ClosesAt,
        .. Status(after),
    ]);

    private static Row StandingOf(RowShape shape, string id, long version, Lot.Open lot) => shape.Row(id, version, Price(lot), lot.Bids, Leader(lot), ReserveMet(lot));

    private static Row DetailsOf(string id, Lot.Open lot) => WholeDetails.Row(
        id, lot.Lot.Moisture.Millionths, lot.Lot.Contamination.Millionths, lot.Terms.Guarantee?.Millionths ?? 0, Millionths(lot.Lot.Latitude), Millionths(lot.Lot.Longitude),
        lot.Lot.PickUpFrom.ToString("O"), lot.Lot.PickUpTo.ToString("O"), lot.Lot.Description, lot.Lot.Photos is { } photos ? string.Join(' ', photos.Hashes) : Cell.Null,
        lot.Terms.Ladder is { } ladder ? JsonSerializer.Serialize(ladder, MarketJson.Default.StepLadder) : Cell.Null,
        lot.Terms.ClosesAt, lot.Terms.SoftCloseMinutes, lot.Terms.SoftCloseCapMinutes);

    private static Cell Price(Lot.Open lot) => lot.Price?.MinorUnits;

    private static Cell Leader(Lot.Open lot) => lot.Terms.Format == LotFormat.Ascending ? lot.Leading?.Number : null;

    private static Cell ReserveMet(Lot.Open lot) => lot.Terms.Format == LotFormat.Ascending ? lot.ReserveMet : Cell.Null;

    private static Cell[] Status(Lot after) => after switch
    {
        Lot.Open => Status("open"),
        Lot.Frozen frozen => Status("frozen", since: frozen.Since, remaining: (long)frozen.Remaining.TotalMilliseconds),
        Lot.Awarded award => Status("awarded", ended: award.At, by: KebabCase.Name(award.By), award: award),
        Lot.Unsold unsold => Status("unsold", ended: unsold.At, reason: KebabCase.Name(unsold.Reason)),
        Lot.Cancelled cancelled => Status("cancelled", ended: cancelled.At),
        _ => throw new System.Diagnostics.UnreachableException($"A {after.GetType().Name} lot has no row."),
    };

    private static Cell[] Status(
        string status, Cell since = default, Cell remaining = default, Cell ended = default, Cell reason = default, Cell by = default, Lot.Awarded? award = null) =>
        [status, since, remaining, ended, reason, by, award?.Price.MinorUnits, award?.Amount.MinorUnits, award?.WinnerNumber, award?.WinnerId];

    private static long Millionths(decimal degrees) => (long)decimal.Round(degrees * 1_000_000, MidpointRounding.AwayFromZero);
}
