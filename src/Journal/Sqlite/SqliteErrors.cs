using Microsoft.Data.Sqlite;

namespace Ainalym.Journal.Sqlite;

/// <summary>Which SQLite errors are the storage's and not one item's, and what to tell a person about them.</summary>
internal static class SqliteErrors
{
    public const int Busy = 5;
    public const int Locked = 6;
    public const int OutOfMemory = 7;
    public const int ReadOnly = 8;
    public const int IoError = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;

    public static bool IsStorage(SqliteException error) =>
        error.SqliteErrorCode is Busy or Locked or OutOfMemory or ReadOnly or IoError or Corrupt or Full or CannotOpen or NotADatabase;

    public static StorageException Storage(SqliteException error, string what) => new($"{what}: {Reason(error)} ({error.Message})", error);

    private static string Reason(SqliteException error) => error.SqliteErrorCode switch
    {
        Busy or Locked => "another process held the database for too long; try again",
        ReadOnly => "the database or its folder cannot be written; give this user write access to both",
        IoError => "the disk gave an error; check the disk and its mount",
        Corrupt => "the database file is damaged; restore it from a back-up and run 'verify'",
        Full => "the disk is full; free some space, nothing was lost",
        CannotOpen => "the file cannot be opened; check that the folder exists and may be read and written",
        NotADatabase => "the file is not a SQLite database; choose another data folder",
        OutOfMemory => "out of memory",
        _ => "SQLite refused it",
    };
}
