using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Data;
using Ainalym.Kernel;

namespace Ainalym.Waste.Classifier;

/// <summary>A row of the regions.</summary>
internal static class RegionRows
{
    public static RegionEntry Read(CsvRow row, Validity validity)
    {
        var code = row.Value<Region>("kato_code");
        if (row.Text("kato_code") != code.Code || row.Text("kato_prefix") != code.Code[..2] || row.Text("iso_3166_2") != $"KZ-{code.Code[..2]}")
            throw row.Wrong("'kato_code', 'kato_prefix' and 'iso_3166_2' do not agree.");
        return new RegionEntry(
            code,
            row.OneOf("type", ("oblast", RegionKind.Oblast), ("city", RegionKind.City)),
            row.Text("iso_3166_2"),
            row.Optional("iso_3166_2_legacy"),
            row.Text("admin_centre_ru"),
            Point(row, "admin_centre_lat", "admin_centre_lon"),
            Point(row, "centroid_lat_approx", "centroid_lon_approx"),
            new Naming(row.Text("name_en"), row.Text("name_ru"), row.Text("name_kk")),
            validity);
    }

    private static MapPoint Point(CsvRow row, string latitude, string longitude) => new(row.Degrees(latitude, 90), row.Degrees(longitude, 180));
}
