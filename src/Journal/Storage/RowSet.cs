using System.Security.Cryptography;
using System.Text;

namespace Ainalym.Journal;

/// <summary>Inline rows in memory: what the tables would hold if these rows were written, by the same rules.</summary>
public sealed class RowSet
{
    private readonly Dictionary<(RowTable Table, string Key), Cell[]> rows = [];

    /// <summary>Every row, key cells first, then all columns in the table's order.</summary>
    public IEnumerable<(RowTable Table, Cell[] Cells)> All => rows.Select(row => (row.Key.Table, row.Value));

    public int Count => rows.Count;

    /// <exception cref="InvalidOperationException">An added row is there already, or a row to write over is not.</exception>
    public void Apply(Row row)
    {
        var table = row.Shape.Table;
        var key = (table, KeyOf(table, row.Cells));
        var found = rows.TryGetValue(key, out var cells);
        if (row.Shape.Write == RowWrite.Delete)
        {
            rows.Remove(key);
            return;
        }

        if (found && row.Shape.Write == RowWrite.Insert) throw new InvalidOperationException($"{table.Name} has the row {key.Item2} already.");
        if (!found && row.Shape.Write == RowWrite.Update) throw new InvalidOperationException($"{table.Name} has no row {key.Item2} to write to.");
        if (!found)
        {
            cells = new Cell[table.Key.Count + table.Columns.Count];
            row.Cells.AsSpan(0, table.Key.Count).CopyTo(cells);
            rows.Add(key, cells);
        }

        for (var i = 0; i < row.Shape.Columns.Count; i++)
            cells![table.Key.Count + table.Columns.IndexOf(row.Shape.Columns[i])] = row.Cells[table.Key.Count + i];
    }

    public void Clear() => rows.Clear();

    internal static string KeyOf(RowTable table, IReadOnlyList<Cell> cells) => string.Join('/', cells.Take(table.Key.Count));
}

/// <summary>A sum over rows that does not depend on their order, so that tables of any size can be compared without holding them.</summary>
internal sealed class RowSum
{
    private UInt128 sum;

    public long Count { get; private set; }

    public void Add(IReadOnlyList<Cell> cells)
    {
        var text = new StringBuilder();
        foreach (var cell in cells) text.Append(cell.IsNull ? 'n' : cell.IsNumber ? 'i' : 't').Append(cell.ToString()!.Length).Append(':').Append(cell.ToString());
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        unchecked
        {
            sum += new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash, 8));
        }

        Count++;
    }

    public bool Same(RowSum other) => Count == other.Count && sum == other.sum;
}

internal static class Lists
{
    public static int IndexOf<T>(this IReadOnlyList<T> list, T wanted)
    {
        for (var i = 0; i < list.Count; i++)
            if (EqualityComparer<T>.Default.Equals(list[i], wanted)) return i;
        return -1;
    }
}
