using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>What a seller has typed of a lot that is not published yet.</summary>
public sealed record LotDraft
{
    public required string DraftId { get; init; }

    /// <summary>The form's fields, as the front writes them.</summary>
    public required string Fields { get; init; }
    public required long SavedMs { get; init; }
}

/// <summary>Why a draft was not kept.</summary>
public enum DraftRefusal
{
    /// <summary>Fact: the most drafts of an organisation.</summary>
    TooMany,

    /// <summary>Fact: the most characters of all fields together.</summary>
    TooLong,

    DraftNotFound,
}

/// <summary>Drafts of lots: plain rows of an organisation, where the last write wins. Nothing of them is journalled; only publishing is a command.</summary>
public sealed class LotDrafts(IDatabase db, TimeProvider time)
{
    public const int Most = 20;
    public const int Longest = 20_000;

    /// <returns>Null when it was kept.</returns>
    public Task<Refusal?> Save(Guid organisation, Guid draft, string fields, CancellationToken ct)
    {
        if (fields.Length > Longest) return Task.FromResult<Refusal?>(new Refusal(DraftRefusal.TooLong, Longest));
        var values = new { organisation = organisation.ToString("N"), draft = draft.ToString("N"), fields, at = time.GetUtcNow().ToUnixTimeMilliseconds(), most = (long)Most };
        return db.Write(
            writing =>
            {
                if (writing.Run("UPDATE lot_drafts SET fields = @fields, saved_ms = @at WHERE organisation_id = @organisation AND draft_id = @draft", values) == 1) return null;
                var added = writing.Run(
                    """
                    INSERT INTO lot_drafts (organisation_id, draft_id, fields, saved_ms)
                    SELECT @organisation, @draft, @fields, @at WHERE (SELECT CAST(COUNT(*) AS BIGINT) FROM lot_drafts WHERE organisation_id = @organisation) < @most
                    """, values);
                return added == 1 ? null : (Refusal?)new Refusal(DraftRefusal.TooMany, Most);
            },
            ct);
    }

    /// <summary>All of an organisation's, the last saved first; there are never more than <see cref="Most"/>.</summary>
    public Task<IReadOnlyList<LotDraft>> Of(Guid organisation, CancellationToken ct) => db.Query<LotDraft>(
        "SELECT draft_id AS DraftId, fields AS Fields, saved_ms AS SavedMs FROM lot_drafts WHERE organisation_id = @organisation ORDER BY saved_ms DESC, draft_id", new { organisation = organisation.ToString("N") }, ct);

    public Task<LotDraft?> One(Guid organisation, Guid draft, CancellationToken ct) => db.Single<LotDraft>(
        "SELECT draft_id AS DraftId, fields AS Fields, saved_ms AS SavedMs FROM lot_drafts WHERE organisation_id = @organisation AND draft_id = @draft",
        new { organisation = organisation.ToString("N"), draft = draft.ToString("N") }, ct);

    /// <summary>Nothing when it is not there.</summary>
    public Task Remove(Guid organisation, Guid draft, CancellationToken ct) => db.Write(
        writing => writing.Run("DELETE FROM lot_drafts WHERE organisation_id = @organisation AND draft_id = @draft", new { organisation = organisation.ToString("N"), draft = draft.ToString("N") }), ct);
}
