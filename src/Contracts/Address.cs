using Ainalym.Kernel;

namespace Ainalym.Contracts;

/// <summary>Where a module takes orders from others: the kind of its grain, and what may be sent and refused there. The kind's owner implements it.</summary>
/// <param name="Kind"><c>settlement/ledger</c>.</param>
public sealed record Address<TCommand, TRefusal>(string Kind)
    where TCommand : class, ICommand
    where TRefusal : struct, Enum;
