using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Ainalym.Waste;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>Lots in a real journal: rows, queries, reminders, clocks.</summary>
public sealed class HouseTests : IAsyncDisposable
{
    private static readonly Caller SellerUser = new(Id(0x11), Seller, Roles.Seller);
    private static readonly Caller OperatorUser = new(Id(0x12), Dana, Roles.Operator);
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-market-").FullName;
    private readonly SteppingHouse stepping;
    private int commands;

    public HouseTests() => stepping = SteppingHouse.Open([MarketModule.Module with { Projections = [.. MarketModule.Module.Projections, new LotWordsProjection(WasteModule.CodeLists)] }], new HouseOptions(folder), Noon, NullLoggerFactory.Instance);

    private LotQueries Queries => new(stepping.House.Database);

    private LotClocks Clocks => new(stepping.House.Grains, Queries);

    public async ValueTask DisposeAsync()
    {
        var verified = stepping.House.Verify(published: null, progress: null, CancellationToken.None);
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        verified.Difference.Should().BeNull();
    }

    [Fact]
    public async Task A_lot_sells_itself_at_its_close()
    {
        await List(1, Ascending);
        await Send(1, Bid(Aliya, 5000));
        await Send(1, Bid(Bolat, 3000));
        await stepping.AdvanceTo(Close.AddMilliseconds(-1), Ct);
        (await Lot(1)).Status.Should().Be("open");

        await stepping.AdvanceTo(Close, Ct);
        var lot = await Lot(1);
        lot.Status.Should().Be("awarded");
        lot.AwardPriceMinor.Should().Be(3100_00);
        lot.AwardMinor.Should().Be(62_000_00);
        lot.WinnerNumber.Should().Be(1);
        lot.Version.Should().Be(4);
        (await Queries.WonBy(Aliya, beforeLotId: null, 10, Ct)).Should().ContainSingle().Which.LotId.Should().Be(IdOf(1));
    }

    [Fact]
    public async Task A_late_bid_puts_the_reminder_off()
    {
        await List(1, Ascending);
        await stepping.AdvanceTo(Close.AddMinutes(-1), Ct);
        await Send(1, Bid(Aliya, 5000));
        await stepping.AdvanceTo(Close.AddMinutes(2).AddMilliseconds(-1), Ct);
        (await Lot(1)).Status.Should().Be("open");
        await stepping.AdvanceTo(Close.AddMinutes(2), Ct);
        (await Lot(1)).Status.Should().Be("awarded");
    }

    [Fact]
    public async Task Maxima_show_only_after_the_close()
    {
        await List(1, Ascending);
        await Send(1, Bid(Aliya, 5000));
        await Send(1, Bid(Bolat, 3000));
        var open = await Queries.Bids(LotGuid(1), before: 0, 10, Ct);
        open.Select(bid => (bid.BidderNumber, bid.PriceMinor, bid.MaximumMinor)).Should().Equal((2, 3100_00, null), (1, 1000_00, null));

        await stepping.AdvanceTo(Close, Ct);
        var ended = await Queries.Bids(LotGuid(1), before: open[0].Position, 10, Ct);
        ended.Select(bid => (bid.BidderNumber, bid.MaximumMinor)).Should().Equal((1, 5000_00));
    }

    [Fact]
    public async Task Rows_tell_nothing_of_a_sealed_bid_but_its_commitment()
    {
        await List(1, Sealed with { Reserve = Tenge(1500) });
        await Send(1, Bid(Aliya, 7777.77m));
        var lot = await Lot(1);
        (lot.Bids, lot.PriceMinor, lot.LeaderNumber, lot.ReserveMet).Should().Be((1, null, null, null));
        var bid = (await Queries.Bids(LotGuid(1), before: 0, 10, Ct)).Should().ContainSingle().Subject;
        bid.Commitment.Should().Be(LotDecider.Commitment(LotGuid(1), 1, Tenge(7777.77m), Salt));
        (bid.PriceMinor, bid.MaximumMinor).Should().Be((null, null));

        await stepping.AdvanceTo(Close, Ct);
        (await Lot(1)).AwardPriceMinor.Should().Be(7777_77);
    }

