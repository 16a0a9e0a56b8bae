using System.Globalization;
using Ainalym.Kernel;
using CsvHelper;

namespace Ainalym.Journal.Data;

/// <summary>Reads a data file of the house row by row; whatever is wrong is told with the file and the line.</summary>
public static class CsvRows
{
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    public static IReadOnlyList<CsvRow> Read(string file, TextReader text)
    {
        var rows = new List<CsvRow>();
        try
        {
            using var csv = CsvReader.Create(text, Strict, leaveOpen: true);
            var columns = csv.Headers.ToArray();
            while (csv.Read())
                rows.Add(new CsvRow(file, (int)csv.LineNumber, columns.Select((column, i) => (column, csv.GetString(i))).ToDictionary(StringComparer.Ordinal)));
        }
        catch (Exception damaged) when (damaged is CsvFormatException or ArgumentException)
        {
            throw new DataFileException(file, damaged is CsvFormatException { LineNumber: var line } ? (int)line : 0, $"cannot be read: {damaged.Message}", damaged);
        }

        return rows.Count > 0 ? rows : throw new DataFileException(file, 0, "is empty.");
    }
}

/// <summary>One row; its values by column.</summary>
public sealed class CsvRow(string file, int line, IReadOnlyDictionary<string, string> values)
{
    public string File => file;

    public int Line => line;

    /// <summary>What must be there.</summary>
    public string Text(string column) => Optional(column) ?? throw Wrong($"'{column}' is empty.");

    public string? Optional(string column) =>
        !values.TryGetValue(column, out var value) ? throw Wrong($"there is no column '{column}'.")
        : value.Length == 0 ? null
        : value == value.Trim() ? value
        : throw Wrong($"'{column}' has blanks around it: '{value}'.");

    public T Value<T>(string column)
        where T : struct, ITextValue<T> => ValueOf<T>(Text(column), column);

    public T ValueOf<T>(string text, string column)
        where T : struct, ITextValue<T> =>
        T.TryParse(text, out var value, out var refusal) ? value : throw Wrong($"'{column}' is '{text}': {refusal}.");

    public bool Flag(string column) => OneOf(column, ("0", false), ("1", true));

    public T OneOf<T>(string column, params (string Text, T Value)[] choices)
    {
        var text = Text(column);
        foreach (var (choice, value) in choices)
        {
            if (choice == text) return value;
        }

        throw Wrong($"'{column}' is '{text}', not one of {string.Join(", ", choices.Select(choice => choice.Text))}.");
    }

    /// <summary>A whole number, the bounds included.</summary>
    public int Whole(string column, int least, int most) => int.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
        ? number
        : throw Wrong($"'{column}' must be a whole number from {least} to {most}.");

    public DateOnly Day(string column) => OptionalDay(column) ?? throw Wrong($"'{column}' is empty.");

    public DateOnly? OptionalDay(string column) =>
        Optional(column) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw Wrong($"'{column}' is '{text}', not a day like 2021-08-06.");

    /// <summary>Degrees, up to <paramref name="greatest"/> either way.</summary>
    public decimal Degrees(string column, int greatest) =>
        decimal.TryParse(Text(column), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= greatest
            ? degrees
            : throw Wrong($"'{column}' is '{Text(column)}', not degrees up to {greatest}.");

    public DataFileException Wrong(string problem) => new(file, line, problem);
}
