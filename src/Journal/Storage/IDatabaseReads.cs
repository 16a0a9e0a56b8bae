namespace Ainalym.Journal.Storage;

/// <summary>The reading half of <see cref="IDatabase"/>, as an engine offers it.</summary>
internal interface IDatabaseReads
{
    Engine Engine { get; }

    string Page { get; }

    Task<IReadOnlyList<T>> Query<T>(string sql, object? values, CancellationToken ct);
}
