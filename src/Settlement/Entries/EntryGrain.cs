using Ainalym.Journal;
using Ainalym.Kernel;
using Dapper;

namespace Ainalym.Settlement.Entries;

public static class EntryGrain
{
    /// <summary>A movement of a rail: one stream, one grain, called by <see cref="EntryFacts.Id"/>. The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<Entry, EntryCommand, EntryEvent, EntryRefusal> Kind = new(
        Name: "settlement/bank-entry",
        Initial: Entry.Initial,
        Decide: EntryDecider.Decide,
        Permission: (command, caller) => caller.Is(command switch
        {
            BookEntry or SplitEntry or EndReturn or WithdrawReturn or DisownEntry => Roles.House,
            AssignEntry => Roles.House | Roles.Operator,
            _ => Roles.Operator,
        }),
        Events:
        [
            EventName.Of("settlement.entry-booked.v1", SettlementJson.Readable.EntryBooked),
            EventName.Of("settlement.entry-split.v1", SettlementJson.Readable.EntrySplit),
            EventName.Of("settlement.entry-assigned.v1", SettlementJson.Default.EntryAssigned),
            EventName.Of("settlement.entry-returning.v1", SettlementJson.Readable.EntryReturning),
            EventName.Of("settlement.entry-kept.v1", SettlementJson.Readable.EntryKept),
            EventName.Of("settlement.entry-returned.v1", SettlementJson.Default.EntryReturned),
            EventName.Of("settlement.entry-charged.v1", SettlementJson.Default.EntryCharged),
            EventName.Of("settlement.entry-explained.v1", SettlementJson.Default.EntryExplained),
            EventName.Of("settlement.entry-disowned.v1", SettlementJson.Default.EntryDisowned),
        ],
        Commands: SettlementJson.Default.EntryCommand,
        Rows: EntryRows.From,
        RowTables: [EntryRows.Entries],
        Said: command => command is BookEntry book ? book with { Organisation = null, IsReturn = false, IsPayout = false, Corrects = false } : command);
}

/// <summary>The row that commits with an entry's events.</summary>
public static class EntryRows
{
    public static RowTable Entries { get; } = new("bank_entries", ["entry_id"],
    [
        "account", "reference", "currency", "amount_minor", "is_credit", "booked", "payer_name", "payer_account", "end_to_end_id", "remittance", "told_at_ms", "standing", "organisation_id", "reason", "version", "undoes", "return_id",
    ]);

    private static readonly RowShape Whole = Entries.Whole();
    private static readonly RowShape Moving = Entries.Part("standing", "organisation_id", "reason", "version", "return_id");

    /// <summary>What was told of the entries, and of those that they undo, by their ids, inside a write.</summary>
    public static IReadOnlyDictionary<string, EntryFacts> FactsOf(Writing writing, IReadOnlyCollection<string> entries)
    {
        var known = new Dictionary<string, EntryFacts>(StringComparer.Ordinal);
        while (entries.Count > 0)
        {
            var read = writing.Connection.Query<EntryRow>($"SELECT {EntryRow.Columns} FROM bank_entries WHERE entry_id IN @entries", new { entries }, writing.Transaction).ToList();
            foreach (var row in read) known.Add(row.EntryId, row.Facts);
            entries = [.. read.Select(row => row.Facts.UndoesId).OfType<string>().Distinct(StringComparer.Ordinal).Where(id => !known.ContainsKey(id))];
        }

        return known;
    }

    public static IEnumerable<Row> From(string id, Entry after, IReadOnlyList<Recorded<EntryEvent>> events)
    {
        var entry = (Entry.Booked)after;
        var facts = entry.Facts;
        Cell[] moving = [KebabCase.Name(entry.Standing), entry.Organisation, entry.Reason, events[^1].Version];
        yield return events[0].Event is EntryBooked or EntrySplit
            ? Whole.Row(
            [
                id, facts.Account.ToString(), facts.Reference, facts.Amount.Currency.Code, facts.Amount.MinorUnits, facts.IsCredit, facts.Booked.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                facts.PayerName, facts.PayerAccount?.ToString(), facts.EndToEndId, facts.Remittance, events[0].Event.At, .. moving, facts.Undoes, entry.Payment,
            ])
            : Moving.Row([id, .. moving, entry.Payment]);
    }
}
