using Ainalym.Journal.Storage;
using Dapper;

namespace Ainalym.Journal.Sqlite;

internal sealed class SqliteMigrator(SqliteSession session) : IMigrator
{
    public string Folder => "Sqlite";

    public void Locked(Action work)
    {
        session.Connection.Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            session.Connection.Execute("COMMIT");
        }
        catch
        {
            if (session.InTransaction) session.Connection.Execute("ROLLBACK");
            throw;
        }
    }

    public IReadOnlyList<AppliedMigration> Applied()
    {
        session.Connection.Execute("""
            CREATE TABLE IF NOT EXISTS migrations (
                module   TEXT    NOT NULL,
                number   INTEGER NOT NULL,
                name     TEXT    NOT NULL,
                checksum TEXT    NOT NULL,
                at_ms    INTEGER NOT NULL,
                PRIMARY KEY (module, number)
            ) WITHOUT ROWID
            """);
        return session.Connection.Query<AppliedMigration>("SELECT module AS Module, number AS Number, name AS Name, checksum AS Checksum FROM migrations").AsList();
    }

    public void Run(Migration migration, long nowMs)
    {
        session.Connection.Execute(migration.Sql);
        session.Connection.Execute(
            "INSERT INTO migrations (module, number, name, checksum, at_ms) VALUES (@Module, @Number, @Name, @Checksum, @nowMs)",
            new { migration.Module, migration.Number, migration.Name, migration.Checksum, nowMs });
    }
}
