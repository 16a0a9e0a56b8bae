using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Support;

/// <summary>The process is gone.</summary>
public sealed class ProcessDied : Exception;

/// <summary>When the process dies: at the so-manieth command from now, before it is sent or once it has committed and its answer is lost. And what others do meanwhile.</summary>
public sealed class Fuse
{
    private int left, until;
    private bool before;
    private Func<Task>? other;

    public bool IsOut => Volatile.Read(ref left) == 0;

    public void Burn(int commands, bool beforeSending) => (left, before) = (commands, beforeSending);

    public void Out() => left = until = 0;

    /// <summary>Something that happens just before the so-manieth command from now is sent.</summary>
    public void Meanwhile(int commands, Func<Task> happens) => (until, other) = (commands, happens);

    public async Task<T> Through<T>(Func<Task<T>> send)
    {
        if (Volatile.Read(ref until) > 0 && Interlocked.Decrement(ref until) == 0) await other!();
        var last = Volatile.Read(ref left) > 0 && Interlocked.Decrement(ref left) == 0;
        if (last && before) throw new ProcessDied();
        var answer = await send();
        return last ? throw new ProcessDied() : answer;
    }
}

/// <summary>The way to the grains, as long as the process lives.</summary>
public sealed class MortalGrains(IGrains grains, Fuse fuse) : IGrains
{
    public Task<Receipt<TEvent>> Handle<TState, TCommand, TEvent, TRefusal>(GrainKind<TState, TCommand, TEvent, TRefusal> kind, string id, TCommand command, Caller caller, CancellationToken ct = default)
        where TState : class, IState<TState, TEvent>
        where TCommand : class, ICommand
        where TEvent : class
        where TRefusal : struct, Enum => fuse.Through(() => grains.Handle(kind, id, command, caller, ct));
}
