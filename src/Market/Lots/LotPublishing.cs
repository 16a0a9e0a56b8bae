using System.Text;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>What a lot may be published with. Everything is checked at once, so that a seller sees all there is to mend.</summary>
public static class LotPublishing
{
    /// <summary>Minor units per tonne: ten trillion tenge. Keeps a price and a step on top of it far from the end of 64 bits.</summary>
    public const long GreatestPrice = 1_000_000_000_000_000;

    public const int PlaceLength = 200;
    public const int DescriptionLength = 4000;
    public const int Photos = 8;
    public const int LadderBands = 50;
    public const int GuaranteePercentUsual = 5;
    public const int GuaranteePercentMost = 50;
    public const int SoftCloseMost = 60;
    public const int SoftCloseCapMost = 24 * 60;

    /// <summary>From the day of the close to the last day of pick-up, at most.</summary>
    public const int PickUpDays = 180;

    private const int SoftCloseUsual = 3;
    private const int SoftCloseCapUsual = 60;
    private const int South = 40, North = 56, West = 46, East = 88;

    /// <summary>Kazakhstan has had one time zone, UTC+5, since 1 March 2024 (Government Decree No. 20 of 19.01.2024).</summary>
    internal static readonly TimeSpan Kazakhstan = TimeSpan.FromHours(5);

    public static PricePerTonne Greatest(Currency currency) => PricePerTonne.From(GreatestPrice, currency);

    /// <summary>Whether mass × price fits into 64 bits of minor units.</summary>
    public static bool Fits(Mass mass, PricePerTonne price) => (Int128)mass.Grams * price.MinorUnits <= (Int128)long.MaxValue * Mass.GramsPerTonne;

    /// <summary>The description with the usual terms filled in where the seller left them open, and the close in whole milliseconds.</summary>
    public static LotDescription Settled(LotDescription lot)
    {
        var ascending = lot.Terms.Format == LotFormat.Ascending;
        return lot with
        {
            Place = lot.Place.Trim(),
            Description = lot.Description.Trim(),
            Photos = lot.Photos is { Hashes.IsDefaultOrEmpty: false } photos ? new([.. photos.Hashes.Distinct(StringComparer.Ordinal)]) : null,
            Terms = lot.Terms with
            {
                ClosesAt = DateTimeOffset.FromUnixTimeMilliseconds(lot.Terms.ClosesAt.ToUnixTimeMilliseconds()),
                Ladder = ascending ? lot.Terms.Ladder ?? StepLadder.Tenge : null,
                SoftCloseMinutes = ascending ? lot.Terms.SoftCloseMinutes ?? SoftCloseUsual : 0,
                SoftCloseCapMinutes = ascending ? lot.Terms.SoftCloseCapMinutes ?? SoftCloseCapUsual : 0,
            },
        };
    }

    /// <summary>All that stands against publishing it, each with the field it is about.</summary>
    public static Refusal[] Problems(LotDescription lot, ListingFacts facts, DateTimeOffset now)
    {
        var problems = new List<Refusal>();
        What(lot, facts, problems);
        Terms(lot.Terms, lot.Mass, facts, problems);
        When(lot, facts, now, problems);
        return [.. problems];
    }

    private static void What(LotDescription lot, ListingFacts facts, List<Refusal> problems)
    {
        if (lot.Mass == Mass.Zero) problems.Add(About("mass_kg", LotRefusal.NoMass));
        if (facts.Material is null) problems.Add(About("grade", LotRefusal.UnknownGrade, lot.Grade.ToString()));
        if (facts.Classified is not { } classified) problems.Add(About("waste_code", LotRefusal.UnknownWasteCode, lot.WasteCode.ToString()));
        else if (classified != lot.WasteCode) problems.Add(About("waste_code", LotRefusal.HazardMarkWrong, classified.ToString()));
        if (!facts.RegionKnown) problems.Add(About("region", LotRefusal.UnknownRegion, lot.Region.Code));
        if (string.IsNullOrWhiteSpace(lot.Place)) problems.Add(About("place", LotRefusal.PlaceMissing));
        if (lot.Place.Trim().Length > PlaceLength) problems.Add(About("place", LotRefusal.PlaceTooLong, PlaceLength));
        if (lot.Description.Trim().Length > DescriptionLength) problems.Add(About("description", LotRefusal.DescriptionTooLong, DescriptionLength));
        if (!IsPlain(lot.Place, lines: false)) problems.Add(About("place", LotRefusal.TextNotPlain));
        if (!IsPlain(lot.Description, lines: true)) problems.Add(About("description", LotRefusal.TextNotPlain));
        if (lot.Photos?.Hashes.Length > Photos) problems.Add(About("photos", LotRefusal.TooManyPhotos, Photos));
        foreach (var missing in facts.MissingPhotos) problems.Add(About("photos", LotRefusal.PhotoUnknown, missing));
        if (lot.Latitude is < South or > North) problems.Add(About("latitude", LotRefusal.OutsideKazakhstan, South, North));
        if (lot.Longitude is < West or > East) problems.Add(About("longitude", LotRefusal.OutsideKazakhstan, West, East));
    }

