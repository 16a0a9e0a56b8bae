using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ainalym.Journal.Storage;

namespace Ainalym.Journal.SqlServer;

/// <summary>Many rows as one JSON text for OPENJSON: an array of arrays, cells in the order of the statement's paths.</summary>
internal static class JsonRows
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IReadOnlyList<Row> rows) => Write(rows, static (json, row) =>
    {
        foreach (var cell in row.Cells)
        {
            if (cell.IsNumber) json.WriteNumberValue(cell.Number);
            else json.WriteStringValue(cell.Text);
        }
    });

    public static string Of(IReadOnlyList<NewEvent> events) => Write(events, static (json, e) =>
    {
        json.WriteNumberValue(e.Position);
        json.WriteNumberValue(e.Stream);
        json.WriteNumberValue(e.Version);
        json.WriteNumberValue(e.Previous);
        json.WriteStringValue(e.Name);
        json.WriteStringValue(e.Data);
        json.WriteStringValue(Hex(e.CommandId));
        json.WriteStringValue(e.Caller);
        json.WriteNumberValue(e.AtMs);
    });

    public static string Of(IReadOnlyList<StoredReceipt> receipts) => Write(receipts, static (json, r) =>
    {
        json.WriteStringValue(Hex(r.CommandId));
        json.WriteStringValue(Convert.ToHexStringLower(r.Digest));
        json.WriteNumberValue(r.Stream);
        json.WriteNumberValue(r.Version);
        json.WriteNumberValue(r.Events);
        json.WriteStringValue(r.Answer);
        json.WriteNumberValue(r.AtMs);
    });

    public static string Of(IReadOnlyList<(long Stream, string Name)> streams) => Write(streams, static (json, stream) =>
    {
        json.WriteNumberValue(stream.Stream);
        json.WriteStringValue(stream.Name);
    });

    public static string Of(IReadOnlyList<MovedStream> streams) => Write(streams, static (json, stream) =>
    {
        json.WriteNumberValue(stream.Stream);
        json.WriteNumberValue(stream.From);
        json.WriteNumberValue(stream.To.Version);
        json.WriteNumberValue(stream.To.Last);
    });

    /// <summary>A plain array of texts.</summary>
    public static string Of(IEnumerable<string> texts) => JsonSerializer.Serialize(texts);

    /// <summary>The 16 big-endian bytes of an id, in hexadecimal: what the N form is.</summary>
    public static string Hex(Guid id) => id.ToString("N");

    private static string Write<T>(IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> cells)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartArray();
            cells(json, row);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