    [Fact]
    public async Task What_is_ones_own_is_told_to_nobody_else()
    {
        await List(1, Ascending with { Reserve = Tenge(1500) });
        await Send(1, Bid(Aliya, 5000));
        await Send(1, Bid(Bolat, 6000));
        await Send(1, Bid(Aliya, 7000));
        (await Queries.OwnOf(LotGuid(1), Aliya, Ct)).Should().Be(new OwnRow { BidderNumber = 1, MaximumMinor = 7000_00 });
        (await Queries.OwnOf(LotGuid(1), Bolat, Ct)).Should().Be(new OwnRow { BidderNumber = 2, MaximumMinor = 6000_00 });
        (await Queries.OwnOf(LotGuid(1), Seller, Ct)).Should().Be(new OwnRow { ReserveMinor = 1500_00 });
        (await Queries.OwnOf(LotGuid(1), Dana, Ct)).Should().Be(new OwnRow());
    }

    [Fact]
    public async Task Ones_own_part_is_right_before_and_after_the_projection_has_come()
    {
        await List(1, Ascending);
        await Send(1, Bid(Aliya, 5000));
        (await Queries.OwnOf(LotGuid(1), Aliya, Ct)).BidderNumber.Should().Be(1);
        await stepping.House.CatchUp(Ct);
        await Send(1, Bid(Bolat, 6000));
        (await Queries.OwnOf(LotGuid(1), Aliya, Ct)).Should().Be(new OwnRow { BidderNumber = 1, MaximumMinor = 5000_00 });
        (await Queries.OwnOf(LotGuid(1), Bolat, Ct)).Should().Be(new OwnRow { BidderNumber = 2, MaximumMinor = 6000_00 });
        (await Queries.OwnOf(LotGuid(1), Dana, Ct)).Should().Be(new OwnRow());

        await stepping.AdvanceTo(Close, Ct);
        (await Queries.OwnOf(LotGuid(1), Bolat, Ct)).Won.Should().BeTrue();
        (await Queries.OwnOf(LotGuid(1), Aliya, Ct)).Won.Should().BeFalse();
    }

    [Fact]
    public async Task A_bidder_finds_the_lots_it_has_bid_on_with_how_it_stands()
    {
        await List(1, Ascending);
        await List(2, Sealed);
        await List(3, Ascending);
        await Send(1, Bid(Aliya, 5000));
        await Send(1, Bid(Bolat, 3000));
        await Send(1, Bid(Aliya, 6000));
        await Send(2, Bid(Aliya, 7000));
        await Send(3, Bid(Bolat, 2000));
        await stepping.House.CatchUp(Ct);
        (await Standings(Aliya)).Should().Equal((LotId(2), "sealed"), (LotId(1), "leading"));
        (await Standings(Bolat)).Should().Equal((LotId(3), "leading"), (LotId(1), "outbid"));
        (await Queries.BidOnBy(Aliya, LotId(2), 10, Ct)).Select(lot => lot.LotId).Should().Equal(LotId(1));
        (await Standings(Dana)).Should().BeEmpty();

        await stepping.AdvanceTo(Close, Ct);
        (await Standings(Aliya)).Should().Equal((LotId(2), "won"), (LotId(1), "won"));
        (await Standings(Bolat)).Should().Equal((LotId(3), "won"), (LotId(1), "lost"));

        async Task<IEnumerable<(string, string)>> Standings(Guid bidder) => (await Queries.BidOnBy(bidder, beforeLotId: null, 10, Ct)).Select(lot => (lot.LotId, lot.Standing));
        static string LotId(int n) => LotGuid(n).ToString("N");
    }