    private static void Terms(LotTerms terms, Mass mass, ListingFacts facts, List<Refusal> problems)
    {
        var ascending = terms.Format == LotFormat.Ascending;
        if (terms.Format == LotFormat.FixedPrice && terms.Reserve is not null) problems.Add(About("reserve_price", LotRefusal.NotInThisFormat));
        if (!ascending && terms.BuyNow is not null) problems.Add(About("buy_now_price", LotRefusal.NotInThisFormat));
        if (!ascending && terms.Ladder is not null) problems.Add(About("step_ladder", LotRefusal.NotInThisFormat));
        if (!ascending && terms.SoftCloseMinutes is > 0) problems.Add(About("soft_close_minutes", LotRefusal.NotInThisFormat));
        if (!ascending && terms.SoftCloseCapMinutes is > 0) problems.Add(About("soft_close_cap_minutes", LotRefusal.NotInThisFormat));

        var opening = terms.Opening;
        if (!facts.PaidIn) problems.Add(About("opening_price", LotRefusal.NoAccountInCurrency, opening.Currency.Code));
        if (opening.MinorUnits == 0) problems.Add(About("opening_price", LotRefusal.OpeningIsZero));
        Price("opening_price", opening, opening.Currency, mass, problems);
        if (Price("reserve_price", terms.Reserve, opening.Currency, mass, problems) is { } reserve && reserve < opening)
            problems.Add(About("reserve_price", LotRefusal.ReserveBelowOpening, opening));
        if (Price("buy_now_price", terms.BuyNow, opening.Currency, mass, problems) is { } buyNow)
        {
            if (buyNow <= opening) problems.Add(About("buy_now_price", LotRefusal.BuyNowNotAboveOpening, opening));
            else if (terms.Reserve is { } kept && kept.Currency == buyNow.Currency && buyNow < kept) problems.Add(About("buy_now_price", LotRefusal.BuyNowBelowReserve));
        }

        if (terms.Guarantee is { } guarantee && guarantee.CompareTo(Share.FromPercent(GuaranteePercentMost)) > 0)
            problems.Add(About("guarantee_percent", LotRefusal.GuaranteeTooLarge, Share.FromPercent(GuaranteePercentMost)));

        if (!ascending) return;
        if (terms.Ladder is { } ladder) Ladder(ladder, opening.Currency, problems);
        else if (opening.Currency != Currency.Kzt) problems.Add(About("step_ladder", LotRefusal.LadderMissing));

        var softClose = terms.SoftCloseMinutes ?? SoftCloseUsual;
        if (softClose is < 0 or > SoftCloseMost) problems.Add(About("soft_close_minutes", LotRefusal.SoftCloseOutOfRange, 0, SoftCloseMost));
        if ((terms.SoftCloseCapMinutes ?? SoftCloseCapUsual) is < 0 or > SoftCloseCapMost)
            problems.Add(About("soft_close_cap_minutes", LotRefusal.SoftCloseCapOutOfRange, 0, SoftCloseCapMost));
    }

    private static PricePerTonne? Price(string field, PricePerTonne? given, Currency currency, Mass mass, List<Refusal> problems)
    {
        if (given is not { } price) return null;
        if (price.Currency != currency)
        {
            problems.Add(About(field, LotRefusal.MixedCurrencies, currency.Code));
            return null;
        }

        if (price.MinorUnits > GreatestPrice) problems.Add(About(field, LotRefusal.PriceTooHigh, Greatest(currency)));
        else if (!Fits(mass, price)) problems.Add(About(field, LotRefusal.AmountTooLarge));
        else if (price.MinorUnits > 0 && mass != Mass.Zero && price.For(mass).MinorUnits == 0) problems.Add(About(field, LotRefusal.AmountIsZero));
        return price;
    }

    private static void Ladder(StepLadder ladder, Currency currency, List<Refusal> problems)
    {
        const string field = "step_ladder";
        if (!ladder.IsWellFormed || ladder.Bands.Length > LadderBands)
        {
            problems.Add(About(field, LotRefusal.LadderMalformed, LadderBands));
            return;
        }

        if (ladder.Bands.Any(band => band.Step.Currency != currency || (band.UpTo is { } upTo && upTo.Currency != currency)))
            problems.Add(About(field, LotRefusal.MixedCurrencies, currency.Code));
        if (ladder.Bands.Any(band => band.Step.MinorUnits > GreatestPrice))
            problems.Add(About(field, LotRefusal.PriceTooHigh, Greatest(currency)));
    }

    private static void When(LotDescription lot, ListingFacts facts, DateTimeOffset now, List<Refusal> problems)
    {
        var closesAt = lot.Terms.ClosesAt;
        if (closesAt < now + facts.LeastAhead) problems.Add(About("closes_at", LotRefusal.ClosesTooSoon, now + facts.LeastAhead));
        if (closesAt > now + facts.MostAhead) problems.Add(About("closes_at", LotRefusal.ClosesTooLate, now + facts.MostAhead));

        var dayOfClose = DateOnly.FromDateTime(closesAt.ToOffset(Kazakhstan).DateTime);
        if (lot.PickUpFrom <= dayOfClose)
            problems.Add(About("pick_up_from", LotRefusal.PickUpBeforeClose, dayOfClose.AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        if (lot.PickUpTo < lot.PickUpFrom) problems.Add(About("pick_up_to", LotRefusal.PickUpEndsBeforeStart));
        if (lot.PickUpTo.DayNumber > dayOfClose.DayNumber + PickUpDays)
            problems.Add(About("pick_up_to", LotRefusal.PickUpEndsTooLate, dayOfClose.AddDays(PickUpDays).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Words for people: no control characters but line ends and tabs where there may be several lines, no halves of letters, nothing that looks like markup.</summary>
    internal static bool IsPlain(string text, bool lines)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && !(lines && text[i] is '\n' or '\r' or '\t')) return false;
            if (text[i] == '<' && i + 1 < text.Length && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '!' or '?')) return false;
        }

        foreach (var rune in text.EnumerateRunes())
            if (rune == Rune.ReplacementChar) return false;
        return true;
    }

    private static Refusal About(string field, LotRefusal code, params Fact[] facts) => new Refusal(code, facts).About(field);
}
