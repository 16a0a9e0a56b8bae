using System.Text.Json;
using Ainalym.Journal.SqlServer;

namespace Ainalym.Journal.Tests.SqlServer;

/// <summary>Rows go to SQL Server many at once, in groups.</summary>
public sealed class Rows
{
    private static readonly RowTable Table = new("things", ["id"], ["a", "b"]);
    private static readonly RowShape Whole = Table.Whole();
    private static readonly RowShape A = Table.Part("a");
    private static readonly RowShape B = Table.Part("b");
    private static readonly RowShape Gone = Table.Gone();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory, MemberData(nameof(Seeds))]
    public void Groups_leave_the_rows_that_one_by_one_leaves(int seed)
    {
        var random = new Random(seed);
        var rows = new List<Row>();
        for (var n = 0; n < 200; n++)
        {
            var id = random.Next(8).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var there = rows.LastOrDefault(row => row.Cells[0].Text == id) is { Shape: not null and var last } && last != Gone;
            rows.Add((there ? random.Next(4) : 0) switch
            {
                1 => A.Row(id, n),
                2 => B.Row(id, $"b{n}"),
                3 => Gone.Row(id),
                _ => Whole.Row(id, n, $"whole{n}"),
            });
        }

        var groups = RowStatements.Groups(rows).ToList();
        groups.Should().AllSatisfy(group => group.Rows.Select(row => row.Cells[0].Text).Should().OnlyHaveUniqueItems());
        Left(groups.SelectMany(group => group.Rows)).Should().BeEquivalentTo(Left(rows));
    }

    [Fact]
    public void Rows_of_many_streams_make_as_few_groups_as_one_streams()
    {
        var rows = Enumerable.Range(0, 500).SelectMany(n => (Row[])[Whole.Row($"id{n}", 1, "x"), A.Row($"id{n}", 2)]);
        RowStatements.Groups([.. rows]).Select(group => (group.Shape, group.Rows.Count)).Should().Equal((Whole, 500), (A, 500));
    }

    [Fact]
    public void Cells_travel_as_JSON_and_come_back_as_they_were()
    {
        Row[] rows = [Whole.Row("қ\"\\'", long.MaxValue, Cell.Null), Whole.Row("<b>", long.MinValue, "line\nbreak")];
        using var json = JsonDocument.Parse(JsonRows.Of(rows));
        json.RootElement.EnumerateArray().Select(row => row.EnumerateArray().Select(Read).ToList()).Should().BeEquivalentTo(rows.Select(row => row.Cells), options => options.WithStrictOrdering());
    }

    [Fact]
    public void An_event_travels_with_its_JSON_as_text_and_its_id_in_hexadecimal()
    {
        using var json = JsonDocument.Parse(JsonRows.Of([new Storage.NewEvent(7, 3, 2, 5, "test.added.v1", """{"note":"тоқсан \"90\""}"""u8.ToArray(), Given.Id(1), "caller", 5)]));
        var cells = json.RootElement[0];
        cells.GetArrayLength().Should().Be(9);
        cells[5].GetString().Should().Be("""{"note":"тоқсан \"90\""}""");
        new Guid(Convert.FromHexString(cells[6].GetString()!), bigEndian: true).Should().Be(Given.Id(1));
    }

    private static IEnumerable<(string Id, string A, string B)> Left(IEnumerable<Row> rows)
    {
        var set = new RowSet();
        foreach (var row in rows) set.Apply(row);
        return set.All.Select(row => (row.Cells[0].ToString(), row.Cells[1].ToString(), row.Cells[2].ToString()));
    }

    private static Cell Read(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Number => cell.GetInt64(),
        JsonValueKind.Null => Cell.Null,
        _ => cell.GetString(),
    };
}
