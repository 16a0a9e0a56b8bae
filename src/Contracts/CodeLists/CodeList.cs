using System.Collections.Frozen;

namespace Ainalym.Contracts.CodeLists;

/// <summary>One list, immutable, in its own order. A code may stand in it several times, for days that do not overlap.</summary>
public sealed class CodeList<T>
    where T : CodeListEntry
{
    private readonly FrozenDictionary<string, T[]> byKey;

    /// <exception cref="ArgumentException">A code holds twice on one day.</exception>
    public CodeList(IReadOnlyList<T> all)
    {
        All = all;
        byKey = all.GroupBy(entry => entry.Key, StringComparer.Ordinal).ToFrozenDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);
        foreach (var same in byKey.Values)
        {
            for (var later = 1; later < same.Length; later++)
            {
                if (same.AsSpan(0, later).ToArray().FirstOrDefault(earlier => earlier.Validity.Overlaps(same[later].Validity)) is { } earlier)
                    throw new ArgumentException($"{typeof(T).Name} '{same[later].Text}' and '{earlier.Text}' are one code and hold on the same day.", nameof(all));
            }
        }
    }

    /// <summary>Every entry of every time.</summary>
    public IReadOnlyList<T> All { get; }

    public IEnumerable<T> On(DateOnly day) => All.Where(entry => entry.Validity.Holds(day));

    /// <summary>The entry of that key (<see cref="CodeListEntry.Key"/>) that holds on that day.</summary>
    public T? Find(string key, DateOnly on) =>
        byKey.TryGetValue(key, out var same) ? Array.Find(same, entry => entry.Validity.Holds(on)) : null;
}
