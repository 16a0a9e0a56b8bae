using System.Security.Cryptography;
using Ainalym.Contracts.CodeLists;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>An organisation's group as recorded now: its head and all of the same head. The host says who knows.</summary>
public delegate Task<IReadOnlyList<Guid>> OrganisationGroup(Guid organisation, CancellationToken ct);

/// <summary>Reads what the lot's rules need from outside its stream, and makes the salts.</summary>
public sealed class LotFacts(OrganisationGroup groupOf, CodeLists codes, TimeProvider time)
{
    private const int SaltBytes = 32;

    /// <summary>For publishing a lot or describing it anew.</summary>
    public ListingFacts ForListing(LotDescription lot)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(LotPublishing.Kazakhstan).DateTime);
        return ListingFacts.None with
        {
            Material = codes.Find(lot.Grade, today)?.Family,
            Classified = codes.Find(lot.WasteCode, today)?.Code,
            RegionKnown = codes.Find(lot.Region, today) is not null,
        };
    }

    /// <summary>For a bid or a purchase. The salt is made anew each time; a repeated bid is answered with its first one's.</summary>
    public async Task<BidFacts> ForBid(Guid bidder, CancellationToken ct) =>
        new(await groupOf(bidder, ct), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)));
}
