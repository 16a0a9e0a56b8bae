using Ainalym.Kernel;

namespace Ainalym.Contracts.CodeLists;

/// <summary>The code lists as dated data: loaded once at start, never changed while the house runs.</summary>
public sealed class CodeLists(
    IReadOnlyList<WasteHeading> headings,
    IReadOnlyList<WasteCodeEntry> wasteCodes,
    IReadOnlyList<Grade> grades,
    IReadOnlyList<RegionEntry> regions,
    IReadOnlyList<HazardousProperty> properties,
    IReadOnlyList<WasteOperation> operations)
{
    public CodeList<WasteHeading> Headings { get; } = new(headings);

    public CodeList<WasteCodeEntry> WasteCodes { get; } = new(wasteCodes);

    public CodeList<Grade> Grades { get; } = new(grades);

    public CodeList<RegionEntry> Regions { get; } = new(regions);

    public CodeList<HazardousProperty> HazardousProperties { get; } = new(properties);

    public CodeList<WasteOperation> Operations { get; } = new(operations);

    /// <summary>By its digits; whether the mark of hazardous waste is right is for <see cref="RefusalOf(WasteCode, DateOnly)"/> to say.</summary>
    public WasteCodeEntry? Find(WasteCode code, DateOnly on) => WasteCodes.Find(code.Digits, on);

    /// <summary>By its fold, whatever standard it comes from: no two grades of the catalogue fold alike.</summary>
    public Grade? Find(GradeCode code, DateOnly on) => Grades.Find(code.Folded, on);

    public RegionEntry? Find(Region region, DateOnly on) => Regions.Find(region.Code, on);

    /// <summary>Why this code may not be used on that day, if it may not: it is not in the classifier, or its asterisk is missing or too much.</summary>
    public Refusal? RefusalOf(WasteCode code, DateOnly on) => Find(code, on) switch
    {
        null => new Refusal(WasteCodeRefusal.Unknown, code.ToString()),
        var entry when entry.Code != code => new Refusal(WasteCodeRefusal.HazardMark, entry.Code.ToString()),
        _ => null,
    };

    /// <summary>Why this grade may not be used on that day, if it may not: it is not in the catalogue.</summary>
    public Refusal? RefusalOf(GradeCode code, DateOnly on) => Find(code, on) is null ? new Refusal(GradeRefusal.Unknown, code.ToString()) : null;

    /// <summary>Why this region may not be used on that day, if it may not: there is no oblast or city of that code.</summary>
    public Refusal? RefusalOf(Region region, DateOnly on) => Find(region, on) is null ? new Refusal(RegionRefusal.Unknown, region.Code) : null;
}
