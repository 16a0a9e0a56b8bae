using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Data;
using Ainalym.Kernel;

namespace Ainalym.Waste.Classifier;

/// <summary>
/// Loads the code lists from the files in <c>data/</c>. <c>editions.csv</c> says which file is which list, from when it holds and how many rows it must have: when the law changes
/// a list, the old edition gets its last day and the new one is a file and a row more.
/// </summary>
internal static class CodeListFiles
{
    private const string Editions = "editions.csv";

    private static readonly string[] Lists = ["waste-codes", "grades", "regions", "hazardous-properties", "operations"];

    /// <summary>The files that came with the program.</summary>
    /// <exception cref="DataFileException">A file is damaged: a form, a date, a code twice, another number of rows.</exception>
    public static CodeLists Load() => Read(file =>
        typeof(CodeListFiles).Assembly.GetManifestResourceStream($"data/{file}") is { } stream
            ? new StreamReader(stream)
            : throw new DataFileException(file, 0, "there is no such file."));

    public static CodeLists Read(Func<string, TextReader> open)
    {
        var editions = Rows(Editions).ConvertAll(row => (
            List: row.OneOf("list", [.. Lists.Select(list => (list, list))]),
            File: row.Text("file"),
            Validity: ValidityOf(row),
            Counts: CountsOf(row)));
        if (Lists.FirstOrDefault(list => editions.TrueForAll(edition => edition.List != list)) is { } missing)
            throw new DataFileException(Editions, 0, $"no edition of '{missing}'.");

        var codes = Of("waste-codes", WasteCodeRows.Read).ToList();
        return new CodeLists(
            [.. codes.OfType<WasteHeading>()],
            [.. codes.OfType<WasteCodeEntry>()],
            [.. Of("grades", GradeRows.Read)],
            [.. Of("regions", RegionRows.Read)],
            [.. Of("hazardous-properties", OperationRows.Property)],
            [.. Of("operations", OperationRows.Operation)]);

        List<CsvRow> Rows(string file)
        {
            using var text = open(file);
            return [.. CsvRows.Read(file, text)];
        }

        IEnumerable<T> Of<T>(string list, Func<CsvRow, Validity, T> read)
            where T : CodeListEntry
        {
            var before = new Dictionary<string, List<(CsvRow Row, T Entry)>>(StringComparer.Ordinal);
            foreach (var edition in editions.Where(edition => edition.List == list))
            {
                var rows = Rows(edition.File).ConvertAll(row => (Row: row, Entry: read(row, edition.Validity)));
                foreach (var (row, entry) in rows)
                {
                    var same = before.TryGetValue(entry.Key, out var known) ? known : before[entry.Key] = [];
                    if (same.Find(other => other.Entry.Validity.Overlaps(entry.Validity)) is { Row: { } first })
                        throw row.Wrong($"'{entry.Text}' already stands in {first.File}, line {first.Line}, for the same days.");
                    same.Add((row, entry));
                }

                foreach (var (what, expected) in edition.Counts)
                {
                    var found = rows.Count(read => KindsOf(read.Entry).Contains(what));
                    if (found != expected) throw new DataFileException(edition.File, 0, $"has {found} of '{what}' where {Editions} expects {expected}.");
                }

                foreach (var (_, entry) in rows) yield return entry;
            }
        }
    }

    /// <summary>What an entry counts as.</summary>
    private static string[] KindsOf(CodeListEntry entry) => entry switch
    {
        WasteHeading heading => [heading.IsChapter ? "chapter" : "subchapter"],
        WasteCodeEntry { Hazardous: true } => ["entry", "hazardous"],
        WasteCodeEntry => ["entry"],
        Grade => ["grade"],
        RegionEntry region => [region.Kind == RegionKind.Oblast ? "oblast" : "city"],
        HazardousProperty => ["property"],
        WasteOperation operation => [operation.Kind == OperationKind.Recovery ? "recovery" : "disposal"],
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, "No list has such entries."),
    };

    private static Validity ValidityOf(CsvRow row)
    {
        var validity = new Validity(row.Day("valid_from"), row.OptionalDay("valid_to"), row.Text("source"), row.Flag("dates_assumed"));
        return validity.To < validity.From ? throw row.Wrong($"'valid_to' {validity.To:O} is before 'valid_from' {validity.From:O}.") : validity;
    }

    private static IReadOnlyList<(string What, int Expected)> CountsOf(CsvRow row) =>
    [
        .. row.Text("counts").Split(' ').Select(count =>
            count.Split('=') is [{ Length: > 0 } what, var number] && int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var expected)
                ? (what, expected)
                : throw row.Wrong($"'counts' has '{count}', not kind=number.")),
    ];
}
