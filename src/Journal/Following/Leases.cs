using Ainalym.Journal.Lanes;

namespace Ainalym.Journal.Following;

/// <summary>A follower's turn: how far it is, and the fence that only the present owner knows.</summary>
internal sealed record Lease(string Name, long Checkpoint, long Fence);

/// <summary>Another process has taken the lease over; nothing of the attempted page was kept.</summary>
internal sealed class LeaseLostException(string name) : Exception($"The lease of {name} was taken over by another process.");

/// <summary>The leases, so that of many processes one works. A checkpoint moves only from the position it was at, under the fence it was taken with.</summary>
internal sealed class Leases(Lane lane, IDatabase database, JournalClock clock, TimeSpan length)
{
    private sealed record Row(long Checkpoint, string Owner, long UntilMs, long Fence);

    /// <summary>This process: new with each start.</summary>
    public string Owner { get; } = Guid.CreateVersion7(clock.Now()).ToString("N");

    public TimeSpan Length => length;

    /// <summary>How far the follower is, whoever has the lease; 0 for one that never began.</summary>
    public async Task<long> CheckpointOf(string name, CancellationToken ct) => (await Find(name, ct))?.Checkpoint ?? 0;

    /// <summary>Takes the lease if it is free, run out, or ours.</summary>
    public async Task<Lease?> TryTake(string name, CancellationToken ct)
    {
        var row = await Find(name, ct);
        if (row is not null && row.Owner != Owner && row.UntilMs >= clock.Now().ToUnixTimeMilliseconds()) return null;

        return await lane.Write(writing =>
        {
            var now = clock.Now();
            writing.Run("""
                INSERT INTO followers (name, [checkpoint], owner, until_ms, fence)
                SELECT @name, 0, '', 0, 0 WHERE NOT EXISTS (SELECT 1 FROM followers WHERE name = @name)
                """, new { name });
            var taken = writing.Run(
                "UPDATE followers SET owner = @owner, until_ms = @until, fence = fence + 1 WHERE name = @name AND (until_ms < @now OR owner = @owner)",
                new { name, owner = Owner, until = (now + length).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() });
            return taken == 0
                ? null
                : new Lease(name, writing.Scalar<long>("SELECT [checkpoint] FROM followers WHERE name = @name", new { name }), writing.Scalar<long>("SELECT fence FROM followers WHERE name = @name", new { name }));
        });
    }

    /// <summary>Moves the checkpoint (or stays, to renew), inside a write.</summary>
    /// <exception cref="LeaseLostException">Somebody else has the lease.</exception>
    public Lease Move(Writing writing, Lease lease, long to)
    {
        var moved = writing.Run(
            "UPDATE followers SET [checkpoint] = @to, until_ms = @until WHERE name = @Name AND [checkpoint] = @Checkpoint AND fence = @Fence",
            new { to, until = (clock.Now() + length).ToUnixTimeMilliseconds(), lease.Name, lease.Checkpoint, lease.Fence });
        return moved == 1 ? lease with { Checkpoint = to } : throw new LeaseLostException(lease.Name);
    }

    public Task<Lease> Move(Lease lease, long to) => lane.Write(writing => Move(writing, lease, to));

    /// <summary>Gives the lease up at once, so that the next process need not wait for it to run out.</summary>
    public Task GiveBack(Lease lease) => lane.Write(writing =>
        writing.Run("UPDATE followers SET until_ms = 0 WHERE name = @Name AND fence = @Fence", new { lease.Name, lease.Fence }));

    private Task<Row?> Find(string name, CancellationToken ct) => database.Single<Row>(
        "SELECT [checkpoint] AS [Checkpoint], owner AS Owner, until_ms AS UntilMs, fence AS Fence FROM followers WHERE name = @name", new { name }, ct);
}
