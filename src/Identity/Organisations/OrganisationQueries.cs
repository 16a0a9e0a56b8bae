using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Identity.Organisations;

/// <summary>Reads the organisations.</summary>
public sealed class OrganisationQueries(IDatabase db)
{
    public async Task<Organisation?> ById(Guid id, CancellationToken ct) => (await db.Single<OrganisationRow>($"""
        SELECT {OrganisationRow.Columns}
        FROM organisations
        WHERE organisation_id = @id
        """, new { id = id.ToString("N") }, ct))?.Read();

    public async Task<Organisation?> ByBin(Bin bin, CancellationToken ct) => (await db.Single<OrganisationRow>($"""
        SELECT {OrganisationRow.Columns}
        FROM organisations
        WHERE bin = @bin
        """, new { bin = bin.ToString() }, ct))?.Read();

    /// <summary>The organisation's group: its head (itself, when none is recorded) and all of the same head. They are affiliated.</summary>
    public async Task<IReadOnlyList<Guid>> GroupOf(Guid id, CancellationToken ct)
    {
        var group = await db.Query<string>("""
            SELECT COALESCE(head_id, organisation_id) FROM organisations WHERE organisation_id = @id
            UNION ALL
            SELECT g.organisation_id FROM organisations o JOIN organisations g ON g.head_id = COALESCE(o.head_id, o.organisation_id) WHERE o.organisation_id = @id
            """, new { id = id.ToString("N") }, ct);
        return [.. group.Select(member => Guid.ParseExact(member, "N"))];
    }
}
