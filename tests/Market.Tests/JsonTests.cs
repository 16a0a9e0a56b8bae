using System.Text;
using System.Text.Json;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>What stands in the journal is read for ever.</summary>
public class JsonTests
{
    private static readonly string Commitment = LotDecider.Commitment(LotId, 2, Tenge(2000), Salt);

    /// <summary>One of every event, each with everything it can carry.</summary>
    private static readonly LotEvent[] Samples =
    [
        new LotListed(LotId, Describe(Ascending with { Reserve = Tenge(3000), BuyNow = Tenge(9000), SoftCloseMinutes = 3, SoftCloseCapMinutes = 60, Ladder = StepLadder.Tenge }), "paper", Noon),
        new LotListed(LotId, Describe(FixedPrice) with { Photos = new([new string('a', 64), new string('b', 64)]) }, "paper", Noon),
        new LotChanged(Describe(Sealed with { SoftCloseMinutes = 0, SoftCloseCapMinutes = 0 }) with { Form = MaterialForm.BigBags }, "paper", Revision: 2, Noon),
        new BidPlaced(Aliya, 1, Tenge(5000.05m), Tenge(3100), LeaderNumber: 2, ReserveMet: true, Noon.AddMilliseconds(7), ClosesAt: Close.AddMinutes(1)),
        new SealedBidPlaced(Bolat, 2, Tenge(2000), Salt, Commitment, Noon),
        new LotListed(LotId, Describe(Ascending with { Guarantee = Share.FromPercent(5), SoftCloseMinutes = 3, SoftCloseCapMinutes = 60 }), "paper", Noon),
        new GuaranteeWithdrawn(Bolat, new GivenGuarantee(Revision: 2, Withdrawals: 1), Noon),
        new LotFrozen(Noon.AddMinutes(-1), TimeSpan.FromMilliseconds(3_599_999), Noon),
        new LotResumed(Close, Close.AddHours(1), Noon),
        new LotAwarded(Aliya, 1, Tenge(3100), TextValue.Parse<Money>("62000.00 KZT"), AwardedBy.BuyNow, Close),
        new LotAwarded(Aliya, 1, Tenge(3100), TextValue.Parse<Money>("62000.00 KZT"), AwardedBy.Auction, Close, new GivenGuarantee(Revision: 2, Withdrawals: 1)),
        new LotUnsold(UnsoldReason.ReserveNotMet, Close),
        new LotCancelled(Noon),
    ];

    [Fact]
    public void Every_event_has_a_sample() =>
        Samples.Select(sample => sample.GetType()).Distinct().Should().BeEquivalentTo(LotGrain.Kind.Catalogue.Events.Where(name => name.Current).Select(name => name.Type));

    [Fact]
    public void Every_event_is_read_back_as_it_was_written()
    {
        foreach (var sample in Samples)
        {
            var name = LotGrain.Kind.Catalogue.For(sample.GetType());
            name.Read(name.Write(sample)).Should().Be(sample);
        }
    }

