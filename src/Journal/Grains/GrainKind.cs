using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ainalym.Journal.Grains;
using Ainalym.Kernel;

namespace Ainalym.Journal;

/// <summary>A state that folds facts in. Immutable, so that going back costs nothing.</summary>
public interface IState<TSelf, in TEvent>
{
    /// <exception cref="System.Diagnostics.UnreachableException">The fact cannot follow: a bug, so it never reaches the journal.</exception>
    TSelf Evolve(TEvent @event);
}

/// <summary>A fact with its place in the journal.</summary>
public readonly record struct Recorded<TEvent>(long Position, long Version, DateTimeOffset At, TEvent Event);

/// <summary>
/// The rows that commit with a stream's events. State rows are made from the state after the last event, event rows from each event; only what the
/// events touched need be given. However a stream's events are cut into batches, the same rows must come out.
/// </summary>
public delegate IEnumerable<Row> InlineRows<in TState, TEvent>(string id, TState after, IReadOnlyList<Recorded<TEvent>> events);

/// <summary>The rows of one of a kind's tables that begin with the grain's id, key cells first, then the others in the table's order.</summary>
public delegate IEnumerable<IReadOnlyList<Cell>> RowReader(RowTable table, string id);

/// <summary>Makes the state that a stream had at a version out of its inline rows.</summary>
public delegate TState RowState<out TState>(string id, long version, RowReader rows);

/// <summary>A reminder that has come due: the command to send for it, an <see cref="IDueCommand"/>.</summary>
public delegate TCommand ReminderCommand<out TCommand>(Guid commandId, string reminder, DateTimeOffset due);

/// <summary>A kind of grain as the journal's machinery sees it.</summary>
public abstract record GrainKind(string Name)
{
    /// <summary>Names ↔ types of all events ever released for this kind.</summary>
    public abstract Catalogue Catalogue { get; }

    /// <summary>The tables that <see cref="InlineRows{TState,TEvent}"/> writes, for verify and rebuild.</summary>
    public abstract IReadOnlyList<RowTable> Tables { get; }

    internal abstract object InitialState { get; }
    internal abstract bool RemembersRefusals { get; }
    internal abstract int SnapshotFormat { get; }
    internal abstract object Fold(object state, object @event);
    internal abstract IEnumerable<Row> RowsOf(string id, object after, IReadOnlyList<Recorded<object>> events);
    internal abstract byte[]? WriteSnapshot(object state);
    internal abstract object ReadSnapshot(ReadOnlySpan<byte> json);

    /// <summary>The state is read from its own inline rows, and the grain stays in memory once it is there.</summary>
    internal abstract bool LivesInRows { get; }
    internal abstract object ReadRows(string id, long version, RowReader rows);
    internal abstract Refusal RefusalOf(string name, IReadOnlyList<Fact> facts, string? field);

    /// <summary>Handles a command that another process has written down, with the grains of this one.</summary>
    internal abstract Task<CarriedReceipt> Handle(IGrains grains, string id, ReadOnlyMemory<byte> command, Caller caller);

    /// <summary>Handles a command that came to the kind's address from another module.</summary>
    internal abstract Task<Answered> Handle(IGrains grains, string id, ICommand command, Caller caller, CancellationToken ct);
    internal abstract Task<Refusal?> Remind(IGrains grains, string id, Guid commandId, string reminder, DateTimeOffset due, CancellationToken ct);
}

