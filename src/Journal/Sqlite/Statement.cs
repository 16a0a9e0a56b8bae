using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Ainalym.Journal.Sqlite;

/// <summary>A prepared statement of the lane: bound and stepped without the cost of a command object. Not for general use: queries go through Dapper.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;
    private readonly string sql;

    /// <summary>For short texts on their way to SQLite, which copies them; on the stack it would be cleared for each.</summary>
    private readonly byte[] utf8 = new byte[512];

    public Statement(SqliteConnection connection, string sql)
    {
        this.connection = connection.Handle!;
        this.sql = sql;
        Check(raw.sqlite3_prepare_v3(this.connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, index, value));
        return this;
    }

    public Statement Bind(int index, string? value)
    {
        if (value is null) return BindNull(index);
        Check(value.Length * 3 <= utf8.Length
            ? raw.sqlite3_bind_text(statement, index, utf8.AsSpan(0, Encoding.UTF8.GetBytes(value, utf8)))
            : raw.sqlite3_bind_text(statement, index, Encoding.UTF8.GetBytes(value)));
        return this;
    }

    public Statement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(statement, index, utf8));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> blob)
    {
        Check(raw.sqlite3_bind_blob(statement, index, blob));
        return this;
    }

    public Statement Bind(int index, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(index, bytes);
    }

    public Statement Bind(int index, Cell cell) => cell.IsNumber ? Bind(index, cell.Number) : Bind(index, cell.Text);

    /// <summary>Runs a statement that gives no rows; returns how many rows it changed.</summary>
    public int Run()
    {
        Step();
        raw.sqlite3_reset(statement);
        return raw.sqlite3_changes(connection);
    }

    /// <summary>True when a row is there; the statement must then be <see cref="Done"/> when it was read.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE) return false;
        raw.sqlite3_reset(statement);
        throw Error(code);
    }

    public void Done() => raw.sqlite3_reset(statement);

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public Guid Id(int column) => new(raw.sqlite3_column_blob(statement, column), bigEndian: true);

    public Cell Cell(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => Journal.Cell.Null,
        raw.SQLITE_INTEGER => Number(column),
        _ => Text(column),
    };

    public void Dispose() => statement.Dispose();

    private Statement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(statement, index));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw Error(code);
    }

    private SqliteException Error(int code) =>
        new($"SQLite {code}: {raw.sqlite3_errmsg(connection).utf8_to_string()} in: {sql}", code, raw.sqlite3_extended_errcode(connection));
}
