using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Data;
using Ainalym.Kernel;

namespace Ainalym.Waste.Classifier;

/// <summary>A row of the Waste Classifier: a chapter, a sub-chapter or an entry.</summary>
internal static class WasteCodeRows
{
    public static CodeListEntry Read(CsvRow row, Validity validity)
    {
        var name = new Naming(row.Text("name_en"), row.Optional("name_ru"));
        var pairs = row.OneOf("level", ("chapter", 1), ("subchapter", 2), ("entry", 3));
        if (pairs == 3) return Entry(row, name, validity);

        var digits = row.Text("code").Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == 2 * pairs && digits.All(char.IsAsciiDigit)
            ? new WasteHeading(digits, name, validity)
            : throw row.Wrong($"'code' is '{row.Text("code")}', not {2 * pairs} digits.");
    }

    private static WasteCodeEntry Entry(CsvRow row, Naming name, Validity validity)
    {
        var written = row.Text("code");
        var code = row.ValueOf<WasteCode>(row.Flag("hazardous") ? written + "*" : written, "code");
        var mirrors = (row.Optional("mirror_of") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text => row.ValueOf<WasteCode>(text, "mirror_of"));
        var entry = new WasteCodeEntry(code, [.. mirrors], row.Optional("name_ru_source") == "own-translation", name, validity);
        return row.Flag("mirror") == entry.Mirrors.Count > 0 ? entry : throw row.Wrong("'mirror' and 'mirror_of' do not agree.");
    }
}