/// <summary>All that a module tells the journal's one grain about a kind: its name (stored with every event, never changed), its rules and its rows.</summary>
/// <param name="Name"><c>module/kind</c>; streams are <c>module/kind/id</c>.</param>
/// <param name="Decide">The decider: pure.</param>
/// <param name="Permission">May this caller send this command at all? Refused as <see cref="JournalRefusal.NotPermitted"/>.</param>
/// <param name="Events">Every event ever released, old versions with their upcaster.</param>
/// <param name="Commands">How a command is written down for its digest.</param>
/// <param name="Said">The command as its caller said it, without the facts that the server added: only this is digested, so that a repeat is recognised though a fact has moved.</param>
/// <param name="SnapshotFormat">Raised when the state's JSON changes; a snapshot with another number is ignored.</param>
/// <param name="FromRows">For a state that would be too large for a snapshot: makes it from the inline rows, which say the same. Such a grain is never dropped while idle.</param>
/// <param name="RefusalsRemembered">Refusals are answered from the receipt when the command is repeated. For kinds whose commands come from followers.</param>
public sealed record GrainKind<TState, TCommand, TEvent, TRefusal>(
    string Name,
    TState Initial,
    Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> Decide,
    Func<TCommand, Caller, bool> Permission,
    IReadOnlyList<EventName> Events,
    JsonTypeInfo<TCommand> Commands,
    InlineRows<TState, TEvent>? Rows = null,
    IReadOnlyList<RowTable>? RowTables = null,
    Func<TCommand, TCommand>? Said = null,
    ReminderCommand<TCommand>? OnReminder = null,
    JsonTypeInfo<TState>? Snapshot = null,
    int SnapshotFormatNumber = 1,
    RowState<TState>? FromRows = null,
    bool RefusalsRemembered = false) : GrainKind(Name)
    where TState : class, IState<TState, TEvent>
    where TCommand : class, ICommand
    where TEvent : class
    where TRefusal : struct, Enum
{
    private static readonly Dictionary<string, Enum> RefusalsByName = Enum.GetValues<TRefusal>().ToDictionary(code => Refusal.NameOf(code), code => (Enum)code);

    /// <summary>Writes a command down whole. A family of commands must be polymorphic in JSON, or two different ones would have one digest.</summary>
    public JsonTypeInfo<TCommand> Commands { get; } = typeof(TCommand).IsAbstract && Commands.PolymorphismOptions is null
        ? throw new ArgumentException($"{typeof(TCommand).Name} is abstract: name its commands with [JsonDerivedType], so that each is written whole.", nameof(Commands))
        : Commands;

    public override Catalogue Catalogue { get; } = new(Name, Events);

    public override IReadOnlyList<RowTable> Tables { get; } = RowTables ?? [];

    internal override object InitialState => Initial;

    internal override bool RemembersRefusals => RefusalsRemembered;

    internal override int SnapshotFormat => SnapshotFormatNumber;

    internal override object Fold(object state, object @event) => ((TState)state).Evolve((TEvent)@event);

    internal override IEnumerable<Row> RowsOf(string id, object after, IReadOnlyList<Recorded<object>> events)
    {
        if (Rows is null) return [];
        var typed = new Recorded<TEvent>[events.Count];
        for (var i = 0; i < typed.Length; i++) typed[i] = new(events[i].Position, events[i].Version, events[i].At, (TEvent)events[i].Event);
        return Rows(id, (TState)after, typed);
    }

    internal override byte[]? WriteSnapshot(object state) =>
        Snapshot is null ? null : JsonSerializer.SerializeToUtf8Bytes((TState)state, Snapshot);

    internal override object ReadSnapshot(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Snapshot ?? throw new InvalidOperationException($"{Name} keeps no snapshots."))!;

    internal override bool LivesInRows => FromRows is not null;

    internal override object ReadRows(string id, long version, RowReader rows) => (FromRows ?? throw new InvalidOperationException($"{Name} is not read from rows."))(id, version, rows);

    internal override Refusal RefusalOf(string name, IReadOnlyList<Fact> facts, string? field) =>
        new(RefusalsByName.TryGetValue(name, out var code) ? code : JournalRefusals.ByName(name), facts) { Field = field };

    internal override async Task<CarriedReceipt> Handle(IGrains grains, string id, ReadOnlyMemory<byte> command, Caller caller)
    {
        var read = JsonSerializer.Deserialize(command.Span, Commands) ?? throw new JsonException($"A command for {Name}/{id} is null.");
        return CarriedReceipt.Of(await grains.Handle(this, id, read, caller), Catalogue);
    }

    internal override async Task<Answered> Handle(IGrains grains, string id, ICommand command, Caller caller, CancellationToken ct)
    {
        var receipt = await grains.Handle(this, id, (TCommand)command, caller, ct);
        return new(receipt.Version, receipt.Position, receipt.At, receipt.Refusals, receipt.Repeated);
    }

    internal override async Task<Refusal?> Remind(IGrains grains, string id, Guid commandId, string reminder, DateTimeOffset due, CancellationToken ct)
    {
        if (OnReminder is null) throw new InvalidOperationException($"{Name}/{id} has a reminder '{reminder}', but its kind takes none.");
        var command = OnReminder(commandId, reminder, due);
        if (command is not IDueCommand) throw new InvalidOperationException($"{typeof(TCommand).Name} for the reminder '{reminder}' of {Name}/{id} does not say when it was due.");
        var receipt = await grains.Handle(this, id, command, Caller.House, ct);
        return receipt.Refusal;
    }
}