    [Theory]
    [InlineData("гофрокартон")]
    [InlineData("ГОФРО")]
    [InlineData("алма гофро")]
    [InlineData("corrugated")]
    [InlineData("суюнб 15 01")]
    [InlineData("а гофро")]
    public async Task An_open_lot_is_found_by_how_its_words_begin(string search)
    {
        await List(1, Ascending);
        await stepping.House.CatchUp(Ct);
        (await Found(new BoardFilter(Search: search))).Should().HaveCount(1);
        (await Found(new BoardFilter(Search: search + " нефть"))).Should().BeEmpty();

        await Send(1, Change(Describe(Ascending) with { Place = "Шымкент" }));
        await stepping.House.CatchUp(Ct);
        (await Found(new BoardFilter(Search: "шымк"))).Should().HaveCount(1);

        await stepping.AdvanceTo(Close, Ct);
        (await stepping.House.Database.Single<long>("SELECT COUNT(*) FROM lot_words", ct: Ct)).Should().Be(0, "a lot that has ended is found no more");
    }

    [Fact]
    public async Task The_board_shows_the_newest_and_the_largest_first()
    {
        for (var n = 1; n <= 5; n++)
        {
            await stepping.AdvanceTo(Noon.AddSeconds(n), Ct);
            await List(n, Ascending, Mass.FromTonnes(1 + (n * 3 % 5)));
        }

        (await All(BoardOrder.Newest)).Select(lot => lot.ListedAtMs).Should().BeInDescendingOrder().And.HaveCount(5);
        (await All(BoardOrder.Largest)).Select(lot => lot.MassG).Should().BeInDescendingOrder().And.HaveCount(5);
        (await Queries.Board(new BoardFilter(ClosingBefore: Close), BoardOrder.Newest, after: null, 10, Ct)).Should().BeEmpty("the close itself is not before it");
        (await Queries.Board(new BoardFilter(ClosingBefore: Close.AddMilliseconds(1)), BoardOrder.Newest, after: null, 10, Ct)).Should().HaveCount(5);
        (await Queries.Map(new BoardFilter(), 3, Ct)).Should().HaveCount(3).And.AllSatisfy(spot => (spot.LatitudeE6, spot.LongitudeE6).Should().Be((43_250_000, 76_950_000)));

        async Task<List<LotRow>> All(BoardOrder order)
        {
            var (all, after) = (new List<LotRow>(), (Cursor?)null);
            while (await Queries.Board(new BoardFilter(), order, after, 2, Ct) is { Count: > 0 } page)
            {
                all.AddRange(page);
                after = LotQueries.CursorOf(page[^1], order);
            }

            return all;
        }
    }

    [Fact]
    public async Task A_lot_reads_as_it_was_published()
    {
        await List(1, Ascending with { BuyNow = Tenge(9000) });
        var lot = await Lot(1);
        (lot.Grade, lot.Material, lot.WasteCode, lot.MassG, lot.Form, lot.Region).Should().Be(("1.04.00", "paper", "15 01 01", 20_000_000, "bales", "750000000"));
        (lot.Format, lot.Currency, lot.OpeningMinor, lot.BuyNowMinor).Should().Be(("ascending", "KZT", 1000_00, 9000_00));
        (lot.LatitudeE6, lot.LongitudeE6, lot.PickUpFrom, lot.PickUpTo).Should().Be((43_250_000, 76_950_000, "2026-03-03", "2026-03-10"));
        (lot.MoisturePpm, lot.ContaminationPpm, lot.SoftCloseMinutes, lot.SoftCloseCapMinutes).Should().Be((100_000, 10_000, 3, 60));
        lot.Ladder.Should().Be("""{"bands":[{"up_to":null,"step":"100.00 KZT"}]}""");
        (await Queries.Lot(LotGuid(9), Ct)).Should().BeNull();
    }

    [Fact]
    public async Task A_lot_described_anew_shows_so()
    {
        await List(1, Ascending);
        await Send(1, Change(Describe(FixedPrice) with { Place = "Астана" }));
        var lot = await Lot(1);
        (lot.Revision, lot.Place, lot.Format, lot.Ladder).Should().Be((2, "Астана", "fixed-price", null));
    }

