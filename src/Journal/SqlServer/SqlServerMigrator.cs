using System.Data;
using Ainalym.Journal.Storage;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Ainalym.Journal.SqlServer;

/// <summary>Runs migrations in one transaction that begins by updating the lock table's row: of several processes that start at once, one works and the others find it done.</summary>
internal sealed class SqlServerMigrator(SqlConnection connection) : IMigrator
{
    /// <summary>Seconds; a migration of a large table takes its time, and so does waiting for one.</summary>
    private const int Patience = 3600;

    private SqlTransaction? transaction;

    public string Folder => "SqlServer";

    /// <exception cref="StorageException">The database belongs to something else; nothing was changed.</exception>
    public void Locked(Action work)
    {
        Claim();
        // Said outright, as a pooled connection may come with another level.
        using (transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted))
        {
            Run(SqlServerStatements.TakeLock);
            work();
            transaction.Commit();
        }

        transaction = null;
    }

    public IReadOnlyList<AppliedMigration> Applied()
    {
        Run(SqlServerStatements.CreateMigrations);
        return connection.Query<AppliedMigration>(SqlServerStatements.ReadMigrations, transaction: transaction).AsList();
    }

    public void Run(Migration migration, long nowMs)
    {
        Run(migration.Sql);
        Run(SqlServerStatements.AddMigration, new { migration.Module, migration.Number, migration.Name, migration.Checksum, nowMs });
    }

    /// <summary>The lock table is the first that is made, so a database with tables but without it is not ours.</summary>
    private void Claim()
    {
        var tables = connection.ExecuteScalar<long>(SqlServerStatements.CountTables);
        if (tables > 0 && connection.ExecuteScalar<long>(SqlServerStatements.CountLocks) == 0)
            throw new StorageException($"{connection.Database} on {connection.DataSource} is a database of some other program. Nothing was changed. Create an empty database and name it in the connection string.");
        RunUnlessFirst(SqlServerStatements.CreateLock);
        RunUnlessFirst(SqlServerStatements.FillLock);
    }

    /// <summary>Another process that starts at the same time may be quicker; what it made is as good.</summary>
    private void RunUnlessFirst(string sql)
    {
        try
        {
            Run(sql);
        }
        catch (SqlException error) when (error.Number is SqlServerErrors.AlreadyThere or SqlServerErrors.DuplicateKey or SqlServerErrors.DuplicateIndexKey)
        {
            // It is there.
        }
    }

    private void Run(string sql, object? values = null) => connection.Execute(sql, values, transaction, commandTimeout: Patience);
}
