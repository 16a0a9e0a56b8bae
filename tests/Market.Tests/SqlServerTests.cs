using System.Reflection;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Ainalym.Market.Prices;
using Ainalym.Support;

namespace Ainalym.Market.Tests;

/// <summary>The T-SQL beside the SQLite files, and what the queries send to SQL Server, is read by Microsoft's own parser.</summary>
public class SqlServerTests
{
    private static readonly Assembly Market = typeof(MarketModule).Assembly;

    [Fact]
    public void Every_migration_stands_on_both_engines_with_the_same_tables()
    {
        MigrationFiles.Names(Market, Engine.SqlServer).Should().NotBeEmpty().And.Equal(MigrationFiles.Names(Market, Engine.Sqlite));
        foreach (var name in MigrationFiles.Names(Market, Engine.SqlServer)) TSqlCheck.Problems(MigrationFiles.Text(Market, Engine.SqlServer, name)).Should().BeEmpty();
        MigrationFiles.Tables(Market, Engine.SqlServer).Should().BeEquivalentTo(MigrationFiles.Tables(Market, Engine.Sqlite));
    }

    [Fact]
    public void The_tables_have_the_columns_that_the_rows_write()
    {
        var tables = MigrationFiles.Tables(Market, Engine.SqlServer);
        tables.Keys.Should().BeEquivalentTo([.. LotGrain.Kind.Tables.Concat(DealGrain.Kind.Tables).Select(table => table.Name), "lot_words", "lot_bidders", "photos", "lot_drafts", "evidence_files"]);
        TSqlCheck.Problems(LotBiddersProjection.OnSqlServer).Should().BeEmpty();
        foreach (var table in LotGrain.Kind.Tables.Concat(DealGrain.Kind.Tables)) tables[table.Name].Should().BeEquivalentTo([.. table.Key, .. table.Columns]);
    }

    [Fact]
    public async Task Every_query_may_run()
    {
        var database = new RecordingDatabase();
        var queries = new LotQueries(database);
        var ct = CancellationToken.None;
        var id = Guid.Parse("01900000-0000-7000-8000-000000000001");
        foreach (var filter in Filters()) await queries.Board(filter, BoardOrder.ClosingSoon, after: null, 10, ct);
        var full = new BoardFilter(ClosingBefore: DateTimeOffset.UnixEpoch, Search: "картон алматы");
        foreach (var order in Enum.GetValues<BoardOrder>()) await queries.Board(full, order, after: null, 10, ct);
        await queries.Map(full, 10, ct);
        await queries.BidOnBy(id, null, 10, ct);
        await queries.Lot(id, ct);
        await queries.HasEndedWithout(id, id, ct);
        await queries.Bids(id, 9, 10, ct);
        await queries.OwnOf(id, id, ct);
        await queries.OpenUntil(DateTimeOffset.UnixEpoch, default, 10, ct);
        await queries.Frozen("", 10, ct);
        await queries.OfSeller(id, null, 10, ct);
        await queries.WonBy(id, null, 10, ct);
        await queries.History(id, ct);

        var asking = typeof(LotQueries).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        asking.Select(method => method.Name).Should().BeEquivalentTo(
            [nameof(LotQueries.Board), nameof(LotQueries.Lot), nameof(LotQueries.HasEndedWithout), nameof(LotQueries.Bids), nameof(LotQueries.OwnOf), nameof(LotQueries.OpenUntil), nameof(LotQueries.Frozen),
                nameof(LotQueries.OfSeller), nameof(LotQueries.WonBy), nameof(LotQueries.History), nameof(LotQueries.Map), nameof(LotQueries.BidOnBy)],
            "each is asked above");
        database.Statements.Should().HaveCount(16 + 3 + asking.Length - 2, "each runs one, but for the board, asked with every filter, and the history, which is the stream itself").And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }

    [Fact]
    public async Task Every_question_about_deals_may_run()
    {
        var database = new RecordingDatabase();
        database.Rows[typeof(DecisionsWaiting)] = new DecisionsWaiting { Waiting = 0, Overdue = 0 };
        var deals = new DealQueries(database);
        var id = Guid.Parse("01900000-0000-7000-8000-000000000001");
        await deals.Deal(id, CancellationToken.None);
        await deals.OfLot(id, CancellationToken.None);
        foreach (var side in (DealSide[])[DealSide.Seller, DealSide.Buyer])
        {
            await deals.Of(id, side, onlyTurn: true, before: null, 10, CancellationToken.None, "disputed");
            await deals.Of(id, side, onlyTurn: false, before: null, 10, CancellationToken.None);
        }

        foreach (var side in Enum.GetValues<DealSide>()) await deals.Waiting(id, side, CancellationToken.None);
        await deals.ToDecide(after: null, 10, CancellationToken.None);
        await deals.ToDecide(new Cursor(0, "x"), 10, CancellationToken.None, "disputed");
        await deals.ToDecide(new Cursor(1, "x"), 10, CancellationToken.None);
        await deals.WaitingAt("disputed", DateTimeOffset.UnixEpoch, CancellationToken.None);
        await deals.Defaulted(0, "", 10, CancellationToken.None);
        await deals.DefaultedSince(DateTimeOffset.UnixEpoch, CancellationToken.None);
        await deals.Underpaid("", 10, CancellationToken.None);
        await deals.DueAfter(DateTimeOffset.UnixEpoch, Cursor.Start, 10, CancellationToken.None);
        await deals.History(id, CancellationToken.None);
        database.Statements.Should().HaveCount(6 + 11).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
        typeof(DealQueries).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Should().HaveCount(11, "each is asked above");
    }

    [Fact]
    public async Task Every_question_about_prices_may_run()
    {
        var database = new RecordingDatabase();
        database.Rows[typeof(MarketTotals)] = new MarketTotals { OpenLots = 0, OpenGrams = 0, SoldLots = 0, SoldGrams = 0, SoldMinor = 0 };
        var prices = new PriceQueries(database);
        var grade = TextValue.Parse<GradeCode>("1.04.00");
        await prices.Totals(DateTimeOffset.UnixEpoch, CancellationToken.None);
        await prices.Settled(DateTimeOffset.UnixEpoch, grade: null, region: null, 10, CancellationToken.None);
        await prices.Settled(DateTimeOffset.UnixEpoch, grade, TextValue.Parse<Region>("75"), 10, CancellationToken.None);
        await prices.Lately(grade, before: null, 10, CancellationToken.None);
        database.Statements.Should().HaveCount(4).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
        typeof(PriceQueries).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Should().HaveCount(3, "each is asked above");
    }

    [Fact]
    public async Task Photos_documents_and_drafts_may_be_kept()
    {
        var database = new RecordingDatabase();
        var folder = Directory.CreateTempSubdirectory("ainalym-photos-").FullName;
        var photos = new PhotoUploads(database, new PhotoShelf(folder), TimeProvider.System);
        var documents = new EvidenceFiles(database, new EvidenceShelf(folder), TimeProvider.System);
        var drafts = new LotDrafts(database, TimeProvider.System);
        var id = Guid.Parse("01900000-0000-7000-8000-000000000001");
        await using var png = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "photos", "sample.png"));
        await photos.Take(png, small: null, id, CancellationToken.None);
        await photos.Named([new string('a', 64), new string('b', 64)], CancellationToken.None);
        using var pdf = new MemoryStream("%PDF-1.7 %%EOF"u8.ToArray());
        (await documents.Take(pdf, id, CancellationToken.None)).Hash.Should().NotBeNull();
        await documents.IsOf(id, new string('a', 64), CancellationToken.None);
        await drafts.Save(id, id, "{}", CancellationToken.None);
        await drafts.Of(id, CancellationToken.None);
        await drafts.One(id, id, CancellationToken.None);
        await drafts.Remove(id, id, CancellationToken.None);
        Directory.Delete(folder, recursive: true);
        database.Statements.Should().HaveCount(3 + 1 + 2 + 1 + 2 + 3).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }

    /// <summary>Each filter on its own and with every other.</summary>
    private static IEnumerable<BoardFilter> Filters()
    {
        bool[] either = [false, true];
        return
            from region in either
            from material in either
            from grade in either
            from format in either
            select new BoardFilter(
                region ? TextValue.Parse<Region>("75") : null,
                material ? "paper" : null,
                grade ? TextValue.Parse<GradeCode>("1.04.00") : null,
                format ? LotFormat.Ascending : null);
    }
}
