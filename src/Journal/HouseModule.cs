using System.Reflection;
using Ainalym.Journal.Following;

namespace Ainalym.Journal;

/// <summary>What a module registers with the house. Made once, in <c>…Module.cs</c>.</summary>
/// <param name="Name">Lower case, first part of all its public names: <c>market</c>.</param>
/// <param name="Assembly">Holds its migrations (<c>Sqlite/V001__….sql</c>, <c>SqlServer/V001__….sql</c>) and its texts (<c>Texts.{kk,ru,en}.resx</c>).</param>
public sealed record HouseModule(string Name, Assembly Assembly)
{
    public IReadOnlyList<GrainKind> Kinds { get; init; } = [];

    public IReadOnlyList<Projection> Projections { get; init; } = [];

    /// <summary>Made from the house, as followers may send commands and read.</summary>
    public IReadOnlyList<Func<House, Follower>> Followers { get; init; } = [];

    /// <summary>Who sends the outbox's effects of a kind.</summary>
    public IReadOnlyDictionary<string, Func<House, OutboxSender>> Senders { get; init; } = new Dictionary<string, Func<House, OutboxSender>>(StringComparer.Ordinal);

    /// <summary>Runs at start after an outage, before reminders.</summary>
    public Func<House, Outage, CancellationToken, Task>? AfterOutage { get; init; }

    /// <summary>The journal's own tables.</summary>
    public static HouseModule Journal { get; } = new("journal", typeof(HouseModule).Assembly);
}
