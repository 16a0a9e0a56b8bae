using System.Data.Common;

namespace Ainalym.Journal;

/// <summary>
/// Reading the rows, and the small writes that are not journalled (identity, drafts). SQL stands in plain sight where it is used; row records hold
/// <c>long</c>, <c>string</c> and <c>long?</c> only.
/// </summary>
public interface IDatabase
{
    /// <summary>Which of the two engines.</summary>
    Engine Engine { get; }

    /// <summary>Ends every list: takes the first <c>@n</c> rows after ORDER BY.</summary>
    string Page { get; }

    Task<IReadOnlyList<T>> Query<T>(string sql, object? values = null, CancellationToken ct = default);

    /// <summary>The one row, or null.</summary>
    Task<T?> Single<T>(string sql, object? values = null, CancellationToken ct = default);

    /// <summary>The last events of a stream, newest first: what a history shows. Includes what is secret; the module decides what to tell.</summary>
    /// <param name="before">A position of that stream to go on from; 0 for from its end.</param>
    Task<IReadOnlyList<Following.Envelope>> Back(string kind, string id, long before, int most, CancellationToken ct = default);

    /// <summary>Hands a write to the lane; it commits with the next batch, all of it or nothing.</summary>
    /// <returns>What <paramref name="write"/> gave, after the commit.</returns>
    /// <exception cref="StorageException">The journal could not be written.</exception>
    Task<T> Write<T>(Func<Writing, T> write, CancellationToken ct = default);
}

public enum Engine { Sqlite, SqlServer }

/// <summary>The connection and transaction of the batch that a write takes part in. Dapper takes both.</summary>
public readonly record struct Writing(Engine Engine, DbConnection Connection, DbTransaction? Transaction)
{
    /// <summary>Runs one statement; gives the number of rows it touched.</summary>
    public int Run(string sql, object? values = null) => Dapper.SqlMapper.Execute(Connection, sql, values, Transaction);

    public T? Scalar<T>(string sql, object? values = null) => Dapper.SqlMapper.ExecuteScalar<T>(Connection, sql, values, Transaction);
}
