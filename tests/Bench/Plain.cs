using System.Diagnostics;
using Ainalym.Kernel;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Ainalym.Bench;

/// <summary>The usual way: one transaction a bid, on the same schema with the same durability: read the lot, check, insert, update, commit.</summary>
public static class Plain
{
    private sealed record Lot(long? PriceMinor, long Bids, string Status, long ClosesAtMs, long Last);

    public static Row Run(string folder, int lots, TimeSpan measured)
    {
        using var connection = Bare.Opened(Path.Combine(folder, "journal.db"));
        var position = connection.ExecuteScalar<long>("SELECT position FROM head");
        var streams = Enumerable.Range(0, lots).Select(n => connection.ExecuteScalar<long>("SELECT stream FROM streams WHERE name = @name", new { name = $"market/lot/{Ground.Id("lot", n):N}" })).ToArray();
        var versions = streams.Select(stream => connection.ExecuteScalar<long>("SELECT version FROM streams WHERE stream = @stream", new { stream })).ToArray();
        var accepted = 0L;
        var times = new List<long>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < measured)
        {
            var before = Stopwatch.GetTimestamp();
            var n = (int)(accepted % lots);
            if (Bid(connection, Ground.Id("lot", n).ToString("N"), streams[n], ++versions[n], ++position)) accepted++;
            times.Add(Stopwatch.GetTimestamp() - before);
        }

        var syncs = FileSyncs(folder, TimeSpan.FromSeconds(1));
        return new("plain bids", accepted / Stopwatch.GetElapsedTime(started, started + times.Sum()).TotalSeconds, Times.Of(times), $"one writer, a transaction a bid; the disk gives {syncs:N0} fsyncs/s");
    }

    private static bool Bid(SqliteConnection connection, string lotId, long stream, long version, long position)
    {
        connection.Execute("BEGIN IMMEDIATE");
        var lot = connection.QuerySingle<Lot>("SELECT s.price_minor AS PriceMinor, s.bids AS Bids, l.status AS Status, l.closes_at_ms AS ClosesAtMs, t.last AS Last FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id, streams t WHERE l.lot_id = @lotId AND t.stream = @stream", new { lotId, stream });
        var maximum = Ground.Higher().MinorUnits;
        if (lot.Status != "open" || maximum <= (lot.PriceMinor ?? 0))
        {
            connection.Execute("ROLLBACK");
            return false;
        }

        var commandId = CommandId();
        var at = lot.ClosesAtMs - 1_000_000;
        connection.Execute(
            "INSERT INTO events (position, stream, version, previous, name, data, command_id, caller, at_ms) VALUES (@position, @stream, @version, @previous, 'market.bid-placed.v1', @data, @commandId, @caller, @at)",
            new { position, stream, version, previous = lot.Last, data = Data, commandId, caller = "019f0c625a007d1e8d3b0d6c7f5f9a11/019f0c625a007d1e8d3b0d6c7f5f9a12", at });
        connection.Execute(
            "INSERT INTO receipts (command_id, digest, stream, version, events, answer, at_ms) VALUES (@commandId, @digest, @stream, @version, 1, NULL, @at)",
            new { commandId, digest = new byte[32], stream, version, at });
        connection.Execute("UPDATE streams SET version = @version, last = @position WHERE stream = @stream", new { version, position, stream });
        connection.Execute("UPDATE lot_standings SET version = @version, price_minor = @maximum, bids = bids + 1, leader_number = 1, reserve_met = 1 WHERE lot_id = @lotId", new { version, maximum, lotId });
        connection.Execute("COMMIT");
        return true;
    }

    private static byte[] CommandId()
    {
        var id = new byte[16];
        Journal.CommandIds.New(TimeProvider.System).TryWriteBytes(id, bigEndian: true, out _);
        return id;
    }

    private static double FileSyncs(string folder, TimeSpan measured)
    {
        using var file = new FileStream(Path.Combine(folder, "syncs"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < measured; count++)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private const string Data = """{"BidderId":"019f0c62-5a00-7d1e-8d3b-0d6c7f5f9a11","BidderNumber":7,"Maximum":"123456.78","Price":"123450.00","LeaderNumber":7,"ReserveMet":true,"At":"2026-05-04T12:00:00.123+00:00"}""";
}
