using System.Globalization;
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

    /// <summary>Which of these BINs are registered, and by whom.</summary>
    public async Task<IReadOnlyDictionary<Bin, Guid>> ByBins(IReadOnlyCollection<Bin> bins, CancellationToken ct)
    {
        if (bins.Count == 0) return new Dictionary<Bin, Guid>();
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (n, bin) in bins.Index()) values[string.Create(CultureInfo.InvariantCulture, $"b{n}")] = bin.ToString();
        var rows = await db.Query<OrganisationRow>($"""
            SELECT {OrganisationRow.Columns}
            FROM organisations
            WHERE bin IN ({string.Join(", ", bins.Select((_, n) => string.Create(CultureInfo.InvariantCulture, $"@b{n}")))})
            ORDER BY bin
            """, values, ct);
        return rows.Select(row => row.Read()).ToDictionary(organisation => organisation.Bin, organisation => organisation.Id);
    }

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

    /// <summary>The head of each organisation that has one: as many as there are recorded affiliates, to be asked for once for many deals.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> Heads(CancellationToken ct)
    {
        var rows = await db.Query<(string Id, string Head)>("SELECT organisation_id, head_id FROM organisations WHERE head_id IS NOT NULL", new { }, ct);
        return rows.ToDictionary(row => Guid.ParseExact(row.Id, "N"), row => Guid.ParseExact(row.Head, "N"));
    }
}
