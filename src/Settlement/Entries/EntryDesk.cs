using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Entries;

/// <summary>The operator's way to what the bank has told of and nobody knows.</summary>
public sealed class EntryDesk(IGrains grains, OrganisationsOfBins organisations)
{
    public async Task<Receipt<EntryEvent>> Assign(string entryId, Guid commandId, Bin bin, Caller caller, CancellationToken ct) =>
        (await organisations([bin], ct)).TryGetValue(bin, out var organisation)
            ? await Send(entryId, new AssignEntry(commandId, organisation), caller, ct)
            : new(commandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [new Refusal(EntryRefusal.OrganisationUnknown, bin.ToString()).About("bin")]);

    public Task<Receipt<EntryEvent>> Send(string entryId, EntryCommand command, Caller caller, CancellationToken ct) => grains.Handle(EntryGrain.Kind, entryId, command, caller, ct);
}
