using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>A lot's id is made of the command that publishes it, so that a repeated command is the same lot; nobody can choose another's.</summary>
public static class LotIds
{
    public static Guid From(Guid commandId, Caller caller) => CommandIds.Derived(CommandIds.TimeOf(commandId), $"market/lot/{caller.Organisation:N}/{commandId:N}");
}
