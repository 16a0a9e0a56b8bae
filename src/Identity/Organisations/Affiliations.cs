using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Identity.Organisations;

/// <summary>Records which organisation belongs to which head. Only the operator does: a seller could shut a rival out by naming it as its head.</summary>
public sealed class Affiliations(IDatabase db)
{
    /// <summary>Groups are one level deep: the head is the topmost organisation.</summary>
    /// <param name="head">None takes the organisation out of its group.</param>
    public Task<Refusal?> Record(Guid organisation, Bin? head, CancellationToken ct) => db.Write<Refusal?>(
        writing =>
        {
            var id = organisation.ToString("N");
            if (writing.Scalar<long>("SELECT COUNT(*) FROM organisations WHERE organisation_id = @id", new { id }) == 0) return OrganisationRefusal.OrganisationNotFound;
            string? headId = null;
            if (head is { } bin)
            {
                headId = writing.Scalar<string>("SELECT organisation_id FROM organisations WHERE bin = @bin", new { bin = bin.ToString() });
                if (headId is null) return new Refusal(OrganisationRefusal.HeadNotRegistered, bin.ToString()).About("head_bin");
                if (headId == id) headId = null;
            }

            if (headId is not null)
            {
                var above = writing.Scalar<string>("SELECT h.bin FROM organisations o JOIN organisations h ON h.organisation_id = o.head_id WHERE o.organisation_id = @headId", new { headId });
                if (above is not null) return new Refusal(OrganisationRefusal.HeadHasHead, above).About("head_bin");
                if (writing.Scalar<long>("SELECT COUNT(*) FROM organisations WHERE head_id = @id", new { id }) > 0) return OrganisationRefusal.IsHead;
            }

            writing.Run("UPDATE organisations SET head_id = @headId WHERE organisation_id = @id", new { headId, id });
            return null;
        },
        ct);
}
