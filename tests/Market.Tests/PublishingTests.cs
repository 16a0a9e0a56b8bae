using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

public class PublishingTests
{
    private static readonly LotDescription Good = Describe(Ascending);

    private static IReadOnlyList<Refusal> Problems(LotDescription lot, ListingFacts? facts = null, DateTimeOffset? at = null) => Given.Nothing.When(List(lot, facts), at).Refusals;

    private static LotDescription With(LotTerms terms) => Good with { Terms = terms };

    private static LotPhotos Hashes(int count) => new([.. Enumerable.Range(0, count).Select(n => $"{n:x64}")]);

    [Fact]
    public void What_is_published_has_every_term_settled()
    {
        var listed = Given.Nothing.When(List(With(new LotTerms(LotFormat.Ascending, Tenge(1000), Close)) with { Place = " Алматы ", Description = " Картон " })).Should<LotListed>();
        listed.LotId.Should().Be(LotId);
        listed.Material.Should().Be("paper");
        listed.Lot.Terms.Ladder.Should().Be(StepLadder.Tenge);
        listed.Lot.Terms.SoftCloseMinutes.Should().Be(3);
        listed.Lot.Terms.SoftCloseCapMinutes.Should().Be(60);
        listed.Lot.Place.Should().Be("Алматы");
        listed.Lot.Description.Should().Be("Картон");
    }

    [Fact]
    public void The_close_is_kept_in_whole_milliseconds()
    {
        var told = new DateTimeOffset(2026, 3, 2, 18, 0, 0, 500, 900, TimeSpan.FromHours(5));
        Given.Open(Ascending with { ClosesAt = told }).OpenLot.ClosesAt.Should().Be(Close.AddMilliseconds(500));
    }

    [Theory, InlineData(LotFormat.Sealed), InlineData(LotFormat.FixedPrice)]
    public void Sealed_and_fixed_price_lots_have_no_ladder_and_no_soft_close(LotFormat format)
    {
        var terms = Given.Nothing.When(List(new LotTerms(format, Tenge(1000), Close, SoftCloseMinutes: 0))).Should<LotListed>().Lot.Terms;
        terms.Should().Be(new LotTerms(format, Tenge(1000), Close, SoftCloseMinutes: 0, SoftCloseCapMinutes: 0));
    }

    [Fact]
    public void A_lot_is_published_once() =>
        Given.Open(Ascending).When(List(Ascending)).ShouldBeRefused(LotRefusal.AlreadyListed);

