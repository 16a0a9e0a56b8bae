using System.Collections.Concurrent;

namespace Ainalym.Front.Edge;

/// <summary>So many requests in a window; the whole quota may be used at once and then fills up evenly.</summary>
internal sealed record RateQuota(string Name, int Requests, TimeSpan Window)
{
    public TimeSpan Each { get; } = Window / Requests;
}

/// <summary>What is left after a request.</summary>
/// <param name="Remaining">Requests that may follow at once.</param>
/// <param name="Wait">For a refused one: until the next may come. For a taken one: until the quota is full again.</param>
internal readonly record struct RateAnswer(bool Taken, int Remaining, TimeSpan Wait);

/// <summary>
/// Counts requests by the generic cell rate algorithm: of each caller it keeps one number, the time at which his quota is full again. The framework's
/// limiters don't say how much is left, which the headers need.
/// </summary>
internal sealed class RateLimiter
{
    /// <summary>Above so many callers, those whose quota is full again are forgotten.</summary>
    private const int Crowd = 100_000;

    private readonly ConcurrentDictionary<(string Quota, string Caller), long> fullAt = new();
    private readonly TimeProvider clock;

    public RateLimiter()
        : this(TimeProvider.System)
    {
    }

    internal RateLimiter(TimeProvider clock) => this.clock = clock;

    public RateAnswer Take(RateQuota quota, string caller)
    {
        var key = (quota.Name, caller);
        while (true)
        {
            var now = clock.GetTimestamp() / TicksPer();
            var known = fullAt.TryGetValue(key, out var at);
            var next = Math.Max(at, now) + quota.Each.Ticks;
            var spare = now + quota.Window.Ticks - next;
            if (spare < 0) return new(false, 0, TimeSpan.FromTicks(-spare));
            if (!(known ? fullAt.TryUpdate(key, next, at) : fullAt.TryAdd(key, next))) continue;
            if (!known && fullAt.Count > Crowd) Forget(now);
            return new(true, (int)(spare / quota.Each.Ticks), TimeSpan.FromTicks(next - now));
        }
    }

    private void Forget(long now)
    {
        foreach (var (key, at) in fullAt)
            if (at <= now) fullAt.TryRemove(new(key, at));
    }

    private long TicksPer() => Math.Max(1, clock.TimestampFrequency / TimeSpan.TicksPerSecond);
}
