using Ainalym.Journal.Following;
using Ainalym.Journal.Lanes;

namespace Ainalym.Journal.Storage;

/// <summary>The house's database: reads go to the engine, writes to the lane.</summary>
internal sealed class Database(IJournalStore store, Lane lane, Kinds kinds) : IDatabase
{
    public Engine Engine => store.Engine;

    public string Page => store.Page;

    public Task<IReadOnlyList<T>> Query<T>(string sql, object? values = null, CancellationToken ct = default) => store.Query<T>(sql, values, ct);

    public async Task<T?> Single<T>(string sql, object? values = null, CancellationToken ct = default)
    {
        var rows = await store.Query<T>(sql, values, ct);
        return rows.Count switch
        {
            0 => default,
            1 => rows[0],
            _ => throw new InvalidOperationException($"One row was expected, {rows.Count} came from: {sql}"),
        };
    }

    public Task<IReadOnlyList<Envelope>> Back(string kind, string id, long before, int most, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Envelope>>([.. store.ReadBack($"{kind}/{id}", before, most).Select(kinds.Envelope)]);
    }

    public Task<T> Write<T>(Func<Writing, T> write, CancellationToken ct = default) => lane.Write(write).WaitAsync(ct);
}
