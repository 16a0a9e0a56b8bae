using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Front.Pages;

/// <summary>What codes are called in the reader's language, as the lists have it today; a code that is in no list any more is shown as it is.</summary>
public sealed class Names(CodeLists codes, Say say, TimeProvider time)
{
    private DateOnly Today => FactText.DayOf(time.GetUtcNow());

    public string Grade(string code) => GradeCode.TryParse(code, out var grade, out _) && codes.Find(grade, Today) is { } entry ? entry.Name.In(say.Language) : code;

    public string Region(string code) => Kernel.Region.TryParse(code, out var region, out _) && codes.Find(region, Today) is { } entry ? entry.Name.In(say.Language) : code;

    public string Waste(string code) => WasteCode.TryParse(code, out var waste, out _) && codes.Find(waste, Today) is { } entry ? entry.Name.In(say.Language) : code;

    public string Material(string family) => say[$"material.{family.Replace(' ', '-').Replace('/', '-')}"];

    /// <summary>The material that a grade is of.</summary>
    public string MaterialOf(string grade) => GradeCode.TryParse(grade, out var code, out _) && codes.Find(code, Today) is { } entry ? Material(entry.Family) : "";

    /// <summary>Regions for a choice, by name.</summary>
    public IReadOnlyList<(string Code, string Name)> Regions =>
        [.. codes.Regions.On(Today).Select(entry => (entry.Code.Code, Name: entry.Name.In(say.Language))).OrderBy(entry => entry.Name, StringComparer.CurrentCulture)];

    /// <summary>Grades for a choice, by family and name.</summary>
    public IReadOnlyList<(string Code, string Name)> Grades =>
        [.. codes.Grades.On(Today).Select(entry => (Code: entry.Code.ToString(), Name: $"{Material(entry.Family)}: {entry.Name.In(say.Language)} ({entry.Code})")).OrderBy(entry => entry.Name, StringComparer.CurrentCulture)];

    /// <summary>Material families for a choice, by name.</summary>
    public IReadOnlyList<(string Code, string Name)> Materials =>
        [.. codes.Grades.On(Today).Select(entry => entry.Family).Distinct(StringComparer.Ordinal).Select(family => (family, Name: Material(family))).OrderBy(entry => entry.Name, StringComparer.CurrentCulture)];
}
