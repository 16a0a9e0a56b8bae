using System.Collections.Concurrent;

namespace Ainalym.Journal.SqlServer;

/// <summary>Writes inline rows, all of one shape in one statement. What a column holds is learned from the cells that come.</summary>
internal sealed class RowStatements
{
    private readonly ConcurrentDictionary<RowShape, Known> known = new();

    /// <summary>A shape's statement, for the cell types known so far.</summary>
    private sealed record Known(CellType[] Types, string Sql);

    /// <exception cref="InvalidOperationException">A row to write over is not there.</exception>
    public void Write(SqlServerSession session, IReadOnlyList<Row> rows)
    {
        foreach (var (shape, group) in Groups(rows))
        {
            var written = session.Run(SqlFor(shape, group), new { rows = JsonRows.Of(group) });
            if (shape.Write == RowWrite.Update && written != group.Count)
            {
                throw new InvalidOperationException(group.Count == 1
                    ? $"{shape.Table.Name} has no row {RowSet.KeyOf(shape.Table, group[0].Cells)} to write to."
                    : $"{shape.Table.Name} has {written} of the {group.Count} rows to write to.");
            }
        }
    }

    /// <summary>
    /// The rows by shape, in an order that leaves the same rows as one by one. A row whose key was written before goes into a later group than that write, so no group holds a
    /// key twice.
    /// </summary>
    internal static IEnumerable<(RowShape Shape, IReadOnlyList<Row> Rows)> Groups(IReadOnlyList<Row> rows)
    {
        var rounds = new List<OrderedDictionary<RowShape, List<Row>>>();
        var next = new Dictionary<(string Table, string Key), int>();
        foreach (var row in rows)
        {
            var table = row.Shape.Table;
            var key = (table.Name, RowSet.KeyOf(table, row.Cells));
            var round = next.GetValueOrDefault(key);
            next[key] = round + 1;
            if (round == rounds.Count) rounds.Add([]);
            if (!rounds[round].TryGetValue(row.Shape, out var group)) rounds[round].Add(row.Shape, group = []);
            group.Add(row);
        }

        foreach (var round in rounds)
            foreach (var (shape, group) in round) yield return (shape, group);
    }

    private string SqlFor(RowShape shape, IReadOnlyList<Row> rows)
    {
        var before = known.GetValueOrDefault(shape);
        var types = before is null ? new CellType[shape.Table.Key.Count + shape.Columns.Count] : (CellType[])before.Types.Clone();
        foreach (var row in rows)
        {
            for (var i = 0; i < types.Length; i++)
            {
                if (row.Cells[i].IsNull) continue;
                var type = row.Cells[i].IsNumber ? CellType.Number : CellType.Text;
                if (types[i] == CellType.Unknown) types[i] = type;
                if (types[i] != type) throw new InvalidOperationException($"{shape.Table.Name} was given a number and a text for the same column: {row.Cells[i]}.");
            }
        }

        if (before is not null && types.AsSpan().SequenceEqual(before.Types)) return before.Sql;
        var now = new Known(types, RowSql.Write(shape, types));
        known[shape] = now;
        return now.Sql;
    }
}
