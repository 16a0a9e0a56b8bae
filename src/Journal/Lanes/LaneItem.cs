using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ainalym.Journal.Grains;
using Ainalym.Journal.Storage;
using Ainalym.Kernel;

namespace Ainalym.Journal.Lanes;

/// <summary>What waits in the lane: a decision, or a side write.</summary>
internal abstract class LaneEntry
{
    /// <summary>Nothing of it was written, or nobody knows; the caller may repeat it.</summary>
    public abstract void Fail(Exception error);
}

/// <summary>A side write that commits with the next batch: followers' rows, identity, drafts, snapshots.</summary>
internal abstract class LaneWork : LaneEntry
{
    public abstract void Run(Writing writing);

    public abstract void Committed();
}

internal sealed class LaneWork<T>(Func<Writing, T> write) : LaneWork
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Done => done.Task;

    public override void Run(Writing writing) => result = write(writing);

    public override void Committed() => done.SetResult(result!);

    public override void Fail(Exception error) => done.TrySetException(error);
}

/// <summary>
/// A decision on its way into the journal, accepted or refused. It is the answer only if its grain is still of the same <see cref="Epoch"/> and its stream at <see cref="DecidedOn"/>
/// when the lane holds the head row; otherwise it is decided again there.
/// </summary>
/// <param name="due">It is decided no earlier.</param>
internal abstract class LaneItem(Grain grain, Guid commandId, DateTimeOffset due, string caller, byte[] digest) : LaneEntry
{
    public Grain Grain { get; } = grain;

    public Guid CommandId { get; } = commandId;

    public string Caller { get; } = caller;

    public byte[] Digest { get; } = digest;

    /// <summary>The grain's epoch when it was decided.</summary>
    public int Epoch { get; set; }

    /// <summary>The stream's version that it was decided on.</summary>
    public long DecidedOn { get; private set; }

    public long AtMs { get; set; }

    public IReadOnlyList<Refusal> Refusals { get; private set; } = [];

    public EncodedEvent[] Events { get; private set; } = [];

    public object StateAfter { get; private set; } = null!;

    /// <summary>What the lane finally says, before it is told.</summary>
    public LaneAnswer Answer { get; set; }

    /// <summary>Only looked up, never written.</summary>
    public bool OnlyReads => Events.Length == 0 && Refusals.Count > 0 && !Grain.Kind.RemembersRefusals;

    /// <summary>Decides on a state and folds the facts in: one that cannot follow throws here and never reaches the journal.</summary>
    public void Decide(object state, long version, DateTimeOffset now)
    {
        // A refusal as too early would be remembered, and what is due comes with the same id again.
        if (now < due) now = due;
        (var events, Refusals) = Ask(state, now);
        Events = events.Count == 0 ? [] : new EncodedEvent[events.Count];
        for (var i = 0; i < events.Count; i++)
        {
            state = Grain.Kind.Fold(state, events[i]);
            var name = Grain.Kind.Catalogue.For(events[i].GetType());
            Events[i] = new(name.Name, name.Write(events[i]), events[i]);
        }

        (StateAfter, DecidedOn, AtMs) = (state, version, now.ToUnixTimeMilliseconds());
    }

    public abstract void Tell();

    protected abstract (IReadOnlyList<object> Events, IReadOnlyList<Refusal> Refusals) Ask(object state, DateTimeOffset now);
}

internal readonly record struct EncodedEvent(string Name, byte[] Data, object Event);

/// <summary>The answer, in the journal's terms.</summary>
/// <param name="Version">The stream's version after the command.</param>
/// <param name="Position">Where its last event stands; 0 when it has none.</param>
/// <param name="First">Set when the answer was given before: the events it gave then.</param>
internal readonly record struct LaneAnswer(long Version, long Position, long AtMs, IReadOnlyList<Refusal> Refusals, IReadOnlyList<object>? First);

internal sealed class LaneItem<TState, TCommand, TEvent, TRefusal>(
    Grain grain, GrainKind<TState, TCommand, TEvent, TRefusal> kind, TCommand command, string caller)
    : LaneItem(grain, command.CommandId, command is IDueCommand { Due: var due } ? due : default, caller, DigestOf(grain, kind, command, caller))
    where TState : class, IState<TState, TEvent>
    where TCommand : class, ICommand
    where TEvent : class
    where TRefusal : struct, Enum
{
    private readonly TaskCompletionSource<Receipt<TEvent>> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Receipt<TEvent>> Answered => answered.Task;

    public override void Tell()
    {
        var answer = Answer;
        TEvent[] events;
        if (answer.First is { } first) events = [.. first.Cast<TEvent>()];
        else if (answer.Refusals.Count > 0 || Events.Length == 0) events = [];
        else events = Array.ConvertAll(Events, encoded => (TEvent)encoded.Event);

        answered.TrySetResult(new(CommandId, answer.Version, answer.Position, DateTimeOffset.FromUnixTimeMilliseconds(answer.AtMs), events, answer.Refusals)
        {
            Repeated = answer.First is not null,
        });
    }

    public override void Fail(Exception error) => answered.TrySetException(error);

    protected override (IReadOnlyList<object> Events, IReadOnlyList<Refusal> Refusals) Ask(object state, DateTimeOffset now)
    {
        var decision = kind.Decide((TState)state, command, now);
        return (decision.Events, decision.Refusals);
    }

    /// <summary>Covers who said it, to whom and what, without the facts the server added.</summary>
    private static byte[] DigestOf(Grain grain, GrainKind<TState, TCommand, TEvent, TRefusal> kind, TCommand command, string caller)
    {
        var said = kind.Said is { } strip ? strip(command) : command;
        var json = JsonSerializer.SerializeToUtf8Bytes(said, kind.Commands);
        var stream = grain.StreamName;
        var text = new byte[caller.Length + stream.Length + 2 + json.Length];
        var at = Encoding.ASCII.GetBytes(caller, text) + 1;
        at += Encoding.ASCII.GetBytes(stream, text.AsSpan(at)) + 1;
        json.CopyTo(text, at);
        return SHA256.HashData(text);
    }
}
