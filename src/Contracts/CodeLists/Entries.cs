using Ainalym.Kernel;

namespace Ainalym.Contracts.CodeLists;

/// <summary>An entry of a code list: what it is called and when it holds.</summary>
public abstract record CodeListEntry(Naming Name, Validity Validity)
{
    /// <summary>The code as the list writes it.</summary>
    public abstract string Text { get; }

    /// <summary>Equal for all spellings of the code.</summary>
    public abstract string Key { get; }
}

/// <summary>A chapter (<c>15</c>) or sub-chapter (<c>15 01</c>) of the Waste Classifier. Only orders the entries; nothing is ever classified as one.</summary>
public sealed record WasteHeading(string Digits, Naming Name, Validity Validity) : CodeListEntry(Name, Validity)
{
    public bool IsChapter => Digits.Length == 2;

    public override string Text => IsChapter ? Digits : $"{Digits[..2]} {Digits[2..]}";

    public override string Key => Digits;
}

/// <summary>An entry of the Waste Classifier.</summary>
/// <param name="Code">As the classifier writes it: marked when hazardous.</param>
/// <param name="Mirrors">The entries for the same waste with, or without, hazardous properties: which one applies is decided by composition.</param>
/// <param name="OwnTranslation">The Russian name is ours, not the official one.</param>
public sealed record WasteCodeEntry(WasteCode Code, IReadOnlyList<WasteCode> Mirrors, bool OwnTranslation, Naming Name, Validity Validity) : CodeListEntry(Name, Validity)
{
    public bool Hazardous => Code.Marked;

    public string Chapter => Code.Digits[..2];

    public override string Text => Code.ToString();

    public override string Key => Code.Digits;
}

/// <summary>A trade grade of the catalogue.</summary>
/// <param name="Standard">The standard or circular that it comes from, or our own list.</param>
/// <param name="Family"><c>paper</c>, <c>ferrous</c>, <c>plastic</c>…</param>
/// <param name="UsualWasteCode">The waste it usually is: a judgement, offered and never imposed.</param>
/// <param name="Unit">What it is usually traded in: <c>t</c> or <c>kg</c>.</param>
/// <param name="Confirmed">Read in the standard or in two sources that agree; otherwise to be checked against the standard.</param>
public sealed record Grade(GradeCode Code, string Standard, string Family, WasteCode UsualWasteCode, string Unit, bool Confirmed, Naming Name, Validity Validity)
    : CodeListEntry(Name, Validity)
{
    public override string Text => Code.ToString();

    public override string Key => Code.Folded;
}

public enum RegionKind { Oblast, City }

/// <summary>A place on the map in degrees (WGS 84).</summary>
public readonly record struct MapPoint(decimal Latitude, decimal Longitude);

/// <summary>An oblast or a city of republican significance.</summary>
/// <param name="Iso">ISO 3166-2: <c>KZ-75</c>.</param>
/// <param name="FormerIso">ISO 3166-2 before 2022, where there was one.</param>
/// <param name="CentreRu">The administrative centre, in Russian.</param>
/// <param name="Centre">To about a twentieth of a degree.</param>
/// <param name="Middle">To about a degree: only for maps.</param>
public sealed record RegionEntry(
    Region Code, RegionKind Kind, string Iso, string? FormerIso, string CentreRu, MapPoint Centre, MapPoint Middle, Naming Name, Validity Validity) : CodeListEntry(Name, Validity)
{
    public override string Text => Code.Code;

    public override string Key => Code.Code;
}

/// <summary>A property that makes waste hazardous (Environmental Code, Article 342): HP1…HP15, or C16 for persistent organic pollutants.</summary>
public sealed record HazardousProperty(string Code, Naming Name, Validity Validity) : CodeListEntry(Name, Validity)
{
    public override string Text => Code;

    public override string Key => Lookalikes.Fold(Code);
}

public enum OperationKind { Recovery, Disposal }

/// <summary>What is done with waste: recovery R1…R13 or disposal D1…D15.</summary>
public sealed record WasteOperation(string Code, OperationKind Kind, Naming Name, Validity Validity) : CodeListEntry(Name, Validity)
{
    public override string Text => Code;

    public override string Key => Lookalikes.Fold(Code);
}
