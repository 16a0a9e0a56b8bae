using Ainalym.Journal;
using Ainalym.Kernel;
using Dapper;

namespace Ainalym.Settlement.Payouts;

public static class PayoutGrain
{
    /// <summary>A payout, called after the command that ordered it. The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<Payout, PayoutCommand, PayoutEvent, PayoutRefusal> Kind = new(
        Name: "settlement/payout",
        Initial: Payout.Initial,
        Decide: PayoutDecider.Decide,
        Permission: (command, caller) => command switch
        {
            OrderPayout order => caller.Organisation == order.Organisation && caller.Is(Roles.Buyer | Roles.Seller | Roles.Operator),
            FailPayout => caller.Is(Roles.Operator),
            _ => caller.Is(Roles.House),
        },
        Events:
        [
            EventName.Of("settlement.payout-ordered.v1", SettlementJson.Readable.PayoutOrdered),
            EventName.Of("settlement.payout-filed.v1", SettlementJson.Default.PayoutFiled),
            EventName.Of("settlement.payout-paid.v1", SettlementJson.Default.PayoutPaid),
            EventName.Of("settlement.payout-returned.v1", SettlementJson.Readable.PayoutReturned),
            EventName.Of("settlement.payout-failed.v1", SettlementJson.Readable.PayoutFailed),
            EventName.Of("settlement.payout-withdrawn.v1", SettlementJson.Default.PayoutWithdrawn),
        ],
        Commands: SettlementJson.Default.PayoutCommand,
        Rows: PayoutRows.From,
        RowTables: [PayoutRows.Payouts],
        Said: command => command is OrderPayout order ? order with { Facts = null } : command);
}

/// <summary>The row that commits with a payout's events.</summary>
public static class PayoutRows
{
    public static RowTable Payouts { get; } = new("payouts", ["payout_id"],
    [
        "organisation_id", "currency", "amount_minor", "from_account", "to_account", "ordered_at_ms", "standing", "file_number", "reason", "changed_at_ms", "charge_minor",
    ]);

    private static readonly RowShape Whole = Payouts.Whole();
    private static readonly RowShape Moving = Payouts.Part("standing", "file_number", "reason", "changed_at_ms", "charge_minor");

    /// <summary>Whose payouts they are, by the payouts' ids, inside a write.</summary>
    public static IReadOnlyDictionary<string, Guid> OwnersOf(Writing writing, IReadOnlyList<string> payouts) => payouts.Count == 0
        ? new Dictionary<string, Guid>(StringComparer.Ordinal)
        : writing.Connection.Query<(string Payout, string Organisation)>("SELECT payout_id, organisation_id FROM payouts WHERE payout_id IN @payouts", new { payouts }, writing.Transaction)
            .ToDictionary(row => row.Payout, row => Guid.ParseExact(row.Organisation, "N"), StringComparer.Ordinal);

    public static IEnumerable<Row> From(string id, Payout after, IReadOnlyList<Recorded<PayoutEvent>> events)
    {
        var made = (Payout.Made)after;
        var facts = made.Facts;
        Cell[] moving = [KebabCase.Name(made.Standing), made.File, made.Reason, events[^1].Event.At, made.Charge?.MinorUnits];
        yield return events[0].Event is PayoutOrdered ordered
            ? Whole.Row([id, facts.Organisation, facts.Amount.Currency.Code, facts.Amount.MinorUnits, facts.From.ToString(), facts.To.ToString(), ordered.At, .. moving])
            : Moving.Row([id, .. moving]);
    }
}
