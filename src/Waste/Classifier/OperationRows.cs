using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Data;

namespace Ainalym.Waste.Classifier;

/// <summary>Rows of the two short lists: hazardous properties, recovery and disposal operations.</summary>
internal static class OperationRows
{
    public static HazardousProperty Property(CsvRow row, Validity validity) =>
        new(Numbered(row, "HP", "C"), new Naming(row.Text("name_en"), row.Text("name_ru")), validity);

    public static WasteOperation Operation(CsvRow row, Validity validity)
    {
        var kind = row.OneOf("kind", ("recovery", OperationKind.Recovery), ("disposal", OperationKind.Disposal));
        return new(Numbered(row, kind == OperationKind.Recovery ? "R" : "D"), kind, new Naming(row.Text("name_en"), row.Text("name_ru")), validity);
    }

    /// <summary>A code of Latin letters and a number of one or two digits.</summary>
    private static string Numbered(CsvRow row, params string[] letters)
    {
        var code = row.Text("code");
        return Array.Exists(letters, start => code.StartsWith(start, StringComparison.Ordinal) && code[start.Length..] is { Length: 1 or 2 } number && number.All(char.IsAsciiDigit))
            ? code
            : throw row.Wrong($"'code' is '{code}', not {string.Join(" or ", letters)} and a number.");
    }
}
