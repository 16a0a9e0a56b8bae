using System.Collections.Immutable;
using System.Diagnostics;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market;
using Ainalym.Market.Lots;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Bench;

/// <summary>The ground that rows are measured on: a data folder, lots on it, and bids that are accepted because they grow with the clock.</summary>
public static class Ground
{
    /// <summary>One tiyn at every price, so that any later bid is high enough.</summary>
    private static readonly StepLadder OneTiyn = new([new StepBand(UpTo: null, PricePerTonne.From(1, Currency.Kzt))]);

    public static Guid Seller { get; } = Id("seller", 0);

    public static Caller SellerCaller { get; } = new(Id("user", 0), Seller, Roles.Seller);

    public static Guid Id(string what, int n) => CommandIds.Derived(DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(n), $"{what} {n}");

    public static string Folder(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "ground", name);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return folder;
    }

    public static House Open(string folder) => House.Open([MarketModule.Module], new HouseOptions(folder), NullLoggerFactory.Instance);

    public static async Task List(House house, int from, int count)
    {
        var now = house.Clock.Now();
        foreach (var chunk in Enumerable.Range(from, count).Chunk(2_000))
            await Task.WhenAll(chunk.Select(n => house.Grains.Handle(LotGrain.Kind, Id("lot", n), Listing(n, now), SellerCaller)));
    }

    public static ListLot Listing(int n, DateTimeOffset now) => new(Id("list", n), Id("lot", n), new LotDescription(
        Seller, TextValue.Parse<GradeCode>("1.04.00"), TextValue.Parse<WasteCode>("15 01 01"), Mass.FromTonnes(20), MaterialForm.Bales, Share.FromPercent(10), Share.FromPercent(2),
        TextValue.Parse<Region>(Regions[n % Regions.Length]), "Almaty, Ryskulov avenue 100", 43.27m, 76.89m,
        DateOnly.FromDateTime(now.UtcDateTime.AddDays(40)), DateOnly.FromDateTime(now.UtcDateTime.AddDays(50)), "Corrugated cardboard, baled.",
        new LotTerms(LotFormat.Ascending, PricePerTonne.From(1, Currency.Kzt), now.AddDays(30).AddSeconds(n), Ladder: OneTiyn)))
    {
        Facts = new ListingFacts(Material: n % 3 == 0 ? "paper" : "plastic", Classified: TextValue.Parse<WasteCode>("15 01 01"), RegionKnown: true, PaidIn: true, ListingFacts.UsualLeastAhead, ListingFacts.UsualMostAhead),
    };

    private static readonly string[] Regions = ["10", "11", "15", "19", "23", "27", "31", "33", "35", "39", "43", "47", "55", "59", "61", "62", "63", "71", "75", "79"];

    /// <summary>A maximum that is higher the later it is asked for, in all processes of this machine.</summary>
    public static PricePerTonne Higher() => PricePerTonne.From(1_000 + (Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000) % 100_000_000_000), Currency.Kzt);
}