    [Fact]
    public async Task The_board_pages_through_open_lots_closing_soonest_first()
    {
        for (var n = 1; n <= 7; n++) await List(n, Ascending with { ClosesAt = Close.AddMinutes(n / 3) });
        await Send(4, Cancel);
        var seen = new List<string>();
        var after = Cursor.Start;
        while (await Queries.Board(new BoardFilter(), BoardOrder.ClosingSoon, after, 2, Ct) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(lot => lot.LotId));
            after = new Cursor(page[^1].ClosesAtMs, page[^1].LotId);
        }

        seen.Should().Equal(new[] { 1, 2, 3, 5, 6, 7 }.Select(IdOf));
    }

    [Fact]
    public async Task The_board_filters()
    {
        await List(1, Ascending);
        await List(2, Sealed);
        await Send(3, Listing(3, Describe(Ascending) with { Region = TextValue.Parse<Region>("71") }));
        await Send(4, Listing(4, Describe(Ascending) with { Grade = TextValue.Parse<GradeCode>("3А") }) with { Facts = GoodFacts with { Material = "ferrous" } });

        (await Found(new BoardFilter(Region: TextValue.Parse<Region>("71")))).Should().Equal(IdOf(3));
        (await Found(new BoardFilter(Material: "paper"))).Should().Equal(IdOf(1), IdOf(2), IdOf(3));
        (await Found(new BoardFilter(Grade: TextValue.Parse<GradeCode>("3a")))).Should().Equal(IdOf(4));
        (await Found(new BoardFilter(Format: LotFormat.Sealed))).Should().Equal(IdOf(2));
        (await Found(new BoardFilter(TextValue.Parse<Region>("75"), "paper", TextValue.Parse<GradeCode>("1.04.00"), LotFormat.Ascending))).Should().Equal(IdOf(1));
        (await Found(new BoardFilter(Material: "glass"))).Should().BeEmpty();
    }

    public static TheoryData<bool, bool, bool, bool> Filters =>
        [.. Enumerable.Range(0, 16).Select(n => new TheoryDataRow<bool, bool, bool, bool>((n & 1) > 0, (n & 2) > 0, (n & 4) > 0, (n & 8) > 0))];

    /// <summary>So that a page costs the same however many lots there are: an index gives the order, nothing is sorted and nothing is walked through from the start.</summary>
    [Theory, MemberData(nameof(Filters))]
    public async Task The_board_reads_along_an_index_whatever_the_filter(bool region, bool material, bool grade, bool format)
    {
        var filter = new BoardFilter(
            region ? TextValue.Parse<Region>("75") : null, material ? "paper" : null, grade ? TextValue.Parse<GradeCode>("1.04.00") : null, format ? LotFormat.Sealed : null);
        var plan = await stepping.House.Database.Query<PlanRow>(
            "EXPLAIN QUERY PLAN " + Queries.BoardSql(filter, BoardOrder.ClosingSoon), new { at = 1, id = "", region = "750000000", material = "paper", grade = "1.04.00", format = "sealed", n = 50 }, Ct);
        plan.Should().HaveCount(4);
        plan[3].Detail.Should().Be("SEARCH p USING PRIMARY KEY (hash=?)");
        plan[1].Detail.Should().Be("SEARCH s USING PRIMARY KEY (lot_id=?)");
        var detail = plan[0].Detail;
        detail.Should().StartWith("SEARCH l USING INDEX lots_board").And.Contain("closes_at_ms>?");
        if (region) detail.Should().Contain("region=?");
        if (grade) detail.Should().Contain("grade_key=?");
        if (material && !grade) detail.Should().Contain("material=?");
        if (format && !region && !grade && !material) detail.Should().Contain("format=?");
    }

    [Fact]
    public async Task An_operator_stops_and_starts_every_clock()
    {
        for (var n = 1; n <= 3; n++) await List(n, Ascending);
        await Send(3, Cancel);
        (await Clocks.FreezeAll(Command(), OperatorUser, Ct)).Should().Be(2);
        await stepping.AdvanceTo(Close.AddHours(1), Ct);
        (await Lot(1)).Status.Should().Be("frozen");
        (await Lot(1)).RemainingMs.Should().Be(3_600_000);

        (await Clocks.ResumeAll(Command(), OperatorUser, Ct)).Should().Be(2);
        (await Lot(2)).ClosesAtMs.Should().Be(Close.AddHours(2).ToUnixTimeMilliseconds());
        await stepping.AdvanceTo(Close.AddHours(2), Ct);
        (await Lot(2)).Status.Should().Be("unsold");
    }

    [Fact]
    public async Task After_an_outage_what_would_have_closed_stands_still_with_the_time_it_had()
    {
        await List(1, Ascending);
        await List(2, Ascending with { ClosesAt = Close.AddHours(5) });
        var lastBeat = Close.AddMinutes(-10);
        stepping.SetClock(Close.AddMinutes(30));
        var outage = new Outage(lastBeat, TimeSpan.FromSeconds(60));
        await MarketModule.Module.AfterOutage!(stepping.House, outage, Ct);
        await MarketModule.Module.AfterOutage!(stepping.House, outage, Ct);

        var touched = await Lot(1);
        (touched.Status, touched.RemainingMs).Should().Be(("frozen", 600_000));
        (await Lot(2)).Status.Should().Be("open");
    }

    [Fact]
    public async Task The_history_of_a_lot_gives_its_audit_file()
    {
        await List(1, Ascending with { Reserve = Tenge(2000) });
        await Send(1, Bid(Aliya, 5000));
        AuditFile.From(await Queries.History(LotGuid(1), Ct)).Should().BeNull();
        await stepping.AdvanceTo(Close, Ct);

        var file = AuditFile.From(await Queries.History(LotGuid(1), Ct))!;
        file.LotId.Should().Be(IdOf(1));
        file.ReservePrice.Should().Be(Tenge(2000));
        file.Bids.Should().ContainSingle().Which.Should().Be(new AuditBid(Noon, 1, Tenge(5000)));
        file.Outcome.Should().Be(new AuditOutcome(1, Tenge(2000), TextValue.Parse<Money>("40000.00 KZT"), AwardedBy.Auction));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Guid LotGuid(int n) => Id(0x1_0000 + n);

    private static string IdOf(int n) => LotGuid(n).ToString("N");

    private Guid Command() => CommandIds.Derived(Noon, $"{++commands}");

    private static ListLot Listing(int n, LotDescription lot) => Words.List(lot) with { LotId = LotGuid(n) };

    private Task List(int n, LotTerms terms, Mass? mass = null) => Send(n, Listing(n, mass is { } other ? Describe(terms) with { Mass = other } : Describe(terms)));

    private async Task Send(int n, LotCommand command)
    {
        var caller = command switch
        {
            PlaceBid bid => new Caller(Id(0x13), bid.BidderId, Roles.Buyer),
            BuyLot buy => new Caller(Id(0x13), buy.BidderId, Roles.Buyer),
            _ => SellerUser,
        };
        var receipt = await stepping.House.Grains.Handle(LotGrain.Kind, LotGuid(n), command with { CommandId = Command() }, caller, Ct);
        receipt.Refusals.Should().BeEmpty();
    }

    private async Task<LotPageRow> Lot(int n) => (await Queries.Lot(LotGuid(n), Ct))!;

    private async Task<IEnumerable<string>> Found(BoardFilter filter) => (await Queries.Board(filter, BoardOrder.ClosingSoon, after: null, 10, Ct)).Select(lot => lot.LotId);

    private sealed record PlanRow
    {
        public required string Detail { get; init; }
    }
}
