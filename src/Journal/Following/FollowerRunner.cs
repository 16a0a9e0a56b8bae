using Ainalym.Journal.Lanes;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal.Following;

/// <summary>Keeps one follower or projection going: takes the lease, handles page after page, moves the checkpoint.</summary>
internal sealed class FollowerRunner
{
    private const int PageSize = 500;

    /// <summary>A projection that is behind leaves the lane to decisions for this many times as long as its last write took, but never so long that its lease runs out.</summary>
    private const int Breath = 3;

    private readonly string name;
    private readonly Func<Lease, IReadOnlyList<Envelope>, CancellationToken, Task<Lease>> handle;
    private readonly Leases leases;
    private readonly Tail tail;
    private readonly JournalClock clock;
    private readonly ILogger log;
    private readonly int breath;

    public FollowerRunner(Projection projection, Leases leases, Lane lane, Tail tail, JournalClock clock, ILogger log)
        : this(projection.Name, Breath, leases, tail, clock, log) =>
        handle = (lease, page, _) => lane.Write(writing =>
        {
            projection.Apply(writing, page);
            return leases.Move(writing, lease, page[^1].Position);
        });

    public FollowerRunner(Follower follower, Leases leases, Tail tail, JournalClock clock, ILogger log)
        : this(follower.Name, breath: 0, leases, tail, clock, log) =>
        handle = async (lease, page, ct) =>
        {
            foreach (var envelope in page) await follower.Handle(envelope, ct);
            return await leases.Move(lease, page[^1].Position);
        };

    private FollowerRunner(string name, int breath, Leases leases, Tail tail, JournalClock clock, ILogger log)
    {
        (this.name, this.breath, this.leases, this.tail, this.clock, this.log) = (name, breath, leases, tail, clock, log);
        handle = null!;
    }

    public string Name => name;

    /// <summary>Handles all there is, once, when the lease can be had.</summary>
    /// <returns>How many events were handled.</returns>
    public async Task<long> Drain(CancellationToken ct)
    {
        if (await leases.TryTake(name, ct) is not { } lease) return 0;
        var handled = 0L;
        while (tail.After(lease.Checkpoint, PageSize) is { Count: > 0 } page)
        {
            lease = await handle(lease, page, ct);
            handled += page.Count;
        }

        return handled;
    }

    /// <summary>Works until cancelled. A failure is logged and the page tried again, ever more slowly.</summary>
    public async Task Run(CancellationToken ct)
    {
        var pause = TimeSpan.FromMilliseconds(200);
        while (!ct.IsCancellationRequested)
        {
            Lease? lease = null;
            try
            {
                lease = await leases.TryTake(name, ct);
                while (lease is not null)
                {
                    var page = tail.After(lease.Checkpoint, PageSize);
                    if (page.Count > 0)
                    {
                        var started = clock.Time.GetTimestamp();
                        lease = await handle(lease, page, ct);
                        pause = TimeSpan.FromMilliseconds(200);
                        if (breath > 0 && tail.Position > lease.Checkpoint) await Task.Delay(Shorter(clock.Time.GetElapsedTime(started) * breath, leases.Length / 3), clock.Time, ct);
                        continue;
                    }

                    await Task.WhenAny(tail.Grown(lease.Checkpoint), Task.Delay(leases.Length / 3, clock.Time, ct));
                    ct.ThrowIfCancellationRequested();
                    if (tail.Position <= lease.Checkpoint) lease = await leases.Move(lease, lease.Checkpoint);
                }

                await Task.Delay(leases.Length / 3, clock.Time, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                if (lease is not null) await leases.GiveBack(lease);
                return;
            }
            catch (LeaseLostException error)
            {
                log.LogInformation("{Reason}", error.Message);
            }
            catch (Exception error)
            {
                log.LogError(error, "The follower {Follower} stands at {Checkpoint}; it will try again in {Pause}", name, lease?.Checkpoint, pause);
                await Task.Delay(pause, clock.Time, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, TimeSpan.FromSeconds(30).Ticks));
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
