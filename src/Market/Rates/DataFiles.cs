using System.Text;
using Ainalym.Journal.Data;

namespace Ainalym.Market.Rates;

/// <summary>The module's dated rows, embedded from <c>data/</c>.</summary>
internal static class DataFiles
{
    /// <exception cref="DataFileException">The file is not as it must be.</exception>
    public static IReadOnlyList<CsvRow> Rows(string file)
    {
        var stream = typeof(DataFiles).Assembly.GetManifestResourceStream($"data/{file}") ?? throw new DataFileException(file, 0, "is not there.");
        using var text = new StreamReader(stream, Encoding.UTF8);
        return CsvRows.Read(file, text);
    }

    /// <summary>Those in force on a day.</summary>
    public static IEnumerable<T> On<T>(this IEnumerable<T> rows, DateOnly day)
        where T : IDated => rows.Where(row => row.ValidFrom <= day && (row.ValidTo is not { } last || day <= last));
}

/// <summary>A row that holds from a day to a day, both included.</summary>
internal interface IDated
{
    DateOnly ValidFrom { get; }

    DateOnly? ValidTo { get; }
}
