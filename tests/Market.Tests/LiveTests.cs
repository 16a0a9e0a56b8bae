using System.Net.ServerSentEvents;
using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>Live news: complete, in order, resumable, and without secrets.</summary>
public sealed class LiveTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-live-").FullName;
    private readonly SteppingHouse stepping;
    private int commands;

    public LiveTests() => stepping = SteppingHouse.Open([MarketModule.Module], new HouseOptions(folder), Noon, NullLoggerFactory.Instance);

    public async ValueTask DisposeAsync()
    {
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_client_that_comes_back_gets_what_it_missed_once_and_in_order()
    {
        await Send(1, List(Ascending));
        await Send(2, List(Ascending));
        for (var n = 1; n <= 6; n++) await Send(n % 2 + 1, Bid(n % 3 == 0 ? Aliya : Bolat, 3000 + (1000 * n)));

        var all = await Read(lot: null, after: 0, count: 8);
        all.Select(item => item.EventType).Should().Equal("listed", "listed", "bid", "bid", "bid", "bid", "bid", "bid");
        all.Select(item => item.EventId).Should().Equal("1", "2", "3", "4", "5", "6", "7", "8");
        all.Select(item => item.Data.Version).Should().Equal(1, 1, 2, 2, 3, 3, 4, 4);
        (await Read(lot: null, after: 5, count: 3)).Select(item => item.EventId).Should().Equal("6", "7", "8");
        (await Read(lot: Guid.ParseExact(IdOf(2), "N"), after: 2, count: 3)).Select(item => item.EventId).Should().Equal("3", "5", "7");
    }

    [Fact]
    public async Task A_watcher_is_told_of_a_bid_placed_while_it_waits()
    {
        await Send(1, List(Ascending));
        await using var news = LotLive.News(lot: null, after: null, stepping.House.Tail, stepping.House.Clock, TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await news.MoveNextAsync();
        var waiting = news.MoveNextAsync();
        waiting.IsCompleted.Should().BeFalse();
        await Send(1, Bid(Aliya, 5000));
        (await waiting).Should().BeTrue();
        news.Current.Data.Should().BeEquivalentTo(new { Bidder = 1L, Leader = 1L, Price = "1000.00 KZT" }, because: "the first bid shows the opening price");
    }

    [Fact]
    public async Task News_of_a_sealed_bid_tells_its_commitment_and_not_its_amount()
    {
        await Send(1, List(Sealed));
        await Send(1, Bid(Aliya, 5123));
        var item = (await Read(lot: null, after: 1, count: 1)).Single();
        item.Data.Commitment.Should().HaveLength(64);
        JsonSerializer.Serialize(item.Data).Should().NotContain("5123").And.NotContain(Aliya.ToString());
    }

    [Fact]
    public async Task A_maximum_is_in_no_news()
    {
        await Send(1, List(Ascending));
        await Send(1, Bid(Aliya, 7777));
        await Send(1, Bid(Bolat, 4000));
        var text = JsonSerializer.Serialize((await Read(lot: null, after: 0, count: 3)).Select(item => item.Data));
        text.Should().NotContain("7777").And.NotContain(Aliya.ToString());
    }

    private static string IdOf(int n) => Id(0x2_0000 + n).ToString("N");

    private async Task Send(int lot, LotCommand command)
    {
        var caller = command is ListLot ? new Caller(Id(0x11), Seller, Roles.Seller) : new Caller(Id(0x13), ((PlaceBid)command).BidderId, Roles.Buyer);
        var order = command is ListLot list ? list with { CommandId = Id(0x900 + ++commands), LotId = Guid.ParseExact(IdOf(lot), "N") } : command with { CommandId = Id(0x900 + ++commands) };
        (await stepping.House.Grains.Handle(LotGrain.Kind, IdOf(lot), order, caller)).Refusal.Should().BeNull();
    }

    private async Task<IReadOnlyList<SseItem<LotNews>>> Read(Guid? lot, long after, int count)
    {
        var items = new List<SseItem<LotNews>>();
        await foreach (var item in LotLive.News(lot, after, stepping.House.Tail, stepping.House.Clock, TestContext.Current.CancellationToken))
        {
            if (item.EventType != "hello") items.Add(item);
            if (items.Count == count) break;
        }

        return items;
    }
}
