using System.Diagnostics;
using System.Text.Json.Serialization;
using Ainalym.Journal.Following;
using Ainalym.Kernel;

namespace Ainalym.Journal.Tests;

/// <summary>The tests' own kind of grain: a sum that may not pass 1,000.</summary>
public sealed record Tally(long Sum, long Adds, string? Note) : IState<Tally, TallyEvent>
{
    public static Tally Initial { get; } = new(0, 0, null);

    public Tally Evolve(TallyEvent @event) => @event switch
    {
        Added e => Sum + e.Amount == e.Sum ? this with { Sum = e.Sum, Adds = Adds + 1 } : throw new UnreachableException($"{e.Sum} cannot follow {Sum} + {e.Amount}."),
        Noted e => this with { Note = e.Text },
        _ => throw new UnreachableException(),
    };
}

[JsonDerivedType(typeof(Add), "add")]
[JsonDerivedType(typeof(Note), "note")]
[JsonDerivedType(typeof(Ring), "ring")]
public abstract record TallyCommand(Guid CommandId) : ICommand;

public sealed record Add(Guid CommandId, long Amount) : TallyCommand(CommandId)
{
    /// <summary>What the server read; not part of what was said.</summary>
    public string? Fact { get; init; }
}

public sealed record Note(Guid CommandId, string Text) : TallyCommand(CommandId);

/// <summary>Sent by the reminder.</summary>
public sealed record Ring(Guid CommandId, DateTimeOffset Due) : TallyCommand(CommandId), IDueCommand;

public abstract record TallyEvent;

public sealed record Added(long Amount, long Sum) : TallyEvent;

public sealed record Noted(string Text) : TallyEvent;

/// <summary>As it was first released: without the sum.</summary>
public sealed record NotedV1(string Words);

public enum TallyRefusal { TooMuch, Empty, TooEarly }

[JsonSerializable(typeof(TallyCommand))]
[JsonSerializable(typeof(Add))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Ring))]
[JsonSerializable(typeof(Added))]
[JsonSerializable(typeof(Noted))]
[JsonSerializable(typeof(NotedV1))]
[JsonSerializable(typeof(Tally))]
public sealed partial class TallyJson : JsonSerializerContext;

public static class TallyGrain
{
    public const string Poison = "poison";
    private const string Remind = "remind ", Busy = "busy to ";
    private static readonly RowTable Tallies = new("tallies", ["tally_id"], ["sum", "adds", "note"]);
    private static readonly RowTable Adds = new("tally_adds", ["position"], ["tally_id", "amount"]);
    private static readonly RowShape Whole = Tallies.Whole();
    private static readonly RowShape Sums = Tallies.Part("sum", "adds");
    private static readonly RowShape Added = Adds.Added();

    public static GrainKind<Tally, TallyCommand, TallyEvent, TallyRefusal> Kind { get; } = Make(remembers: false, format: 1);

    public static GrainKind<Tally, TallyCommand, TallyEvent, TallyRefusal> Make(bool remembers, int format) => new(
        Name: "test/tally",
        Initial: Tally.Initial,
        Decide: Decide,
        Permission: (_, caller) => caller.Is(Roles.Buyer) || caller.Is(Roles.House),
        Events:
        [
            EventName.Of("test.added.v1", TallyJson.Default.Added),
            EventName.Old("test.noted.v1", TallyJson.Default.NotedV1, old => new Noted(old.Words)),
            EventName.Of("test.noted.v2", TallyJson.Default.Noted),
        ],
        Commands: TallyJson.Default.TallyCommand,
        Rows: Rows,
        RowTables: [Tallies, Adds],
        Said: command => command is Add add ? add with { Fact = null } : command,
        OnReminder: (id, _, due) => new Ring(id, due),
        Snapshot: TallyJson.Default.Tally,
        SnapshotFormatNumber: format,
        RefusalsRemembered: remembers);

    private static Decision<TallyEvent> Decide(Tally tally, TallyCommand command, DateTimeOffset now) => (tally, command) switch
    {
        (_, Add { Amount: 0 }) => TallyRefusal.Empty,
        ({ Sum: var sum }, Add add) when sum + add.Amount > 1_000 => new Refusal(TallyRefusal.TooMuch, 1_000 - sum),
        (_, Add add) => new Added(add.Amount, tally.Sum + add.Amount),
        (_, Note note) when note.Text == tally.Note => Decision<TallyEvent>.Nothing,
        (_, Note note) => new Noted(note.Text),
        (_, Ring ring) when now < ring.Due => TallyRefusal.TooEarly,
        ({ Note: var note }, Ring) when note?.StartsWith(Busy, StringComparison.Ordinal) == true => Decision<TallyEvent>.Nothing,
        (_, Ring ring) => new Noted($"due {ring.Due:O}"),
        _ => throw new UnreachableException(),
    };

    /// <summary>A note "remind TIME" sets a reminder, "busy to TIME" one that changes nothing when it comes; any other clears it. A note "poison" makes a row that cannot be written.</summary>
    private static IEnumerable<Row> Rows(string id, Tally after, IReadOnlyList<Recorded<TallyEvent>> events)
    {
        var whole = false;
        foreach (var recorded in events)
        {
            if (recorded.Version == 1 || recorded.Event is Noted) whole = true;
            if (recorded.Event is Added added) yield return Added.Row(recorded.Position, id, added.Amount);
        }

        yield return whole
            ? Whole.Row(id, after.Sum, after.Adds, after.Note)
            : Sums.Row(after.Note == Poison ? "nowhere" : id, after.Sum, after.Adds);
        if (!whole) yield break;
        var due = new[] { Remind, Busy }.FirstOrDefault(word => after.Note?.StartsWith(word, StringComparison.Ordinal) == true) is { } said ? after.Note![said.Length..] : null;
        yield return due is not null
            ? Reminder.At("test/tally", id, "note", DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture))
            : Reminder.None("test/tally", id, "note");
    }
}

/// <summary>The sum over all tallies, followed.</summary>
public sealed class TotalsProjection() : Projection("test/totals")
{
    public override IReadOnlyList<string> Tables => ["tally_totals"];

    public override void Apply(Writing writing, IReadOnlyList<Envelope> events)
    {
        var plus = events.Select(envelope => envelope.Event).OfType<Added>().Sum(added => added.Amount);
        if (writing.Run("UPDATE tally_totals SET total = total + @plus WHERE one = 1", new { plus }) == 0)
            writing.Run("INSERT INTO tally_totals (one, total) VALUES (1, @plus)", new { plus });
    }
}
