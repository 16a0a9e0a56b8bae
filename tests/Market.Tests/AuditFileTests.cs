using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

public class AuditFileTests
{
    private readonly List<Recorded<LotEvent>> history = [];
    private Lot lot = Lot.Initial;

    [Fact]
    public void There_is_no_file_before_the_end()
    {
        AuditFile.From(history).Should().BeNull();
        Do(List(Ascending));
        Do(Bid(Aliya, 5000));
        AuditFile.From(history).Should().BeNull();
        Do(Freeze());
        AuditFile.From(history).Should().BeNull();
    }

    [Fact]
    public void The_file_holds_the_terms_every_bid_and_every_stop_of_the_clock()
    {
        Do(List(Ascending));
        Do(Change(Describe(Ascending with { Reserve = Tenge(2000), BuyNow = Tenge(9000) })));
        Do(Bid(Aliya, 5000), Noon.AddMinutes(1));
        Do(Freeze(), Noon.AddMinutes(2));
        Do(Resume, Noon.AddMinutes(12));
        Do(Bid(Bolat, 3000), Close.AddMinutes(9));
        Do(CloseIt(), Close.AddMinutes(12));

        var file = AuditFile.From(history)!;
        file.Should().BeEquivalentTo(new
        {
            Format = "ainalym-lot-audit/1",
            Rule = "ascending-maximum-bids/1",
            LotId = LotId.ToString("N"),
            ReservePrice = Tenge(2000),
            BuyNowPrice = Tenge(9000),
            ListedAt = Noon,
            Revision = 2,
            ScheduledClose = Close,
            SoftCloseMinutes = 3,
            SoftCloseCapMinutes = 60,
            EndedAt = Close.AddMinutes(12),
        });
        file.StepLadder.Should().Be(Ascending.Ladder);
        file.Freezes.Should().Equal(new AuditFreeze(Noon.AddMinutes(2), Noon.AddMinutes(2), TimeSpan.FromMinutes(58), Noon.AddMinutes(12), Close.AddMinutes(10)));
        file.Bids.Should().Equal(new AuditBid(Noon.AddMinutes(1), 1, Tenge(5000)), new AuditBid(Close.AddMinutes(9), 2, Tenge(3000), ClosesAt: Close.AddMinutes(12)));
        file.Outcome.Should().Be(new AuditOutcome(1, Tenge(3100), TextValue.Parse<Money>("62000.00 KZT"), AwardedBy.Auction));
    }

    [Fact]
    public void Nobody_is_named()
    {
        Do(List(Ascending));
        Do(Bid(Aliya, 5000));
        Do(CloseIt(), Close);
        JsonSerializer.Serialize(AuditFile.From(history), MarketJson.Readable.AuditDocument).Should().NotContain(Aliya.ToString()).And.NotContain(Aliya.ToString("N")).And.NotContain(Seller.ToString());
    }

    [Fact]
    public void A_sealed_bid_that_was_changed_is_found_by_its_commitment()
    {
        Do(List(Sealed));
        Do(Bid(Aliya, 5000));
        Do(Bid(Bolat, 6000));
        Do(CloseIt(), Close);
        var file = AuditFile.From(history)!;
        AuditFile.BrokenCommitments(file).Should().BeEmpty();

        foreach (var changed in (AuditBid[])[file.Bids[1] with { Maximum = Tenge(6000.01m) }, file.Bids[1] with { Salt = new string('6', 64) }, file.Bids[1] with { Salt = null }])
            AuditFile.BrokenCommitments(file with { Bids = file.Bids.SetItem(1, changed) }).Should().Equal(2);
        AuditFile.BrokenCommitments(file with { Bids = file.Bids.SetItem(1, file.Bids[1] with { Bidder = 1 }) }).Should().Equal(1);
    }

    [Fact]
    public void Another_history_gives_another_outcome()
    {
        Do(List(Ascending));
        Do(Bid(Aliya, 5000));
        Do(Bid(Bolat, 3000));
        Do(CloseIt(), Close);
        var file = AuditFile.From(history)!;
        AuditFile.Recompute(file).Should().Be(file.Outcome);
        AuditFile.Recompute(file with { Bids = file.Bids.RemoveAt(1) }).Price.Should().Be(Tenge(1000));
        AuditFile.Recompute(file with { Bids = file.Bids.SetItem(1, file.Bids[1] with { Maximum = Tenge(5001) }) }).Bidder.Should().Be(2);
        AuditFile.Recompute(file with { ReservePrice = Tenge(6000) }).Should().Be(new AuditOutcome(Unsold: UnsoldReason.ReserveNotMet));
    }

    [Fact]
    public void A_purchase_is_recomputed_from_its_price()
    {
        Do(List(Ascending with { BuyNow = Tenge(9000) }));
        Do(Buy(Bolat));
        var file = AuditFile.From(history)!;
        file.Purchase.Should().Be(new AuditPurchase(Noon, 1));
        AuditFile.Recompute(file).Should().Be(new AuditOutcome(1, Tenge(9000), TextValue.Parse<Money>("180000.00 KZT"), AwardedBy.BuyNow));
    }

    private void Do(LotCommand command, DateTimeOffset? at = null)
    {
        var decision = LotDecider.Decide(lot, command, at ?? Noon);
        decision.Refusals.Should().BeEmpty();
        foreach (var @event in decision.Events)
        {
            lot = lot.Evolve(@event);
            history.Add(new(history.Count + 1, history.Count + 1, @event.At, @event));
        }
    }
}
