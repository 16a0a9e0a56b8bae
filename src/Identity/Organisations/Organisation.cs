using Ainalym.Kernel;

namespace Ainalym.Identity.Organisations;

/// <summary>Who trades, inspects or runs the house. One role each.</summary>
/// <param name="Head">The organisation it belongs to; those with one head are affiliated.</param>
/// <param name="IsDemo">Made up for the demo, and shown as such.</param>
public sealed record Organisation(Guid Id, Bin Bin, string Name, Region Region, Roles Role, Guid? Head, bool IsDemo);

/// <summary>A row of <c>organisations</c>.</summary>
internal sealed record OrganisationRow(string Id, string Bin, string Name, string Region, string Role, string? HeadId, long IsDemo)
{
    public const string Columns = "organisation_id AS Id, bin AS Bin, name AS Name, region AS Region, role AS Role, head_id AS HeadId, is_demo AS IsDemo";

    public Organisation Read() => new(
        Guid.ParseExact(Id, "N"),
        TextValue.Parse<Bin>(Bin),
        Name,
        TextValue.Parse<Region>(Region),
        Enum.Parse<Roles>(Role),
        HeadId is null ? null : Guid.ParseExact(HeadId, "N"),
        IsDemo == 1);
}
