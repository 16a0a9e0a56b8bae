using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

public class WalkTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 300)];

    /// <summary>Whatever is thrown at a lot, the visible price only climbs.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void The_price_never_falls(int seed)
    {
        PricePerTonne? before = null;
        foreach (var (_, _, decision) in new LotWalk(seed).Steps)
        {
            foreach (var bid in decision.Events.OfType<BidPlaced>())
            {
                if (before is { } price) bid.Price.Should().BeGreaterThanOrEqualTo(price);
                before = bid.Price;
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_price_lies_between_the_opening_price_and_the_leaders_maximum(int seed)
    {
        foreach (var open in new LotWalk(seed).Steps.Select(step => step.State).OfType<Lot.Open>().Where(open => open.Price is not null))
        {
            open.Price!.Value.Should().BeGreaterThanOrEqualTo(open.Terms.Opening).And.BeLessThanOrEqualTo(open.Leading!.Maximum);
            if (open.ReserveMet && open.Terms.Reserve is { } reserve) open.Price.Value.Should().BeGreaterThanOrEqualTo(reserve);
        }
    }

    /// <summary>Whoever offered most, and of equals who offered it first.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void The_winner_holds_the_highest_accepted_maximum(int seed)
    {
        var walk = new LotWalk(seed);
        if (walk.Lot is not Lot.Awarded { By: AwardedBy.Auction } award) return;

        var offers = walk.History.Select(recorded => recorded.Event).Where(e => e is BidPlaced or SealedBidPlaced).Select(e => e is BidPlaced bid
            ? (Bidder: bid.BidderId, bid.Maximum)
            : (Bidder: ((SealedBidPlaced)e).BidderId, Maximum: ((SealedBidPlaced)e).Amount)).ToList();
        offers.First(offer => offer.Maximum == offers.Max(other => other.Maximum)).Bidder.Should().Be(award.WinnerId);
    }

    /// <summary>No lot is ever won, or led, without the guarantee that it asks.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Every_bid_rests_on_a_guarantee_that_was_not_taken_back(int seed)
    {
        foreach (var (state, command, decision) in new LotWalk(seed).Steps)
        {
            if (state is not Lot.Open { Guarantee.MinorUnits: > 0 } open) continue;
            if (open.Leading is { } leading) open.HasGuarantee(leading.BidderId).Should().BeTrue();
            foreach (var bid in decision.Events.OfType<BidPlaced>())
                (open.HasGuarantee(bid.BidderId) || ((PlaceBid)command).Facts.Guarantee == open.GuaranteeOf(bid.BidderId)).Should().BeTrue();
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void No_bid_is_taken_at_the_close_or_after_it_or_while_the_clock_stands(int seed)
    {
        foreach (var (state, _, decision) in new LotWalk(seed).Steps)
        {
            foreach (var taken in decision.Events.Where(taken => taken is BidPlaced or SealedBidPlaced or LotAwarded { By: not AwardedBy.Auction }))
                taken.At.Should().BeBefore(state.Should().BeOfType<Lot.Open>().Subject.ClosesAt);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_close_moves_only_later_and_never_past_its_cap(int seed)
    {
        foreach (var (state, _, decision) in new LotWalk(seed).Steps)
        {
            foreach (var moved in decision.Events.OfType<BidPlaced>().Where(bid => bid.ClosesAt is not null))
            {
                var open = (Lot.Open)state;
                moved.ClosesAt.Should().BeAfter(open.ClosesAt).And.BeOnOrBefore(open.LatestClose);
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_outcome_worked_out_from_the_audit_file_is_the_outcome(int seed)
    {
        var walk = new LotWalk(seed);
        var file = AuditFile.From(walk.History);
        if (walk.Lot is Lot.Cancelled)
        {
            file.Should().BeNull();
            return;
        }

        var read = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(file, MarketJson.Default.AuditDocument), MarketJson.Default.AuditDocument)!;
        AuditFile.Recompute(read with { Outcome = new AuditOutcome() }).Should().Be(walk.Lot switch
        {
            Lot.Awarded award => new AuditOutcome(award.WinnerNumber, award.Price, award.Amount, award.By),
            Lot.Unsold unsold => new AuditOutcome(Unsold: unsold.Reason),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no end."),
        });
        AuditFile.BrokenCommitments(read).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Seeds))]
    public void However_the_events_are_cut_into_batches_the_same_rows_come_out(int seed)
    {
        var walk = new LotWalk(seed);
        var random = new Random(seed);
        var whole = RowsOf(walk.History, () => walk.History.Count);
        RowsOf(walk.History, () => 1).Should().Equal(whole);
        for (var n = 0; n < 5; n++) RowsOf(walk.History, () => random.Next(1, 9)).Should().Equal(whole);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_state_read_back_from_its_snapshot_answers_the_same(int seed)
    {
        foreach (var (state, command, decision) in new LotWalk(seed).Steps)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(state, MarketJson.Default.Lot);
            var read = JsonSerializer.Deserialize(json, MarketJson.Default.Lot)!;
            JsonSerializer.SerializeToUtf8Bytes(read, MarketJson.Default.Lot).Should().Equal(json);
            var at = decision.Events.Count > 0 ? decision.Events[0].At : Noon;
            if (decision.Events.Count > 0) LotDecider.Decide(read, command, at).Events.Should().Equal(decision.Events);
        }
    }

    /// <summary>What the journal would give back: the fold of the events as they were written is the fold of the events as they were.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Folding_the_events_as_read_back_gives_the_same_state(int seed)
    {
        var walk = new LotWalk(seed);
        var read = walk.History.Aggregate(Lot.Initial, (lot, recorded) =>
        {
            var name = LotGrain.Kind.Catalogue.For(recorded.Event.GetType());
            var @event = (LotEvent)name.Read(name.Write(recorded.Event));
            @event.Should().Be(recorded.Event);
            return lot.Evolve(@event);
        });
        JsonSerializer.Serialize(read, MarketJson.Default.Lot).Should().Be(JsonSerializer.Serialize(walk.Lot, MarketJson.Default.Lot));
    }

    private static List<string> RowsOf(IReadOnlyList<Recorded<LotEvent>> history, Func<int> next)
    {
        var rows = new RowSet();
        var lot = Lot.Initial;
        for (var from = 0; from < history.Count;)
        {
            Recorded<LotEvent>[] batch = [.. history.Skip(from).Take(next())];
            lot = batch.Aggregate(lot, (state, recorded) => state.Evolve(recorded.Event));
            foreach (var row in LotRows.From(LotId.ToString("N"), lot, batch)) rows.Apply(row);
            from += batch.Length;
        }

        return [.. rows.All.Select(row => $"{row.Table.Name}: {string.Join('|', row.Cells)}").Order(StringComparer.Ordinal)];
    }
}
