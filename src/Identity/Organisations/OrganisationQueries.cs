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

    /// <summary>The head of the group that the organisation belongs to: itself, when none is recorded. Two organisations with one head are affiliated.</summary>
    public async Task<Guid> HeadOf(Guid id, CancellationToken ct)
    {
        var head = await db.Single<string>("SELECT head_id FROM organisations WHERE organisation_id = @id", new { id = id.ToString("N") }, ct);
        return head is null ? id : Guid.ParseExact(head, "N");
    }
}
