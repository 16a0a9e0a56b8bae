using Ainalym.Kernel;

namespace Ainalym.Journal.Following;

/// <summary>An event as those who follow the journal see it.</summary>
/// <param name="Kind"><c>market/lot</c>.</param>
/// <param name="Id">The grain's id within its kind.</param>
public sealed record Envelope(
    long Position, string Kind, string Id, long Version, string Name, object Event, Guid CommandId, string Caller, DateTimeOffset At);

/// <summary>A read model that catches up behind the commits. Its rows and its checkpoint commit together.</summary>
public abstract class Projection(string name)
{
    /// <summary>Stored with the checkpoint; never changed. <c>rebuild NAME</c> clears its tables and starts again from the beginning.</summary>
    public string Name { get; } = name;

    /// <summary>The tables it writes, cleared by a rebuild.</summary>
    public abstract IReadOnlyList<string> Tables { get; }

    /// <summary>Writes the rows of some events, in order. Called again from the checkpoint after a failure.</summary>
    public abstract void Apply(Writing writing, IReadOnlyList<Envelope> events);
}

/// <summary>Reacts to events once they have committed: sends commands, or hands effects to an outbox. At least once, in order, by one process at a time.</summary>
public abstract class Follower(string name)
{
    /// <summary>Stored with the checkpoint; never changed.</summary>
    public string Name { get; } = name;

    /// <summary>Handles some events, in order; each again after a failure. For those who would ask the database of each event what they can ask of all at once.</summary>
    public virtual async Task Handle(IReadOnlyList<Envelope> page, CancellationToken ct)
    {
        foreach (var envelope in page) await Handle(envelope, ct);
    }

    /// <summary>Handles one event. Commands it sends carry <see cref="CommandIdFor"/>, so that handling it twice does nothing twice.</summary>
    public abstract Task Handle(Envelope envelope, CancellationToken ct);

    protected Guid CommandIdFor(Envelope cause, int n = 0) => CommandIds.Derived(cause.At, $"{Name}/{cause.Position}/{n}");
}
