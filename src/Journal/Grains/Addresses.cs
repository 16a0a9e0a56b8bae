using Ainalym.Contracts;
using Ainalym.Kernel;

namespace Ainalym.Journal;

/// <summary>What a grain of another module answers: its receipt without the events, which are its own.</summary>
/// <param name="Position">Where its last event stands in the journal; for a refusal, or when nothing changed, 0.</param>
/// <param name="Repeated">This is the first answer given again.</param>
public sealed record Answered(long Version, long Position, DateTimeOffset At, IReadOnlyList<Refusal> Refusals, bool Repeated)
{
    public Refusal? Refusal => Refusals.Count == 0 ? null : Refusals[0];
}

/// <summary>The way to the grains of other modules, by the addresses they publish.</summary>
public sealed class Addresses(IGrains grains, Kinds kinds)
{
    /// <summary>Sends a command to the grain of that id at that address, and answers after the commit.</summary>
    /// <exception cref="StorageException">The journal could not be written or read, or nobody answers at the address. The command may be repeated with the same id.</exception>
    public Task<Answered> Handle<TCommand, TRefusal>(Address<TCommand, TRefusal> address, string id, TCommand command, Caller caller, CancellationToken ct = default)
        where TCommand : class, ICommand
        where TRefusal : struct, Enum => kinds.Of($"{address.Kind}/{id}").Kind.Handle(grains, id, command, caller, ct);
}
