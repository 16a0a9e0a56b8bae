using Ainalym.Kernel;

namespace Ainalym.Journal;

/// <summary>The answer to a command, given only after the batch that carries it has committed. Repeating the command gives the same receipt.</summary>
/// <param name="Version">The stream's version after it.</param>
/// <param name="Position">Where its last event stands in the journal; for a refusal, or when nothing changed, 0.</param>
/// <param name="Refusals">Empty when it was accepted.</param>
public sealed record Receipt<TEvent>(Guid CommandId, long Version, long Position, DateTimeOffset At, IReadOnlyList<TEvent> Events, IReadOnlyList<Refusal> Refusals)
{
    public Refusal? Refusal => Refusals.Count == 0 ? null : Refusals[0];

    /// <summary>This is the first answer given again.</summary>
    public bool Repeated { get; init; }
}

/// <summary>The one way to a grain. Nothing else knows whether it lives in this process or on another node.</summary>
public interface IGrains
{
    /// <summary>Sends a command to the one grain of that kind and id, and answers after the commit.</summary>
    /// <param name="id">A UUID in N form, or a key <c>[A-Za-z0-9-]{1,64}</c>.</param>
    /// <exception cref="StorageException">The journal could not be written or read. The command may be repeated with the same id.</exception>
    Task<Receipt<TEvent>> Handle<TState, TCommand, TEvent, TRefusal>(
        GrainKind<TState, TCommand, TEvent, TRefusal> kind, string id, TCommand command, Caller caller, CancellationToken ct = default)
        where TState : class, IState<TState, TEvent>
        where TCommand : class, ICommand
        where TEvent : class
        where TRefusal : struct, Enum;
}

public static class GrainsExtensions
{
    public static Task<Receipt<TEvent>> Handle<TState, TCommand, TEvent, TRefusal>(
        this IGrains grains, GrainKind<TState, TCommand, TEvent, TRefusal> kind, Guid id, TCommand command, Caller caller, CancellationToken ct = default)
        where TState : class, IState<TState, TEvent>
        where TCommand : class, ICommand
        where TEvent : class
        where TRefusal : struct, Enum => grains.Handle(kind, id.ToString("N"), command, caller, ct);
}
