using System.Reflection;
using Ainalym.Journal.Following;
using Ainalym.Journal.SqlServer;
using Ainalym.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Journal.Tests.SqlServer;

/// <summary>Every statement meant for SQL Server is read by Microsoft's parser and keeps to what servers of its kind have in common.</summary>
public sealed class Statements
{
    private static readonly Assembly[] Modules = [typeof(House).Assembly, typeof(Statements).Assembly];
    private static readonly RowTable[] Tables = [.. TallyGrain.Kind.Tables, Reminder.Table, new("keys", ["order", "key"], [])];

    public static TheoryData<string> Constants =>
        [.. typeof(SqlServerStatements).GetFields().Select(constant => constant.Name).Except([nameof(SqlServerStatements.Page), nameof(SqlServerStatements.KeyOrder)], StringComparer.Ordinal)];

    public static TheoryData<string, string> Refused => new()
    {
        { "SELEC 1", "EXEC" },
        { "SELECT a b c FROM t", "near c" },
        { "SELECT checkpoint FROM followers", "checkpoint" },
        { "SELECT 1 FROM t LIMIT 5", "LIMIT" },
        { "MERGE t USING s ON t.a = s.a WHEN MATCHED THEN DELETE;", "MERGE" },
        { "CREATE OR ALTER VIEW v AS SELECT 1 AS a", "CREATE OR ALTER" },
        { "CREATE OR ALTER PROCEDURE p AS SELECT 1", "CREATE OR ALTER" },
        { "CREATE TABLE t (a geography)", "CLR" },
        { "CREATE TABLE t (a INT) WITH (MEMORY_OPTIMIZED = ON)", "memory-optimised" },
        { "CREATE TABLE t (a INT PRIMARY KEY, b DATETIME2 GENERATED ALWAYS AS ROW START, c DATETIME2 GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (b, c)) WITH (SYSTEM_VERSIONING = ON)", "temporal" },
        { "SELECT a FROM t FOR SYSTEM_TIME ALL", "temporal" },
        { "CREATE VIEW v WITH SCHEMABINDING AS SELECT a FROM dbo.t", "indexed" },
        { "SELECT MIN_ACTIVE_ROWVERSION()", "MIN_ACTIVE_ROWVERSION" },
        { "UPDATE t SET a = 1 OUTPUT inserted.a FROM t JOIN s ON s.a = t.a", "OUTPUT" },
        { "SELECT a FROM t WITH (UPDLOCK, HOLDLOCK)", "hint" },
        { "EXEC sp_getapplock 'a', 'Exclusive'", "EXEC" },
        { "CREATE TABLE t (a INT CONSTRAINT pk PRIMARY KEY)", "constraint with a name" },
        { "SELECT a FROM t WHERE LENGTH(a) > 3", "SQLite alone" },
        { "SELECT COUNT(*) AS N FROM t", "INT" },
        { "SELECT LEN(a) AS Length FROM t", "INT" },
        { "SELECT CASE WHEN a > b THEN 1 ELSE 0 END AS IsMore FROM t", "INT" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_may_not_run_is_refused(string sql, string why) => TSqlCheck.Problems(sql).Should().NotBeEmpty().And.Contain(problem => problem.Contains(why, StringComparison.Ordinal));

    /// <summary>Just beside what is refused.</summary>
    [Theory]
    [InlineData("SELECT CAST(COUNT(*) AS BIGINT) AS N FROM t")]
    [InlineData("SELECT a FROM t WHERE EXISTS (SELECT 1 FROM s) GROUP BY a HAVING COUNT(*) > 1")]
    [InlineData("SELECT CASE WHEN a > b THEN a END AS More, MAX(c) AS Most FROM t WHERE LEN(d) > 3 GROUP BY a, b")]
    [InlineData("UPDATE t SET a = 1 OUTPUT inserted.a")]
    [InlineData("UPDATE t SET a = s.a FROM t JOIN s ON s.b = t.b")]
    public void What_stands_beside_it_may_run(string sql) => TSqlCheck.Problems(sql).Should().BeEmpty();

    [Theory, MemberData(nameof(Constants))]
    public void The_engines_own_statements_may_run(string name) =>
        TSqlCheck.Problems((string)typeof(SqlServerStatements).GetField(name)!.GetRawConstantValue()!).Should().BeEmpty();

    [Fact]
    public void The_statements_of_every_row_shape_may_run()
    {
        var statements = new List<string>();
        foreach (var table in Tables)
        {
            RowShape[] shapes = [table.Whole(), table.Added(), .. table.Columns.Count > 0 ? [table.Part(table.Columns[0]), table.Part(table.Columns)] : (RowShape[])[], table.Gone()];
            foreach (var shape in shapes)
                statements.AddRange(Types(table.Key.Count + shape.Columns.Count).Select(types => RowSql.Write(shape, types)));
            statements.AddRange([RowSql.ReadAll(table), RowSql.ReadFirst(table), RowSql.ReadOne(table), RowSql.Clear(table)]);
        }

        statements.Should().HaveCountGreaterThan(500).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }

    [Fact]
    public void Every_migration_stands_on_both_engines_with_the_same_tables()
    {
        foreach (var module in Modules)
        {
            MigrationFiles.Names(module, Engine.SqlServer).Should().NotBeEmpty().And.Equal(MigrationFiles.Names(module, Engine.Sqlite));
            foreach (var name in MigrationFiles.Names(module, Engine.SqlServer)) TSqlCheck.Problems(MigrationFiles.Text(module, Engine.SqlServer, name)).Should().BeEmpty();
            MigrationFiles.Tables(module, Engine.SqlServer).Should().BeEquivalentTo(MigrationFiles.Tables(module, Engine.Sqlite));
        }
    }

    [Fact]
    public async Task What_the_house_writes_and_reads_by_itself_may_run()
    {
        var database = new RecordingDatabase();
        await using (var house = new House(new RecordingStore(database), [Given.Module()], new HouseOptions("nowhere") { SnapshotEvery = 1 }, NullLoggerFactory.Instance))
        {
            await Work(house, database);
            database.Touched = 1;
            database.Rows.Add(typeof(OutboxEntry), new OutboxEntry("key", "kind", "payload", 0));
            await Work(house, database);
        }

        var statements = database.Statements.Distinct(StringComparer.Ordinal).ToList();
        string[] expected = ["snapshots", "followers", "outbox", "processes", "secrets", "reminders", "tally_totals"];
        expected.Should().AllSatisfy(table => statements.Should().Contain(sql => sql.Contains($"FROM {table}", StringComparison.Ordinal) || sql.Contains($"UPDATE {table}", StringComparison.Ordinal)));
        statements.Should().HaveCountGreaterThan(20).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }

    /// <summary>Everything that has SQL of its own, once.</summary>
    private static async Task Work(House house, RecordingDatabase database)
    {
        var ct = CancellationToken.None;
        var leases = new Leases(house.Lane, house.Database, house.Clock, TimeSpan.FromSeconds(10));
        var lease = await leases.TryTake("test", ct) ?? new Lease("test", 0, 0);
        await leases.GiveBack(lease);
        var move = () => leases.Move(lease, 5);
        if (database.Touched == 0) await move.Should().ThrowAsync<LeaseLostException>();
        else await move();
        await house.Beats.Outage(TimeSpan.FromMinutes(1), ct);
        await house.Beats.Beat(ct);
        await house.Reminders.Next(ct);
        await house.Reminders.FireDue(ct);
        await house.Outbox.SendDue(ct);
        await house.Database.Write(
            writing =>
            {
                Outbox.Add(writing, "key", "kind", "payload");
                new TotalsProjection().Apply(writing, []);
                return 0;
            },
            ct);
        var secret = () => house.Secrets.Get("name", ct);
        await secret.Should().ThrowAsync<NullReferenceException>("nothing is stored here");
        await house.Add($"t{database.Touched}", 5, id: 1 + database.Touched);
        await house.CatchUp(ct);
        await house.Rebuild("test/totals", progress: null, ct);
    }

    private static IEnumerable<CellType[]> Types(int count) => count == 0
        ? [[]]
        : Types(count - 1).SelectMany(types => new[] { CellType.Unknown, CellType.Number, CellType.Text }.Select(type => (CellType[])[.. types, type]));
}
