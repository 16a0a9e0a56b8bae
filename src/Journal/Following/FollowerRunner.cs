using Ainalym.Journal.Lanes;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal.Following;

/// <summary>Keeps one follower or projection going: takes the lease, handles page after page, moves the checkpoint.</summary>
internal sealed class FollowerRunner
{
    private const int PageSize = 500;

    /// <summary>A projection that is behind leaves the lane to decisions for this many times as long as its last write took, but never so long that its lease runs out.</summary>
    private const int Breath = 3;

    /// <summary>
    /// For so long a follower that is behind goes on without keeping its checkpoint. Keeping it waits for a batch of a busy lane, in which more may happen than a page holds: it would fall behind for ever.
    /// </summary>
    private static readonly TimeSpan Unkept = TimeSpan.FromMilliseconds(100);

    private readonly string name;
    private readonly Func<Lease, IReadOnlyList<Envelope>, CancellationToken, Task<Lease>> handle;
    private readonly Leases leases;
    private readonly Tail tail;
    private readonly JournalClock clock;
    private readonly ILogger log;
    private readonly int breath;

    /// <summary>A follower's way with a page, without the checkpoint; null for a projection, whose rows and checkpoint are one write.</summary>
    private readonly Func<IReadOnlyList<Envelope>, CancellationToken, Task>? hand;
    private Lease? kept;
    private long handled;

    public FollowerRunner(Projection projection, Leases leases, Lane lane, Tail tail, JournalClock clock, ILogger log)
        : this(projection.Name, Breath, leases, tail, clock, log) =>
        handle = (lease, page, _) => lane.Write(writing =>
        {
            projection.Apply(writing, page);
            return leases.Move(writing, lease, page[^1].Position);
        });

    public FollowerRunner(Follower follower, Leases leases, Tail tail, JournalClock clock, ILogger log)
        : this(follower.Name, breath: 0, leases, tail, clock, log)
    {
        hand = follower.Handle;
        handle = async (lease, page, ct) =>
        {
            var started = clock.Time.GetTimestamp();
            var to = lease.Checkpoint;
            for (; page.Count > 0; page = clock.Time.GetElapsedTime(started) < Unkept ? tail.After(to, PageSize) : [])
            {
                await hand(page, ct);
                to = page[^1].Position;
            }

            return await leases.Move(lease, to);
        };
    }

    private FollowerRunner(string name, int breath, Leases leases, Tail tail, JournalClock clock, ILogger log)
    {
        (this.name, this.breath, this.leases, this.tail, this.clock, this.log) = (name, breath, leases, tail, clock, log);
        handle = null!;
    }

    public string Name => name;

    public bool IsProjection => hand is null;

    /// <summary>Handles all there is, once, when the lease can be had. The lease is kept, as who asks once asks again, until <see cref="GiveBack"/>; a follower's checkpoint moves with <see cref="Keep"/>.</summary>
    /// <returns>How many events were handled.</returns>
    /// <exception cref="LeaseLostException">Another process has taken it over meanwhile.</exception>
    public async Task<long> Drain(CancellationToken ct)
    {
        // Most often there is nothing, and finding that out writes nothing.
        if (tail.After(kept is null ? await leases.CheckpointOf(name, ct) : handled, 1).Count == 0) return 0;
        if (kept is null && await leases.TryTake(name, ct) is { } taken) (kept, handled) = (taken, taken.Checkpoint);
        var events = 0L;
        while (kept is { } lease && tail.After(handled, PageSize) is { Count: > 0 } page)
        {
            // What fails is handled again by who takes the lease next.
            kept = null;
            if (hand is null) lease = await handle(lease, page, ct);
            else await hand(page, ct);
            (kept, handled) = (lease, page[^1].Position);
            events += page.Count;
        }

        return events;
    }

    /// <summary>Moves the checkpoint to where <see cref="Drain"/> has come: of many followers in one commit.</summary>
    public async Task Keep()
    {
        if (kept is { } lease && lease.Checkpoint < handled) kept = await leases.Move(lease, handled);
    }

    /// <summary>Gives up what <see cref="Drain"/> has kept, so that the next process need not wait for it to run out.</summary>
    public async Task GiveBack()
    {
        if (kept is not null) await leases.GiveBack(kept);
        kept = null;
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
