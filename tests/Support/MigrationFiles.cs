using System.Reflection;
using Ainalym.Journal;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Ainalym.Support;

/// <summary>The SQL files in a module's assembly.</summary>
public static class MigrationFiles
{
    /// <summary>File names without their folder.</summary>
    public static IReadOnlyList<string> Names(Assembly assembly, Engine engine) =>
        [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith($"{engine}/", StringComparison.Ordinal)).Select(name => name[(engine.ToString().Length + 1)..]).Order(StringComparer.Ordinal)];

    public static string Text(Assembly assembly, Engine engine, string name)
    {
        using var stream = assembly.GetManifestResourceStream($"{engine}/{name}") ?? throw new ArgumentException($"{assembly.GetName().Name} has no {engine}/{name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The columns of each table that the files make, on either engine.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Tables(Assembly assembly, Engine engine)
    {
        var names = Names(assembly, engine);
        if (names.Count == 0) return new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var sql = string.Join('\n', names.Select(name => Text(assembly, engine, name)));
        if (engine == Engine.SqlServer) return TSqlCheck.Tables(sql);
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute(sql);
        return connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table'").ToDictionary(
            table => table,
            IReadOnlyList<string> (table) => connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }).AsList(),
            StringComparer.Ordinal);
    }
}
