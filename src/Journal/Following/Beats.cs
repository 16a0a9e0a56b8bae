namespace Ainalym.Journal.Following;

/// <summary>Each process beats a row every few seconds, so that the house can tell at start whether it was down.</summary>
internal sealed class Beats(IDatabase database, JournalClock clock, string process)
{
    private sealed record Last(long BeatMs);

    /// <summary>An outage, when there have been beats but none within the gap.</summary>
    public async Task<Outage?> Outage(TimeSpan gap, CancellationToken ct)
    {
        var last = await database.Single<Last>($"SELECT beat_ms AS BeatMs FROM processes ORDER BY beat_ms DESC {database.Page}", new { n = 1 }, ct);
        if (last is null) return null;
        var since = DateTimeOffset.FromUnixTimeMilliseconds(last.BeatMs);
        return clock.Now() - since > gap ? new Outage(since, gap) : null;
    }

    /// <summary>Beats, and forgets processes that have been silent for a day (the latest of all is always kept).</summary>
    public Task Beat(CancellationToken ct) => database.Write(
        writing =>
        {
            var now = clock.Now();
            var row = new { process, beat = now.ToUnixTimeMilliseconds(), old = now.AddDays(-1).ToUnixTimeMilliseconds() };
            if (writing.Run("UPDATE processes SET beat_ms = @beat WHERE process = @process", row) == 0)
                writing.Run("INSERT INTO processes (process, beat_ms) VALUES (@process, @beat)", row);
            return writing.Run("DELETE FROM processes WHERE beat_ms < @old AND process <> @process", row);
        },
        ct);
}
