using Ainalym.Journal.Storage;

namespace Ainalym.Journal.Sqlite;

/// <summary>The prepared statement of each row shape, on the writing connection.</summary>
internal sealed class RowStatements(SqliteSession session)
{
    private readonly Dictionary<RowShape, Statement> statements = [];

    public void Write(Row row)
    {
        if (!statements.TryGetValue(row.Shape, out var statement)) statements.Add(row.Shape, statement = session.Prepared(SqlOf(row.Shape)));
        for (var i = 0; i < row.Cells.Length; i++) statement.Bind(i + 1, row.Cells[i]);
        if (statement.Run() == 0 && row.Shape.Write == RowWrite.Update)
            throw new InvalidOperationException($"{row.Shape.Table.Name} has no row {string.Join('/', row.Cells.Take(row.Shape.Table.Key.Count))} to write to.");
    }

    private static string SqlOf(RowShape shape)
    {
        var table = shape.Table;
        string[] all = [.. table.Key, .. shape.Columns];
        var insert = $"INSERT INTO {table.Name} ({string.Join(", ", all)}) VALUES ({string.Join(", ", all.Select((_, i) => $"?{i + 1}"))})";
        var set = string.Join(", ", shape.Columns.Select((column, i) => $"{column} = ?{table.Key.Count + i + 1}"));
        var where = string.Join(" AND ", table.Key.Select((column, i) => $"{column} = ?{i + 1}"));
        return shape.Write switch
        {
            RowWrite.Insert => insert,
            RowWrite.Upsert => $"{insert} ON CONFLICT ({string.Join(", ", table.Key)}) DO UPDATE SET {set}",
            RowWrite.Update => $"UPDATE {table.Name} SET {set} WHERE {where}",
            RowWrite.Delete => $"DELETE FROM {table.Name} WHERE {where}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
