using System.Data;
using Ainalym.Journal.Storage;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Ainalym.Journal.SqlServer;

/// <summary>An open connection, with the transaction its statements take part in. Used by one thread at a time.</summary>
internal readonly record struct SqlServerSession(SqlConnection Connection, SqlTransaction? Transaction = null)
{
    /// <summary>The number of rows touched.</summary>
    public int Run(string sql, object? values = null) => Connection.Execute(sql, values, Transaction);

    public Head ReadHead() => Read(SqlServerStatements.ReadHead, null, row => new Head(row.GetInt64(0), row.GetInt64(1), Bytes(row, 2))) is [var head]
        ? head
        : throw new StorageException("The journal has no head row: the database is damaged. Restore it from a back-up.");

    public long FindStream(string name) => Read(SqlServerStatements.FindStream, new { name }, row => row.GetInt64(0)).SingleOrDefault();

    public StoredSnapshot? ReadSnapshot(long stream, int format) =>
        Read(SqlServerStatements.ReadSnapshot, new { stream, format = (long)format }, row => new StoredSnapshot(row.GetInt64(0), Bytes(row, 1))) is [var snapshot] ? snapshot : null;

    public List<StoredEvent> ReadStream(long stream, string streamName, long afterVersion) => Read(
        SqlServerStatements.ReadStream,
        new { stream, after = afterVersion },
        row => new StoredEvent(row.GetInt64(0), stream, streamName, row.GetInt64(1), row.GetString(2), Utf8(row, 3), Id(row, 4), row.GetString(5), row.GetInt64(6)));

    public List<StoredEvent> ReadBack(string streamName, long before, int most) => Read(
        SqlServerStatements.ReadBack, new { name = streamName, before = before == 0 ? long.MaxValue : before, n = most }, WithStream);

    public List<StoredEvent> ReadAfter(long position, int most) => Read(SqlServerStatements.ReadAfter, new { after = position, n = most }, WithStream);

    private static StoredEvent WithStream(IDataRecord row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4), Utf8(row, 5), Id(row, 6), row.GetString(7), row.GetInt64(8));

    public List<(long Position, byte[] Hash)> ReadChain(long afterPosition, int most) =>
        Read(SqlServerStatements.ReadChain, new { after = afterPosition, n = most }, row => (row.GetInt64(0), Bytes(row, 1)));

    public List<(long Stream, string Name)> ReadStreams(long afterStream, int most) =>
        Read(SqlServerStatements.ReadStreams, new { after = afterStream, n = most }, row => (row.GetInt64(0), row.GetString(1)));

    public List<(string Name, long Stream, StreamEnd End)> FindStreams(IEnumerable<string> names) =>
        Read(SqlServerStatements.FindStreams, new { names = JsonRows.Of(names) }, row => (row.GetString(0), row.GetInt64(1), new StreamEnd(row.GetInt64(2), row.GetInt64(3))));

    public List<StoredReceipt> FindReceipts(IEnumerable<Guid> commandIds) => Read(
        SqlServerStatements.FindReceipts,
        new { ids = JsonRows.Of(commandIds.Select(JsonRows.Hex)) },
        row => new StoredReceipt(Id(row, 0), Bytes(row, 1), row.GetInt64(2), row.GetInt64(3), checked((int)row.GetInt64(4)), row.IsDBNull(5) ? null : row.GetString(5), row.GetInt64(6)));

    /// <summary>Rows one by one, for tables of any size.</summary>
    public IEnumerable<Cell[]> ReadRows(string sql, DynamicParameters? values = null)
    {
        using var reader = Connection.ExecuteReader(sql, values, Transaction);
        while (reader.Read())
        {
            var cells = new Cell[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++) cells[i] = reader.IsDBNull(i) ? Cell.Null : reader.GetValue(i) is string text ? text : reader.GetInt64(i);
            yield return cells;
        }
    }

    private List<T> Read<T>(string sql, object? values, Func<IDataRecord, T> make)
    {
        using var reader = Connection.ExecuteReader(sql, values, Transaction);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(make(reader));
        return rows;
    }

    private static byte[] Bytes(IDataRecord row, int column) => (byte[])row.GetValue(column);

    private static byte[] Utf8(IDataRecord row, int column) => System.Text.Encoding.UTF8.GetBytes(row.GetString(column));

    private static Guid Id(IDataRecord row, int column) => new(Bytes(row, column), bigEndian: true);
}
