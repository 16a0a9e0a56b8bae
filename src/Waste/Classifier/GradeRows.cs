using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Data;
using Ainalym.Kernel;

namespace Ainalym.Waste.Classifier;

/// <summary>A row of the catalogue of trade grades.</summary>
internal static class GradeRows
{
    public static Grade Read(CsvRow row, Validity validity) => new(
        row.Value<GradeCode>("grade_code"),
        row.Text("standard"),
        row.Text("material_family"),
        row.Value<WasteCode>("ewc_code"),
        row.OneOf("unit", ("t", "t"), ("kg", "kg")),
        row.OneOf("confidence", ("H", true), ("M", false)),
        new Naming(row.Text("name_en"), row.Text("name_ru"), row.Text("name_kk")),
        validity);
}
