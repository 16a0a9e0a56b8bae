using Ainalym.Contracts.CodeLists;

namespace Ainalym.Waste.Classifier;

/// <summary>A name in the languages that the list has.</summary>
public sealed record NameAnswer(string En, string? Ru, string? Kk)
{
    internal static NameAnswer From(Naming name) => new(name.En, name.Ru, name.Kk);
}

/// <summary>From when to when an entry holds.</summary>
/// <param name="To">The last day; absent while it is in force.</param>
/// <param name="DatesAssumed">The dates are a working assumption, not read in the source.</param>
public sealed record ValidityAnswer(DateOnly From, DateOnly? To, string Source, bool DatesAssumed)
{
    internal static ValidityAnswer Of(Validity validity) => new(validity.From, validity.To, validity.Source, validity.DatesAssumed);
}

/// <summary>An entry of the Waste Classifier.</summary>
/// <param name="Code">As the classifier writes it: <c>16 06 01*</c>.</param>
/// <param name="Chapter">Two digits.</param>
/// <param name="Mirrors">The entries for the same waste with, or without, hazardous properties.</param>
/// <param name="OwnTranslation">The Russian name is not the official one.</param>
public sealed record WasteCodeAnswer(string Code, bool Hazardous, string Chapter, IReadOnlyList<string> Mirrors, NameAnswer Name, bool OwnTranslation, ValidityAnswer Validity)
{
    internal static WasteCodeAnswer From(WasteCodeEntry entry) => new(
        entry.Text, entry.Hazardous, entry.Chapter, [.. entry.Mirrors.Select(mirror => mirror.ToString())], NameAnswer.From(entry.Name), entry.OwnTranslation, ValidityAnswer.Of(entry.Validity));
}

/// <summary>A trade grade.</summary>
/// <param name="UsualWasteCode">The waste it usually is: a judgement.</param>
/// <param name="Unit"><c>t</c> or <c>kg</c>.</param>
/// <param name="Confirmed">False where it is still to be checked against its standard.</param>
public sealed record GradeAnswer(string Code, string Standard, string Family, string UsualWasteCode, string Unit, bool Confirmed, NameAnswer Name, ValidityAnswer Validity)
{
    internal static GradeAnswer From(Grade grade) => new(
        grade.Text, grade.Standard, grade.Family, grade.UsualWasteCode.ToString(), grade.Unit, grade.Confirmed, NameAnswer.From(grade.Name), ValidityAnswer.Of(grade.Validity));
}

/// <summary>An oblast or a city of republican significance.</summary>
/// <param name="Code">Nine digits of KATO.</param>
/// <param name="Kind"><c>oblast</c> or <c>city</c>.</param>
/// <param name="Iso">ISO 3166-2.</param>
/// <param name="Latitude">Of the administrative centre, in degrees, to about a twentieth.</param>
/// <param name="Longitude">Of the administrative centre, in degrees, to about a twentieth.</param>
public sealed record RegionAnswer(string Code, RegionKind Kind, string Iso, NameAnswer Name, decimal Latitude, decimal Longitude, ValidityAnswer Validity)
{
    internal static RegionAnswer From(RegionEntry region) => new(
        region.Text, region.Kind, region.Iso, NameAnswer.From(region.Name), region.Centre.Latitude, region.Centre.Longitude, ValidityAnswer.Of(region.Validity));
}
