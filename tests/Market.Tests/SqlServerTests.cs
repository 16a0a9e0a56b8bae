using System.Reflection;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Ainalym.Market.Tests;

/// <summary>The T-SQL beside the SQLite files is read by Microsoft's own parser.</summary>
public class SqlServerTests
{
    private static readonly Assembly Market = typeof(MarketModule).Assembly;

    [Fact]
    public void Every_migration_stands_on_both_engines()
    {
        var files = Market.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).ToList();
        files.Where(name => name.StartsWith("Sqlite/", StringComparison.Ordinal)).Select(name => name["Sqlite/".Length..]).Should().NotBeEmpty()
            .And.BeEquivalentTo(files.Where(name => name.StartsWith("SqlServer/", StringComparison.Ordinal)).Select(name => name["SqlServer/".Length..]));
    }

    public static TheoryData<string> Files => [.. Market.GetManifestResourceNames().Where(name => name.StartsWith("SqlServer/", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Files))]
    public void Every_statement_parses(string file)
    {
        using var stream = Market.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        errors.Select(error => $"{error.Line}:{error.Column} {error.Message}").Should().BeEmpty();
    }

    /// <summary>Both engines have the same tables with the same columns.</summary>
    [Fact]
    public void The_tables_have_the_columns_that_the_rows_write()
    {
        using var stream = Market.GetManifestResourceStream("SqlServer/V001__lots.sql")!;
        using var reader = new StreamReader(stream);
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out _);
        var tables = script.Batches.SelectMany(batch => batch.Statements).OfType<CreateTableStatement>()
            .ToDictionary(table => table.SchemaObjectName.BaseIdentifier.Value, table => table.Definition.ColumnDefinitions.Select(column => column.ColumnIdentifier.Value).ToList());

        tables.Keys.Should().BeEquivalentTo(Lots.LotGrain.Kind.Tables.Select(table => table.Name));
        foreach (var table in Lots.LotGrain.Kind.Tables) tables[table.Name].Should().BeEquivalentTo([.. table.Key, .. table.Columns]);
    }
}
