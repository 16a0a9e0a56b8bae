using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Entries;

/// <summary>The operator's way to what the bank has told of and nobody knows.</summary>
public sealed class EntryDesk(IGrains grains, EntryQueries entries, OrganisationsOfBins organisations, HouseAccounts house)
{
    public async Task<Receipt<EntryEvent>> Assign(string entryId, Guid commandId, Bin bin, Caller caller, CancellationToken ct) =>
        (await organisations([bin], ct)).TryGetValue(bin, out var organisation)
            ? await Send(entryId, new AssignEntry(commandId, organisation), caller, ct)
            : Refused(commandId, new Refusal(EntryRefusal.OrganisationUnknown, bin.ToString()).About("bin"));

    /// <summary>What came into a bank account goes back from it, as long as it is the house's and in the same currency.</summary>
    public async Task<Receipt<EntryEvent>> Return(string entryId, ReturnEntry order, Caller caller, CancellationToken ct) =>
        await entries.Facts(entryId, ct) is { Account: { Kind: RailKind.Bank } account, Amount.Currency: var currency } && house.CurrencyOf(TextValue.Parse<Iban>(account.ToString())) != currency
            ? Refused(order.CommandId, new Refusal(EntryRefusal.NoHouseAccount, currency.Code))
            : await Send(entryId, order, caller, ct);

    public Task<Receipt<EntryEvent>> Send(string entryId, EntryCommand command, Caller caller, CancellationToken ct) => grains.Handle(EntryGrain.Kind, entryId, command, caller, ct);

    private static Receipt<EntryEvent> Refused(Guid commandId, Refusal refusal) => new(commandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [refusal]);
}
