using Ainalym.Journal.Lanes;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal.Following;

/// <summary>An effect outside the house: a mail, a payment, a web hook.</summary>
/// <param name="Key">What the receiver recognises it by, so that sending it twice does it once.</param>
public sealed record OutboxEntry(string Key, string Kind, string Payload, long Attempts);

/// <summary>Sends the effects of one kind. Throws when it could not: it is tried again, ever more slowly.</summary>
public delegate Task OutboxSender(OutboxEntry entry, CancellationToken ct);

/// <summary>Effects wait here, written together with the follower's checkpoint; "sending" is written before anything is sent.</summary>
public sealed class Outbox
{
    private const int PageSize = 100;
    private const long MostAttempts = 12;

    private readonly Lane lane;
    private readonly IDatabase database;
    private readonly JournalClock clock;
    private readonly IReadOnlyDictionary<string, OutboxSender> senders;
    private readonly ILogger log;

    internal Outbox(Lane lane, IDatabase database, JournalClock clock, IReadOnlyDictionary<string, OutboxSender> senders, ILogger log) =>
        (this.lane, this.database, this.clock, this.senders, this.log) = (lane, database, clock, senders, log);

    /// <summary>Puts an effect in, inside a write. The same key again is the same effect.</summary>
    public static void Add(Writing writing, string key, string kind, string payload) => writing.Run("""
        INSERT INTO outbox (effect, kind, payload, state, attempts, next_ms)
        SELECT @key, @kind, @payload, 'waiting', 0, 0 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE effect = @key)
        """, new { key, kind, payload });

    /// <summary>Sends all that is waiting and due. What was left "sending" by a process that died is sent again: the receiver knows its key.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> SendDue(CancellationToken ct)
    {
        var due = await database.Query<OutboxEntry>(
            $"SELECT effect AS [Key], kind AS Kind, payload AS Payload, attempts AS Attempts FROM outbox WHERE state IN ('waiting', 'sending') AND next_ms <= @now ORDER BY next_ms, effect {database.Page}",
            new { now = clock.Now().ToUnixTimeMilliseconds(), n = PageSize }, ct);
        var sent = 0;
        foreach (var entry in due)
        {
            ct.ThrowIfCancellationRequested();
            await Set(entry, "sending", entry.Attempts + 1, error: null, wait: TimeSpan.FromMinutes(1));
            try
            {
                if (!senders.TryGetValue(entry.Kind, out var send)) throw new InvalidOperationException($"Nothing here sends '{entry.Kind}'.");
                await send(entry, ct);
                await Set(entry, "sent", entry.Attempts + 1, error: null, wait: TimeSpan.Zero);
                sent++;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                var over = entry.Attempts + 1 >= MostAttempts;
                log.LogError(error, "The effect {Key} ({Kind}) was not sent, attempt {Attempt}", entry.Key, entry.Kind, entry.Attempts + 1);
                await Set(entry, over ? "failed" : "waiting", entry.Attempts + 1, error.Message, TimeSpan.FromSeconds(1L << (int)Math.Min(entry.Attempts, 11)));
            }
        }

        return sent;
    }

    private Task Set(OutboxEntry entry, string state, long attempts, string? error, TimeSpan wait) => lane.Write(writing => writing.Run(
        "UPDATE outbox SET state = @state, attempts = @attempts, error = @error, next_ms = @next WHERE effect = @Key",
        new { state, attempts, error, next = (clock.Now() + wait).ToUnixTimeMilliseconds(), entry.Key }));
}
