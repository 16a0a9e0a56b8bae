using Ainalym.Journal.SqlServer;
using Ainalym.Support;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Ainalym.Journal.Tests.SqlServer;

/// <summary>OPENJSON cuts a text that is too long for the type it is taken out as; a column refuses it. So the column must be the narrower of the two.</summary>
public sealed class Widths
{
    public static TheoryData<string> Inserts => [SqlServerStatements.AddStreams, SqlServerStatements.AddEvents, SqlServerStatements.AddReceipts];

    [Theory, MemberData(nameof(Inserts))]
    public void Texts_are_taken_out_of_the_JSON_wider_than_their_columns(string sql)
    {
        var insert = ((InsertStatement)Statement(sql).Single()).InsertSpecification;
        var json = (OpenJsonTableReference)((QuerySpecification)((SelectInsertSource)insert.InsertSource).Select).FromClause.TableReferences.Single();
        var table = ((NamedTableReference)insert.Target).SchemaObject.BaseIdentifier.Value;
        var columns = Journal(table).ToDictionary(column => column.ColumnIdentifier.Value, column => column.DataType, StringComparer.Ordinal);

        var texts = json.SchemaDeclarationItems.Select(item => (item.ColumnDefinition.ColumnIdentifier.Value, item.ColumnDefinition.DataType))
            .Where(taken => Width(columns[taken.Value]) is not null)
            .ToList();
        texts.Should().NotBeEmpty().And.AllSatisfy(text => (Width(text.DataType) > Width(columns[text.Value]) || Width(text.DataType) == int.MaxValue).Should().BeTrue(text.Value));
    }

    /// <summary>In characters; null when it holds no text.</summary>
    private static int? Width(DataTypeReference type) => type is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.NVarChar, Parameters: [var width] }
        ? width is MaxLiteral ? int.MaxValue : int.Parse(width.Value, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    private static IList<ColumnDefinition> Journal(string table) => Statement(MigrationFiles.Text(typeof(House).Assembly, Engine.SqlServer, "V001__journal.sql"))
        .OfType<CreateTableStatement>().Single(made => made.SchemaObjectName.BaseIdentifier.Value == table).Definition.ColumnDefinitions;

    private static IEnumerable<TSqlStatement> Statement(string sql)
    {
        using var reader = new StringReader(sql);
        return ((TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out _)).Batches.SelectMany(batch => batch.Statements);
    }
}
