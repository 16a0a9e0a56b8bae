using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Ainalym.Journal.Storage;

/// <summary>A numbered SQL file of a module: <c>V001__journal.sql</c>. Never edited once released: its checksum is kept.</summary>
internal sealed record Migration(string Module, int Number, string Name, string Sql)
{
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}

internal sealed record AppliedMigration(string Module, long Number, string Name, string Checksum);

/// <summary>How an engine keeps and runs migrations.</summary>
internal interface IMigrator
{
    /// <summary>Runs all of it under a lock, in one transaction.</summary>
    void Locked(Action work);

    /// <summary>Empty for a new database.</summary>
    IReadOnlyList<AppliedMigration> Applied();

    void Run(Migration migration, long nowMs);

    /// <summary>The folder of this engine's files in a module's assembly.</summary>
    string Folder { get; }
}

/// <summary>Brings a database up to date, or says plainly why not and changes nothing.</summary>
internal static class Migrations
{
    public static IReadOnlyList<Migration> Of(HouseModule module, string folder)
    {
        var files = module.Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/V", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return [.. files.Select(file => new Migration(module.Name, int.Parse(file.AsSpan(folder.Length + 2, 3), System.Globalization.CultureInfo.InvariantCulture), file[(folder.Length + 1)..^4], Text(module.Assembly, file)))];
    }

    /// <exception cref="StorageException">The database is newer than this program, or a released migration was edited.</exception>
    public static void Apply(IMigrator migrator, IReadOnlyList<HouseModule> modules, long nowMs)
    {
        Migration[] wanted = [.. modules.SelectMany(module => Of(module, migrator.Folder))];
        migrator.Locked(() =>
        {
            var applied = migrator.Applied().ToDictionary(done => (done.Module, done.Number));
            foreach (var done in applied.Values)
            {
                var known = wanted.SingleOrDefault(migration => migration.Module == done.Module && migration.Number == done.Number)
                    ?? throw new StorageException($"The database has {done.Module}/{done.Name}, which this version of the program does not know: it is newer. Nothing was changed. Start the newer version, or restore an older back-up.");
                if (known.Checksum != done.Checksum)
                    throw new StorageException($"{done.Module}/{done.Name} is not the file that was applied to this database (checksum {done.Checksum[..12]}, now {known.Checksum[..12]}). A released migration is never edited: add a new one.");
            }

            foreach (var migration in wanted)
                if (!applied.ContainsKey((migration.Module, migration.Number))) migrator.Run(migration, nowMs);
        });
    }

    private static string Text(Assembly assembly, string file)
    {
        using var stream = assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
