using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Ledgers;

public static class LedgerGrain
{
    /// <summary>The ledger of one currency: one stream, one grain, called by its letters (<c>settlement/ledger/KZT</c>). The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<Ledger, LedgerCommand, LedgerEvent, LedgerRefusal> Kind = new(
        Name: LedgerAddress.Ledger.Kind,
        Initial: Ledger.Initial,
        Decide: LedgerDecider.Decide,
        Permission: (_, caller) => caller.Is(Roles.House),
        Events:
        [
            EventName.Of("settlement.transfer-posted.v1", SettlementJson.Default.TransferPosted),
            EventName.Of("settlement.transfer-held.v1", SettlementJson.Default.TransferHeld),
            EventName.Of("settlement.hold-posted.v1", SettlementJson.Default.HoldPosted),
            EventName.Of("settlement.hold-voided.v1", SettlementJson.Default.HoldVoided),
            EventName.Of("settlement.hold-expired.v1", SettlementJson.Default.HoldExpired),
        ],
        Commands: SettlementJson.Default.LedgerCommand,
        Rows: LedgerRows.From,
        RowTables: [LedgerRows.Accounts, LedgerRows.Holds, LedgerRows.Transfers, LedgerRows.Postings],
        OnReminder: (commandId, reminder, due) => new ExpireHold(commandId, TextValue.Parse<TransferId>(reminder), due),
        FromRows: LedgerRows.Read,
        RefusalsRemembered: true);
}