    /// <summary>released-events.json only grows: a line of it is what stands in somebody's journal.</summary>
    [Fact]
    public void Every_event_ever_released_is_read_as_it_was_meant()
    {
        using var released = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "released-events.json")));
        var read = released.RootElement.EnumerateArray()
            .Select(line => (Name: line.GetProperty("name").GetString()!, Data: line.GetProperty("data").GetRawText()))
            .Select(line => (line.Name, Event: LotGrain.Kind.Catalogue.For(line.Name).Read(Encoding.UTF8.GetBytes(line.Data))))
            .ToList();

        read.Select(line => line.Name).Distinct().Should().BeEquivalentTo(LotGrain.Kind.Catalogue.Events.Select(name => name.Name));
        foreach (var sample in Samples) read.Should().Contain(line => line.Event.Equals(sample), "{0} was released so", sample);
    }

    /// <summary>The hot event is kept small: names, ids and prices, and nothing that the stream says already.</summary>
    [Fact]
    public void A_bid_is_written_in_few_bytes() =>
        Encoding.UTF8.GetString(LotGrain.Kind.Catalogue.For(typeof(BidPlaced)).Write(new BidPlaced(Aliya, 1, Tenge(5000.05m), Tenge(3100), 1, ReserveMet: true, Noon))).Should().Be(
            """{"bidder_id":"0000000a-0000-7000-8000-000000000000","bidder_number":1,"maximum":"5000.05 KZT","price":"3100.00 KZT","leader_number":1,"reserve_met":true,"at_ms":1772452800000}""");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(1_000_000_000_000_000)]
    [InlineData(long.MaxValue)]
    public void A_bids_price_is_written_like_every_other_price(long minor)
    {
        foreach (var currency in (Currency[])[Currency.Kzt, Currency.Usd, Currency.Eur])
        {
            var bid = new BidPlaced(Aliya, 1, PricePerTonne.From(minor, currency), PricePerTonne.From(minor, currency), 1, ReserveMet: true, Noon);
            var name = LotGrain.Kind.Catalogue.For(typeof(BidPlaced));
            Encoding.UTF8.GetString(name.Write(bid)).Should().Contain($"\"maximum\":\"{bid.Maximum}\"");
            name.Read(name.Write(bid)).Should().Be(bid);
        }
    }

    [Theory]
    [InlineData("12")]
    [InlineData("12.5 KZT")]
    [InlineData("12,50 KZT")]
    [InlineData("12.50")]
    [InlineData("1 200.50 KZT")]
    public void A_bids_price_is_read_in_every_spelling_a_price_has(string text)
    {
        var json = $$"""{"bidder_id":"0000000a-0000-7000-8000-000000000000","bidder_number":1,"maximum":"{{text}}","price":"1.00 KZT","leader_number":1,"reserve_met":true,"at_ms":0}""";
        ((BidPlaced)LotGrain.Kind.Catalogue.For(typeof(BidPlaced)).Read(Encoding.UTF8.GetBytes(json))).Maximum.Should().Be(TextValue.Parse<PricePerTonne>(text));
    }

    [Theory, InlineData("-1.00 KZT"), InlineData("1.00 GBP"), InlineData("a.00 KZT"), InlineData(".00 KZT"), InlineData("")]
    public void A_price_that_is_none_is_not_read(string text)
    {
        var json = $$"""{"bidder_id":"0000000a-0000-7000-8000-000000000000","bidder_number":1,"maximum":"{{text}}","price":"1.00 KZT","leader_number":1,"reserve_met":true,"at_ms":0}""";
        var read = () => LotGrain.Kind.Catalogue.For(typeof(BidPlaced)).Read(Encoding.UTF8.GetBytes(json));
        read.Should().Throw<JsonException>();
    }

    [Fact]
    public void What_the_server_has_read_is_no_part_of_what_was_said()
    {
        LotCommand[] commands =
        [
            List(Ascending), Change(Describe(Ascending)), Bid(Aliya, 2000), Buy(Aliya) with { Facts = new BidFacts([Holding], Salt) },
        ];
        foreach (var command in commands)
        {
            var said = JsonSerializer.Serialize(LotGrain.Kind.Said!(command), LotGrain.Kind.Commands);
            said.Should().NotBe(JsonSerializer.Serialize(command, LotGrain.Kind.Commands));
            said.Should().NotContain(Salt).And.NotContain(Holding.ToString());
        }

        LotGrain.Kind.Said!(Resume).Should().BeSameAs(Resume);
    }

    [Fact]
    public void Every_command_is_written_and_read()
    {
        foreach (var command in (LotCommand[])[List(Ascending), Change(Describe(Sealed)), Cancel, Bid(Aliya, Tenge(2000), revision: 3), Bid(Aliya, 2000) with { Facts = new BidFacts([Holding], Salt, new GivenGuarantee(1, 0)) }, Buy(Aliya), new WithdrawGuarantee(Id(9), Aliya), Freeze(), Freeze(Noon), Resume, CloseIt()])
            JsonSerializer.Deserialize(JsonSerializer.Serialize(command, LotGrain.Kind.Commands), LotGrain.Kind.Commands).Should().BeEquivalentTo(command, match => match.RespectingRuntimeTypes().ComparingRecordsByMembers());
    }
}
