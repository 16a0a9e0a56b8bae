using Microsoft.Data.SqlClient;

namespace Ainalym.Journal.SqlServer;

/// <summary>Which SQL Server errors are the storage's and not one item's, and what to tell a person about them.</summary>
internal static class SqlServerErrors
{
    public const int AlreadyThere = 2714;
    public const int DuplicateKey = 2627;
    public const int DuplicateIndexKey = 2601;

    /// <summary>From this severity on it is the server that is unwell, whatever the number.</summary>
    private const byte Unwell = 17;

    private const string Lost = "the connection to SQL Server was lost; check that it runs and can be reached";
    private const string Busy = "another process held the database for too long; try again";
    private const string Overloaded = "SQL Server has no memory or workers left; try again in a moment";
    private const string Damaged = "the database is damaged; restore it from a back-up and run 'verify'";
    private const string Forbidden = "the sign-in lacks a right on this database; give it db_owner there";
    private const string Moving = "the database is being moved or restarted; try again in a moment";

    private static readonly Dictionary<int, string> Reasons = new()
    {
        [-2] = "SQL Server did not answer in time; try again",
        [-1] = Lost,
        [0] = Lost,
        [2] = Lost,
        [19] = Lost,
        [20] = Lost,
        [26] = Lost,
        [35] = Lost,
        [40] = Lost,
        [53] = Lost,
        [64] = Lost,
        [109] = Lost,
        [121] = Lost,
        [232] = Lost,
        [233] = Lost,
        [258] = Lost,
        [596] = Lost,
        [1225] = Lost,
        [10051] = Lost,
        [10053] = Lost,
        [10054] = Lost,
        [10060] = Lost,
        [10061] = Lost,
        [10065] = Lost,
        [11001] = Lost,
        [927] = Moving,
        [952] = Moving,
        [978] = Moving,
        [983] = Moving,
        [6005] = Moving,
        [17142] = Moving,
        [17147] = Moving,
        [17197] = Moving,
        [40197] = Moving,
        [40613] = Moving,
        [1205] = "two writers stood in each other's way and this one was taken back; try again",
        [1222] = Busy,
        [3960] = Busy,
        [1101] = "the database's files are full; give them room, nothing was lost",
        [1105] = "the database's files are full; give them room, nothing was lost",
        [9002] = "the transaction log is full; back it up or give it room, nothing was lost",
        [701] = Overloaded,
        [802] = Overloaded,
        [8645] = Overloaded,
        [8651] = Overloaded,
        [10928] = Overloaded,
        [10929] = Overloaded,
        [40501] = Overloaded,
        [49918] = Overloaded,
        [49919] = Overloaded,
        [49920] = Overloaded,
        [926] = Damaged,
        [605] = Damaged,
        [823] = Damaged,
        [824] = Damaged,
        [942] = "the database is offline; bring it online",
        [945] = "the database cannot be opened: its files cannot be reached, or memory or disk space is short; see the server's log",
        [3952] = "snapshots were turned off on this database while the program ran; restart it, or set ALLOW_SNAPSHOT_ISOLATION on",
        [3906] = "the database is read-only; set it to read and write",
        [229] = Forbidden,
        [262] = Forbidden,
        [4060] = "the database of the connection string is not there or not open to this sign-in; create it, or correct the name",
        [18456] = "SQL Server did not accept the sign-in of the connection string",
        [18452] = "SQL Server did not accept the sign-in of the connection string",
    };

    public static bool IsStorage(SqlException error) => IsStorage(error.Number, error.Class);

    internal static bool IsStorage(int number, byte severity) => severity >= Unwell || Reasons.ContainsKey(number);

    public static StorageException Storage(Exception error, string what) => new($"{what}: {Reason((error as SqlException)?.Number)} ({error.Message})", error);

    /// <param name="number">None when the client found the connection unusable by itself.</param>
    internal static string Reason(int? number) => number is { } known ? Reasons.GetValueOrDefault(known, "SQL Server refused it") : Lost;
}
