using System.Diagnostics;
using System.Globalization;

namespace Ainalym.Journal.SqlServer;

/// <summary>What the cells of a column hold. A column that has only held nulls so far is not known yet.</summary>
internal enum CellType { Unknown, Number, Text }

/// <summary>The statements over tables of inline rows: one per shape writes all rows of that shape at once. Names come from <see cref="RowTable"/>, values never.</summary>
internal static class RowSql
{
    /// <summary>Writes the rows in <c>@rows</c>, a JSON array of arrays of cells; no key may be in it twice.</summary>
    /// <param name="types">One per cell of the shape: key first, then its columns.</param>
    public static string Write(RowShape shape, IReadOnlyList<CellType> types)
    {
        var table = $"[{shape.Table.Name}]";
        string[] all = [.. shape.Table.Key, .. shape.Columns];
        var source = $"OPENJSON(@rows) WITH ({Join(", ", all.Select((name, i) => $"[{name}] {TypeOf(types[i], isKey: i < shape.Table.Key.Count)} '$[{i.ToString(CultureInfo.InvariantCulture)}]'"))}) j";
        var same = Join(" AND ", shape.Table.Key.Select((name, i) => $"t.[{name}] = j.[{name}]{(types[i] == CellType.Number ? "" : " " + SqlServerStatements.KeyOrder)}"));
        var insert = $"INSERT INTO {table} ({Join(", ", all.Select(name => $"[{name}]"))}) SELECT {Join(", ", all.Select(name => $"j.[{name}]"))} FROM {source}";
        var update = $"UPDATE t SET {Join(", ", shape.Columns.Select(name => $"[{name}] = j.[{name}]"))} FROM {table} t JOIN {source} ON {same}";
        var insertMissing = $"{insert} WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE {same})";
        return shape.Write switch
        {
            RowWrite.Insert => insert,
            RowWrite.Upsert => shape.Columns.Count == 0 ? insertMissing : $"{update};\n{insertMissing}",
            RowWrite.Update => update,
            RowWrite.Delete => $"DELETE t FROM {table} t JOIN {source} ON {same}",
            _ => throw new UnreachableException(),
        };
    }

    public static string ReadAll(RowTable table) => $"SELECT {Join(", ", table.Key.Concat(table.Columns).Select(name => $"[{name}]"))} FROM [{table.Name}]";

    /// <summary>The rows whose key begins with <c>@k0</c>.</summary>
    public static string ReadFirst(RowTable table) => $"{ReadAll(table)} WHERE [{table.Key[0]}] = @{KeyName(0)}";

    /// <summary>The row whose key is in <c>@k0</c>, <c>@k1</c> …</summary>
    public static string ReadOne(RowTable table) => $"{ReadAll(table)} WHERE {Join(" AND ", table.Key.Select((name, i) => $"[{name}] = @{KeyName(i)}"))}";

    public static string Clear(RowTable table) => $"DELETE FROM [{table.Name}]";

    public static string KeyName(int i) => "k" + i.ToString(CultureInfo.InvariantCulture);

    /// <summary>Keys are short, so that they can be looked up in an index.</summary>
    private static string TypeOf(CellType type, bool isKey) => type == CellType.Number ? "BIGINT" : isKey ? "NVARCHAR(400)" : "NVARCHAR(MAX)";

    private static string Join(string between, IEnumerable<string> parts) => string.Join(between, parts);
}
