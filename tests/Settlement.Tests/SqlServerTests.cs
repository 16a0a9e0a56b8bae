using System.Reflection;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Ainalym.Support;

namespace Ainalym.Settlement.Tests;

/// <summary>The T-SQL beside the SQLite files, and what the queries send to SQL Server, is read by Microsoft's own parser.</summary>
public class SqlServerTests
{
    private static readonly Assembly Settlement = typeof(SettlementModule).Assembly;

    [Fact]
    public void Every_migration_stands_on_both_engines_with_the_same_tables()
    {
        MigrationFiles.Names(Settlement, Engine.SqlServer).Should().NotBeEmpty().And.Equal(MigrationFiles.Names(Settlement, Engine.Sqlite));
        foreach (var name in MigrationFiles.Names(Settlement, Engine.SqlServer)) TSqlCheck.Problems(MigrationFiles.Text(Settlement, Engine.SqlServer, name)).Should().BeEmpty();
        MigrationFiles.Tables(Settlement, Engine.SqlServer).Should().BeEquivalentTo(MigrationFiles.Tables(Settlement, Engine.Sqlite));
    }

    [Fact]
    public void The_tables_have_the_columns_that_the_rows_write()
    {
        var tables = MigrationFiles.Tables(Settlement, Engine.SqlServer);
        tables.Keys.Should().BeEquivalentTo(LedgerGrain.Kind.Tables.Select(table => table.Name));
        foreach (var table in LedgerGrain.Kind.Tables) tables[table.Name].Should().BeEquivalentTo([.. table.Key, .. table.Columns]);
    }

    [Fact]
    public async Task Every_query_may_run()
    {
        var database = new RecordingDatabase();
        var queries = new LedgerQueries(database);
        var ct = CancellationToken.None;
        await queries.Accounts(Currency.Kzt, [Words.Aliya, Words.Bank], ct);
        await queries.Statement(Currency.Kzt, Words.Aliya, 0, 10, ct);
        await queries.Holds(Currency.Kzt, Words.Aliya, "", 10, ct);
        await queries.Transfer(Currency.Kzt, Words.Transfer(1), ct);
        await queries.TrialBalance(Currency.Kzt, null, null, ct);
        await queries.TrialBalance(Currency.Kzt, 7, Words.Noon, ct);
        database.Statements.Should().HaveCount(6).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
        typeof(LedgerQueries).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Should().HaveCount(5, "each is asked above");
    }
}
