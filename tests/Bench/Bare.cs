using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Ainalym.Bench;

/// <summary>What the machine gives at most: rows of a bid event's size, written in group commits, no secondary index, the same durability.</summary>
public static class Bare
{
    public static Row Run(string folder, int batch, TimeSpan measured)
    {
        using var connection = Opened(Path.Combine(folder, "bare.db"));
        connection.Execute("""
            CREATE TABLE events (position INTEGER NOT NULL PRIMARY KEY, stream INTEGER NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL,
                data TEXT NOT NULL, command_id BLOB NOT NULL, caller TEXT NOT NULL, at_ms INTEGER NOT NULL)
            """);
        var data = """{"BidderId":"019f0c62-5a00-7d1e-8d3b-0d6c7f5f9a11","BidderNumber":7,"Maximum":"123456.78","Price":"123450.00","LeaderNumber":7,"ReserveMet":true,"At":"2026-05-04T12:00:00.123+00:00"}"""u8.ToArray();
        using var insert = new Journal.Sqlite.Statement(connection, "INSERT INTO events (position, stream, version, name, data, command_id, caller, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        using var begin = new Journal.Sqlite.Statement(connection, "BEGIN IMMEDIATE");
        using var commit = new Journal.Sqlite.Statement(connection, "COMMIT");
        var rows = 0L;
        var started = Stopwatch.GetTimestamp();
        var times = new List<long>();
        while (Stopwatch.GetElapsedTime(started) < measured)
        {
            var before = Stopwatch.GetTimestamp();
            begin.Run();
            for (var i = 0; i < batch; i++)
            {
                rows++;
                insert.Bind(1, rows).Bind(2, rows % 1_000).Bind(3, rows / 1_000).Bind(4, "market.bid-placed.v1").BindText(5, data)
                    .Bind(6, Ground.Id("command", (int)(rows % 1_000_000))).Bind(7, "019f0c625a007d1e8d3b0d6c7f5f9a11/019f0c625a007d1e8d3b0d6c7f5f9a12").Bind(8, 1_777_777_777_777 + rows).Run();
            }

            commit.Run();
            times.Add(Stopwatch.GetTimestamp() - before);
        }

        return new("bare rows", rows / Stopwatch.GetElapsedTime(started).TotalSeconds, Times.Of(times), $"group commits of {batch}; times are a commit's");
    }

    public static SqliteConnection Opened(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 10000; PRAGMA cache_size = -65536; PRAGMA busy_timeout = 5000");
        return connection;
    }
}
