using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Ainalym.Journal.Lanes;
using Ainalym.Journal.Storage;
using Ainalym.Kernel;

namespace Ainalym.Journal.Grains;

/// <summary>The grains of this process: found or loaded by id, dropped when idle, so that a million known lots is not a million in memory.</summary>
internal sealed partial class LocalGrains(IJournalStore store, Lane lane, JournalClock clock) : IGrains
{
    private readonly ConcurrentDictionary<(string Kind, string Id), Grain> grains = new();

    /// <summary>How many are in memory.</summary>
    public int Count => grains.Count;

    public async Task<Receipt<TEvent>> Handle<TState, TCommand, TEvent, TRefusal>(
        GrainKind<TState, TCommand, TEvent, TRefusal> kind, string id, TCommand command, Caller caller, CancellationToken ct = default)
        where TState : class, IState<TState, TEvent>
        where TCommand : class, ICommand
        where TEvent : class
        where TRefusal : struct, Enum
    {
        if (!kind.Permission(command, caller))
            return new(command.CommandId, 0, 0, clock.Now(), [], [new Refusal(JournalRefusal.NotPermitted)]);

        var key = caller.Key;
        while (true)
        {
            var grain = Find(kind, id);
            var item = new LaneItem<TState, TCommand, TEvent, TRefusal>(grain, kind, command, key);
            if (grain.Take(item, lane, clock.Now())) return await item.Answered.WaitAsync(ct);
        }
    }

    /// <summary>Drops what was not used for so long and has nothing on its way.</summary>
    public void DropIdle(TimeSpan idle)
    {
        var since = Environment.TickCount64 - (long)idle.TotalMilliseconds;
        foreach (var (key, grain) in grains)
            if (grain.LastUsed <= since && grain.TryDrop(since)) grains.TryRemove(new(key, grain));
    }

    private Grain Find(GrainKind kind, string id)
    {
        if (!grains.TryGetValue((kind.Name, id), out var grain))
        {
            if (!Id().IsMatch(id)) throw new ArgumentException($"'{id}' is not a grain's id: a UUID in N form, or [A-Za-z0-9-]{{1,64}}.", nameof(id));
            grain = grains.GetOrAdd((kind.Name, id), static (key, kind) => new Grain(kind, key.Id), kind);
        }

        if (!grain.Loaded) grain.Load(store);
        return grain;
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
