using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Market.Guarantees;

/// <summary>
/// Gives guarantees back as soon as they are not needed: when they are withdrawn, when the lot is described anew, and when it has ended. The winner's stays with the deal. It may hear of things late, and
/// twice: nothing that was given after them goes back with them.
/// </summary>
public sealed class GuaranteeFollower(GuaranteeDesk desk, LotQueries lots) : Follower("market/guarantees")
{
    public override async Task Handle(Envelope envelope, CancellationToken ct)
    {
        if (envelope.Kind != LotGrain.Kind.Name) return;
        var lotId = Guid.ParseExact(envelope.Id, "N");
        var (bidder, which) = envelope.Event switch
        {
            GuaranteeWithdrawn e => (e.BidderId, one => !one.Given.IsNewerThan(e.Given)),
            LotChanged e => (null, one => one.Given.Revision < e.Revision),
            LotAwarded e => (null, one => one.Bidder != e.WinnerId || (e.Guarantee is { } kept && one.Given != kept)),
            LotUnsold or LotCancelled => (null, _ => true),
            _ => ((Guid?)null, (Func<HeldGuarantee, bool>?)null),
        };
        if (which is null) return;

        var lot = await lots.Lot(lotId, ct) ?? throw new InvalidOperationException($"{envelope.Kind}/{envelope.Id} has no row.");
        if (lot is { GuaranteeMinor: 0, Revision: 1 }) return;
        await desk.Release(TextValue.Parse<Currency>(lot.Currency), lotId, bidder, envelope.At, $"{Name}/{envelope.Position}", which, ct);
    }
}
