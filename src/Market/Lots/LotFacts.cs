using System.Security.Cryptography;
using Ainalym.Contracts.CodeLists;
using Ainalym.Kernel;
using Ainalym.Market.Photos;

namespace Ainalym.Market.Lots;

/// <summary>An organisation's group as recorded now: its head and all of the same head. The host says who knows.</summary>
public delegate Task<IReadOnlyList<Guid>> OrganisationGroup(Guid organisation, CancellationToken ct);

/// <summary>Whether money of a currency can be paid in, as lots of it could otherwise never be bid on. The host says who knows.</summary>
public delegate bool PaidIn(Currency currency);

/// <summary>Reads what the lot's rules need from outside its stream, and makes the salts.</summary>
public sealed class LotFacts(OrganisationGroup groupOf, CodeLists codes, PhotoUploads uploads, PaidIn paidIn, TimeProvider time)
{
    private const int SaltBytes = 32;

    /// <summary>For publishing a lot or describing it anew.</summary>
    public async Task<ListingFacts> ForListing(LotDescription lot, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(LotPublishing.Kazakhstan).DateTime);
        var photos = lot.Photos is { Hashes.IsDefaultOrEmpty: false } named ? named.Hashes.Take(LotPublishing.Photos).ToList() : [];
        var there = (await uploads.Named(photos, ct)).Select(photo => photo.Hash);
        return ListingFacts.None with
        {
            Material = codes.Find(lot.Grade, today)?.Family,
            Classified = codes.Find(lot.WasteCode, today)?.Code,
            MissingPhotos = [.. photos.Except(there, StringComparer.Ordinal)],
            RegionKnown = codes.Find(lot.Region, today) is not null,
            PaidIn = paidIn(lot.Terms.Opening.Currency),
        };
    }

    /// <summary>For a bid or a purchase. The salt is made anew each time; a repeated bid is answered with its first one's.</summary>
    public async Task<BidFacts> ForBid(Guid bidder, CancellationToken ct) =>
        new(await groupOf(bidder, ct), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)));
}