    /// <summary>Each case breaks one thing; what lies just beside it is in the next test.</summary>
    public static TheoryData<string, Func<LotDescription, LotDescription>, LotRefusal, string> Wrong => new()
    {
        { "mass", lot => lot with { Mass = Mass.Zero }, LotRefusal.NoMass, "mass_kg" },
        { "no place", lot => lot with { Place = " " }, LotRefusal.PlaceMissing, "place" },
        { "long place", lot => lot with { Place = new string('а', 201) }, LotRefusal.PlaceTooLong, "place" },
        { "long description", lot => lot with { Description = new string('а', 4001) }, LotRefusal.DescriptionTooLong, "description" },
        { "markup in the description", lot => lot with { Description = "<script>alert(1)</script>" }, LotRefusal.TextNotPlain, "description" },
        { "markup in the place", lot => lot with { Place = "Алматы<br/>" }, LotRefusal.TextNotPlain, "place" },
        { "two lines of place", lot => lot with { Place = "Алматы\nСуюнбая" }, LotRefusal.TextNotPlain, "place" },
        { "a bell in the description", lot => lot with { Description = "a\u0007" }, LotRefusal.TextNotPlain, "description" },
        { "half a letter", lot => lot with { Description = "a\ud83d" }, LotRefusal.TextNotPlain, "description" },
        { "too far south", lot => lot with { Latitude = 39.999999m }, LotRefusal.OutsideKazakhstan, "latitude" },
        { "too far north", lot => lot with { Latitude = 56.000001m }, LotRefusal.OutsideKazakhstan, "latitude" },
        { "too far west", lot => lot with { Longitude = 45.999999m }, LotRefusal.OutsideKazakhstan, "longitude" },
        { "too far east", lot => lot with { Longitude = 88.000001m }, LotRefusal.OutsideKazakhstan, "longitude" },
        { "zero opening", lot => lot with { Terms = lot.Terms with { Opening = Tenge(0) } }, LotRefusal.OpeningIsZero, "opening_price" },
        { "low reserve", lot => lot with { Terms = lot.Terms with { Reserve = Tenge(999.99m) } }, LotRefusal.ReserveBelowOpening, "reserve_price" },
        { "low buy-now", lot => lot with { Terms = lot.Terms with { BuyNow = Tenge(1000) } }, LotRefusal.BuyNowNotAboveOpening, "buy_now_price" },
        { "buy-now under the reserve", lot => lot with { Terms = lot.Terms with { Reserve = Tenge(3000), BuyNow = Tenge(2999.99m) } }, LotRefusal.BuyNowBelowReserve, "buy_now_price" },
        { "reserve in dollars", lot => lot with { Terms = lot.Terms with { Reserve = Dollars(9000) } }, LotRefusal.MixedCurrencies, "reserve_price" },
        { "buy-now in dollars", lot => lot with { Terms = lot.Terms with { BuyNow = Dollars(9000) } }, LotRefusal.MixedCurrencies, "buy_now_price" },
        { "step in dollars", lot => lot with { Terms = lot.Terms with { Ladder = new([new StepBand(null, Dollars(1))]) } }, LotRefusal.MixedCurrencies, "step_ladder" },
        { "bound in dollars", lot => lot with { Terms = lot.Terms with { Ladder = new([new StepBand(Dollars(5), Tenge(1)), new StepBand(null, Tenge(1))]) } }, LotRefusal.MixedCurrencies, "step_ladder" },
        { "no ladder for dollars", lot => lot with { Terms = lot.Terms with { Opening = Dollars(1000), Ladder = null } }, LotRefusal.LadderMissing, "step_ladder" },
        { "empty ladder", lot => lot with { Terms = lot.Terms with { Ladder = new([]) } }, LotRefusal.LadderMalformed, "step_ladder" },
        { "closed last band", lot => lot with { Terms = lot.Terms with { Ladder = Steps((100, 1)) } }, LotRefusal.LadderMalformed, "step_ladder" },
        { "open first band", lot => lot with { Terms = lot.Terms with { Ladder = Steps((null, 1), (null, 2)) } }, LotRefusal.LadderMalformed, "step_ladder" },
        { "equal bounds", lot => lot with { Terms = lot.Terms with { Ladder = Steps((100, 1), (100, 2), (null, 3)) } }, LotRefusal.LadderMalformed, "step_ladder" },
        { "zero step", lot => lot with { Terms = lot.Terms with { Ladder = Steps((100, 0), (null, 3)) } }, LotRefusal.LadderMalformed, "step_ladder" },
        { "51 bands", lot => lot with { Terms = lot.Terms with { Ladder = Bands(51) } }, LotRefusal.LadderMalformed, "step_ladder" },
        { "step above all prices", lot => lot with { Terms = lot.Terms with { Ladder = new([new StepBand(null, PricePerTonne.From(LotPublishing.GreatestPrice + 1, Currency.Kzt))]) } }, LotRefusal.PriceTooHigh, "step_ladder" },
        { "opening above all prices", lot => lot with { Mass = Mass.FromGrams(1), Terms = lot.Terms with { Opening = PricePerTonne.From(LotPublishing.GreatestPrice + 1, Currency.Kzt) } }, LotRefusal.PriceTooHigh, "opening_price" },
        { "amount above 64 bits", lot => lot with { Mass = Mass.FromTonnes(92_234), Terms = lot.Terms with { Opening = LotPublishing.Greatest(Currency.Kzt) } }, LotRefusal.AmountTooLarge, "opening_price" },
        { "closes too soon", lot => lot with { Terms = lot.Terms with { ClosesAt = Noon.AddMinutes(5).AddMilliseconds(-1) } }, LotRefusal.ClosesTooSoon, "closes_at" },
        { "soft close of 61 minutes", lot => lot with { Terms = lot.Terms with { SoftCloseMinutes = 61 } }, LotRefusal.SoftCloseOutOfRange, "soft_close_minutes" },
        { "soft close below zero", lot => lot with { Terms = lot.Terms with { SoftCloseMinutes = -1 } }, LotRefusal.SoftCloseOutOfRange, "soft_close_minutes" },
        { "a cap above a day", lot => lot with { Terms = lot.Terms with { SoftCloseCapMinutes = 1441 } }, LotRefusal.SoftCloseCapOutOfRange, "soft_close_cap_minutes" },
        { "a cap below zero", lot => lot with { Terms = lot.Terms with { SoftCloseCapMinutes = -1 } }, LotRefusal.SoftCloseCapOutOfRange, "soft_close_cap_minutes" },
        { "pick-up on the day of the close", lot => lot with { PickUpFrom = new DateOnly(2026, 3, 2) }, LotRefusal.PickUpBeforeClose, "pick_up_from" },
        { "a gram that comes to nothing", lot => lot with { Mass = Mass.FromGrams(1), Terms = lot.Terms with { Opening = Tenge(4999.99m) } }, LotRefusal.AmountIsZero, "opening_price" },
        { "more than half a year of pick-up", lot => lot with { PickUpTo = Good.PickUpFrom.AddDays(180) }, LotRefusal.PickUpEndsTooLate, "pick_up_to" },
        { "pick-up at the end of time", lot => lot with { PickUpTo = DateOnly.MaxValue }, LotRefusal.PickUpEndsTooLate, "pick_up_to" },
        { "pick-up ends before it starts", lot => lot with { PickUpTo = lot.PickUpFrom.AddDays(-1) }, LotRefusal.PickUpEndsBeforeStart, "pick_up_to" },
        { "nine photos", lot => lot with { Photos = Hashes(9) }, LotRefusal.TooManyPhotos, "photos" },
        { "sealed with buy-now", lot => lot with { Terms = Sealed with { BuyNow = Tenge(9000) } }, LotRefusal.NotInThisFormat, "buy_now_price" },
        { "sealed with a ladder", lot => lot with { Terms = Sealed with { Ladder = StepLadder.Tenge } }, LotRefusal.NotInThisFormat, "step_ladder" },
        { "sealed with a soft close", lot => lot with { Terms = Sealed with { SoftCloseMinutes = 1 } }, LotRefusal.NotInThisFormat, "soft_close_minutes" },
        { "sealed with a cap", lot => lot with { Terms = Sealed with { SoftCloseCapMinutes = 1 } }, LotRefusal.NotInThisFormat, "soft_close_cap_minutes" },
        { "fixed price with a reserve", lot => lot with { Terms = FixedPrice with { Reserve = Tenge(1000) } }, LotRefusal.NotInThisFormat, "reserve_price" },
        { "fixed price with buy-now", lot => lot with { Terms = FixedPrice with { BuyNow = Tenge(9000) } }, LotRefusal.NotInThisFormat, "buy_now_price" },
        { "fixed price with a ladder", lot => lot with { Terms = FixedPrice with { Ladder = StepLadder.Tenge } }, LotRefusal.NotInThisFormat, "step_ladder" },
        { "fixed price with a soft close", lot => lot with { Terms = FixedPrice with { SoftCloseMinutes = 1 } }, LotRefusal.NotInThisFormat, "soft_close_minutes" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Each_thing_that_is_wrong_is_said_with_its_field(string _, Func<LotDescription, LotDescription> change, LotRefusal code, string field)
    {
        var problem = Problems(change(Good)).Should().ContainSingle().Subject;
        problem.Code.Should().Be(code);
        problem.Field.Should().Be(field);
    }

    public static TheoryData<string, Func<LotDescription, LotDescription>> JustRight => new()
    {
        { "a gram that comes to a tiyn", lot => lot with { Mass = Mass.FromGrams(1), Terms = lot.Terms with { Opening = Tenge(5000) } } },
        { "half a year of pick-up", lot => lot with { PickUpTo = Good.PickUpFrom.AddDays(-1).AddDays(180) } },
        { "place of 200", lot => lot with { Place = new string('а', 200) + " " } },
        { "description of 4000", lot => lot with { Description = new string('а', 4000) } },
        { "signs and several lines", lot => lot with { Description = "влажность < 10 %,\r\n\tкипы > 400 кг ♻️ 😀" } },
        { "no description", lot => lot with { Description = "" } },
        { "south-west corner", lot => lot with { Latitude = 40, Longitude = 46 } },
        { "north-east corner", lot => lot with { Latitude = 56, Longitude = 88 } },
        { "an opening of one tiyn", lot => lot with { Terms = lot.Terms with { Opening = Tenge(0.01m) } } },
        { "reserve at the opening", lot => lot with { Terms = lot.Terms with { Reserve = Tenge(1000) } } },
        { "buy-now a tiyn above the opening", lot => lot with { Terms = lot.Terms with { BuyNow = Tenge(1000.01m) } } },
        { "buy-now at the reserve", lot => lot with { Terms = lot.Terms with { Reserve = Tenge(3000), BuyNow = Tenge(3000) } } },
        { "dollars with their own ladder", lot => lot with { Terms = new LotTerms(LotFormat.Ascending, Dollars(10), Close, Ladder: new([new StepBand(Dollars(9), Dollars(1)), new StepBand(null, Dollars(2))])) } },
        { "sealed in dollars", lot => lot with { Terms = new LotTerms(LotFormat.Sealed, Dollars(10), Close, Reserve: Dollars(20)) } },
        { "50 bands", lot => lot with { Terms = lot.Terms with { Ladder = Bands(50) } } },
        { "the greatest price", lot => lot with { Mass = Mass.FromGrams(1), Terms = lot.Terms with { Opening = LotPublishing.Greatest(Currency.Kzt) } } },
        { "the greatest amount", lot => lot with { Mass = Mass.FromTonnes(9_223), Terms = lot.Terms with { Opening = LotPublishing.Greatest(Currency.Kzt) } } },
        { "eight photos", lot => lot with { Photos = Hashes(8) } },
        { "closes in five minutes", lot => lot with { Terms = lot.Terms with { ClosesAt = Noon.AddMinutes(5) } } },
        { "closes in ninety days", lot => Later(lot, Noon.AddDays(90)) },
        { "soft close of an hour, capped at a day", lot => lot with { Terms = lot.Terms with { SoftCloseMinutes = 60, SoftCloseCapMinutes = 1440 } } },
        { "one day of pick-up", lot => lot with { PickUpTo = lot.PickUpFrom } },
    };

    [Theory, MemberData(nameof(JustRight))]
    public void What_lies_just_beside_is_taken(string _, Func<LotDescription, LotDescription> change) => Problems(change(Good)).Should().BeEmpty();

    [Fact]
    public void A_lot_that_closes_more_than_ninety_days_ahead_is_too_late()
    {
        var problem = Problems(Later(Good, Noon.AddDays(90).AddMilliseconds(1))).Should().ContainSingle().Subject;
        problem.Should().Be(new Refusal(LotRefusal.ClosesTooLate, Noon.AddDays(90)).About("closes_at"));
    }

    [Fact]
    public void How_far_ahead_a_lot_may_close_is_told_with_the_command()
    {
        var soon = With(Ascending with { ClosesAt = Noon.AddSeconds(2) });
        Problems(soon, GoodFacts with { LeastAhead = TimeSpan.FromSeconds(2) }).Should().BeEmpty();
        Problems(Later(Good, Noon.AddDays(400)), GoodFacts with { MostAhead = TimeSpan.FromDays(400) }).Should().BeEmpty();
    }

    [Fact]
    public void The_day_of_the_close_is_Kazakhstans()
    {
        var evening = With(Ascending with { ClosesAt = new DateTimeOffset(2026, 3, 2, 19, 0, 0, TimeSpan.Zero) });
        Problems(evening).Should().ContainSingle().Which.Should().Be(new Refusal(LotRefusal.PickUpBeforeClose, "2026-03-04").About("pick_up_from"));
        Problems(evening with { Terms = evening.Terms with { ClosesAt = evening.Terms.ClosesAt.AddMilliseconds(-1) } }).Should().BeEmpty();
    }

    [Fact]
    public void Codes_that_the_lists_do_not_have_are_refused_together()
    {
        var problems = Problems(Good, ListingFacts.None);
        problems.Select(problem => (problem.Code, problem.Field)).Should().Equal(
            (LotRefusal.UnknownGrade, "grade"), (LotRefusal.UnknownWasteCode, "waste_code"), (LotRefusal.UnknownRegion, "region"), (LotRefusal.NoAccountInCurrency, "opening_price"));
    }

    [Fact]
    public void A_waste_code_is_marked_as_the_classifier_marks_it() =>
        Problems(Good, GoodFacts with { Classified = TextValue.Parse<WasteCode>("15 01 01*") }).Should().ContainSingle()
            .Which.Should().Be(new Refusal(LotRefusal.HazardMarkWrong, "15 01 01*").About("waste_code"));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var lot = Good with { Mass = Mass.Zero, Place = "", Latitude = 10, PickUpTo = Good.PickUpFrom.AddDays(-1), Terms = Ascending with { Opening = Tenge(0), ClosesAt = Noon } };
        Problems(lot).Select(problem => problem.Code).Should().Equal(
            LotRefusal.NoMass, LotRefusal.PlaceMissing, LotRefusal.OutsideKazakhstan, LotRefusal.OpeningIsZero, LotRefusal.ClosesTooSoon, LotRefusal.PickUpEndsBeforeStart);
    }

    [Fact]
    public void A_lot_without_bids_is_described_anew()
    {
        var given = Given.Open(Ascending).And(Change(Describe(Ascending with { ClosesAt = Close.AddMinutes(30) }) with { Mass = Mass.FromTonnes(2) }));
        given.OpenLot.Revision.Should().Be(2);
        given.OpenLot.Lot.Mass.Should().Be(Mass.FromTonnes(2));
        given.OpenLot.ClosesAt.Should().Be(Close.AddMinutes(30));
        given.OpenLot.LatestClose.Should().Be(Close.AddMinutes(90));
        given.OpenLot.ListedAt.Should().Be(Noon);
    }

    [Fact]
    public void A_change_is_checked_like_a_new_lot() =>
        Given.Open(Ascending).When(Change(Good with { Mass = Mass.Zero })).Refusal!.Code.Should().Be(LotRefusal.NoMass);

    [Fact]
    public void A_lot_without_bids_is_withdrawn_by_its_seller()
    {
        Given.Open(Ascending).When(Cancel).Should<LotCancelled>();
        Given.Open(Ascending).When(Cancel, at: Close.AddMilliseconds(-1)).Should<LotCancelled>();
        Given.Open(Ascending).When(Cancel, at: Close).ShouldBeRefused(LotRefusal.LotEnded, Close);
    }

    [Fact]
    public void A_lot_with_bids_is_neither_changed_nor_withdrawn()
    {
        foreach (var given in (Given[])[Given.Open(Ascending).And(Bid(Aliya, 2000)), Given.Open(Sealed).And(Bid(Aliya, 2000))])
        {
            given.When(Change(Good)).ShouldBeRefused(LotRefusal.LotHasBids);
            given.When(Cancel).ShouldBeRefused(LotRefusal.LotHasBids);
        }
    }

    [Fact]
    public void Another_seller_neither_changes_nor_withdraws_it()
    {
        Given.Open(Ascending).When(Change(Good with { SellerId = Dana })).ShouldBeRefused(LotRefusal.NotTheSeller);
        Given.Open(Ascending).When(Cancel with { SellerId = Dana }).ShouldBeRefused(LotRefusal.NotTheSeller);
    }

    private static LotDescription Later(LotDescription lot, DateTimeOffset closesAt) =>
        lot with { PickUpFrom = DateOnly.FromDateTime(closesAt.UtcDateTime).AddDays(2), PickUpTo = DateOnly.FromDateTime(closesAt.UtcDateTime).AddDays(3), Terms = lot.Terms with { ClosesAt = closesAt } };

    private static StepLadder Bands(int count) => Steps([.. Enumerable.Range(1, count).Select(n => (n == count ? (decimal?)null : n, 1m))]);
}
