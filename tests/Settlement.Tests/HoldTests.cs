using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>Transfers in two phases: each state a hold can be in, and what each order does to it.</summary>
public class HoldTests
{
    private const int Held = 7;

    /// <summary>Before, held (with a clock or without), past its clock while nobody has said so, and over in each of the four ways.</summary>
    public enum State { Never, Open, Timed, Late, PostedWhole, PostedInPart, Voided, Expired }

    public enum Order { PostWhole, PostPart, PostMore, Void, Expire }

    /// <summary>The decision table: an empty answer is "accepted"; "nothing" is accepted without a new fact. Holding again is the receipts' to answer: <see cref="HouseTests.Holding_again_in_each_state"/>.</summary>
    public static TheoryData<State, Order, string> Table
    {
        get
        {
            const string notOpen = nameof(LedgerRefusal.HoldNotOpen), late = nameof(LedgerRefusal.HoldAlreadyExpired), more = nameof(LedgerRefusal.AmountExceedsHold), early = nameof(LedgerRefusal.NotYetExpired);
            (State State, string Whole, string Part, string More, string Void, string Expire)[] rows =
            [
                (State.Never,        notOpen, notOpen, notOpen, notOpen, "nothing"),
                (State.Open,         "",      "",      more,    "",      early),
                (State.Timed,        "",      "",      more,    "",      early),
                (State.Late,         late,    late,    late,    "",      ""),
                (State.PostedWhole,  notOpen, notOpen, notOpen, notOpen, "nothing"),
                (State.PostedInPart, notOpen, notOpen, notOpen, notOpen, "nothing"),
                (State.Voided,       notOpen, notOpen, notOpen, notOpen, "nothing"),
                (State.Expired,      notOpen, notOpen, notOpen, notOpen, "nothing"),
            ];
            var table = new TheoryData<State, Order, string>();
            foreach (var row in rows)
            {
                table.Add(row.State, Order.PostWhole, row.Whole);
                table.Add(row.State, Order.PostPart, row.Part);
                table.Add(row.State, Order.PostMore, row.More);
                table.Add(row.State, Order.Void, row.Void);
                table.Add(row.State, Order.Expire, row.Expire);
            }

            return table;
        }
    }

    [Theory, MemberData(nameof(Table))]
    public void Each_order_in_each_state(State state, Order order, string answer)
    {
        var given = In(state);
        var decision = given.When(Said(order), At(state));
        if (answer.Length > 0 && answer != "nothing")
        {
            decision.Events.Should().BeEmpty();
            decision.Refusal!.Code.Should().Be(Enum.Parse<LedgerRefusal>(answer));
            return;
        }

        decision.Refusals.Should().BeEmpty();
        decision.Events.Should().HaveCount(answer == "nothing" ? 0 : 1);
        var after = given.And(Said(order), At(state));
        if (answer == "nothing")
        {
            after.Should().Be(given);
            return;
        }

        after.Ledger.Holds.Should().BeEmpty();
        var moved = order switch { Order.PostWhole => 100m, Order.PostPart => 30m, _ => 0m };
        (after[Aliya], after[Deal]).Should().Be(((1000 - moved, 1000 - moved), (moved, moved)));
        (after.Ledger[Aliya].DebitsPending, after.Ledger[Deal].CreditsPending).Should().Be((0, 0));
    }

    [Fact]
    public void What_is_held_cannot_be_spent_and_has_not_come()
    {
        var given = In(State.Open);
        (given[Aliya], given[Deal]).Should().Be(((1000m, 900m), (0m, 0m)));
        given.When(Make(1, Move(Aliya, Bolat, 900.01m))).ShouldBeRefused("transfers[0].debit", LedgerRefusal.InsufficientFunds, Tenge(900), Tenge(0.01m));
        given.When(Make(1, Hold(Aliya, Bolat, 900.01m))).ShouldBeRefused("transfers[0].debit", LedgerRefusal.InsufficientFunds, Tenge(900), Tenge(0.01m));
        given.When(Make(1, Move(Deal, Bolat, 0.01m))).ShouldBeRefused("transfers[0].debit", LedgerRefusal.InsufficientFunds, Tenge(0), Tenge(0.01m));
        given.And(Make(1, Hold(Aliya, Bolat, 900)))[Aliya].Should().Be((1000m, 0m));
    }

    [Fact]
    public void A_hold_ends_at_its_instant_and_not_before_it()
    {
        var given = In(State.Timed);
        given.When(Make(1, PostHold(Held)), Noon.AddHours(1).AddMilliseconds(-1)).Refusals.Should().BeEmpty();
        given.When(Make(1, PostHold(Held)), Noon.AddHours(1)).ShouldBeRefused("transfers[0].held", LedgerRefusal.HoldAlreadyExpired, Noon.AddHours(1));
        given.When(Expire(Held), Noon.AddHours(1).AddMilliseconds(-1)).Refusal.Should().Be(new Refusal(LedgerRefusal.NotYetExpired, Noon.AddHours(1)));
        given.When(Expire(Held), Noon.AddHours(1)).Events.Should().Equal(new HoldExpired(Transfer(Held), Aliya, Deal, Tenge(100), Noon.AddHours(1)));
    }

    [Fact]
    public void A_hold_ends_later_than_it_begins()
    {
        Given.Money.When(Make(1, Hold(Aliya, Deal, 1, Noon))).ShouldBeRefused("transfers[0].expires_at", LedgerRefusal.ExpiryNotAhead);
        Given.Money.When(Make(1, Hold(Aliya, Deal, 1, Noon.AddMilliseconds(1)))).Refusals.Should().BeEmpty();
    }

    [Fact]
    public void A_hold_ends_at_a_whole_millisecond_as_no_clock_here_knows_less()
    {
        var end = Noon.AddMilliseconds(1);
        Given.Money.When(Make(1, Hold(Aliya, Deal, 1, end.AddTicks(-1)))).Events.Should().ContainSingle().Which.Should().BeOfType<TransferHeld>().Which.ExpiresAt.Should().Be(end);
        Given.Money.When(Make(1, Hold(Aliya, Deal, 1, end.AddTicks(1)))).Events.Should().ContainSingle().Which.Should().BeOfType<TransferHeld>().Which.ExpiresAt.Should().Be(end.AddMilliseconds(1));
    }

    [Fact]
    public void What_was_held_says_what_it_was_for_when_it_moves() =>
        In(State.Open).When(Make(9, PostHold(Held, 30))).Events.Should().Equal(
            new HoldPosted(Transfer(Held), Aliya, Deal, Tenge(100), Tenge(30), TransferPurpose.Payment, "lot-1", Tenge(970), Tenge(30), 1, 0, Noon));

    [Fact]
    public void An_id_that_is_held_is_not_held_again() =>
        In(State.Open).When(Make(Held, Hold(Bolat, Deal, 1))).ShouldBeRefused("transfers[0].id", LedgerRefusal.ExistsWithAnother, "transfer");

    private static Given In(State state)
    {
        var clock = state is State.Timed or State.Late or State.Expired ? Noon.AddHours(1) : (DateTimeOffset?)null;
        var held = state == State.Never ? Given.Money : Given.Money.And(Make(Held, Hold(Aliya, Deal, 100, clock)));
        var over = state switch
        {
            State.PostedWhole => held.And(Make(8, PostHold(Held))),
            State.PostedInPart => held.And(Make(8, PostHold(Held, 30))),
            State.Voided => held.And(Make(8, Void(Held))),
            State.Expired => held.And(Expire(Held), Noon.AddHours(1)),
            _ => held,
        };
        over.Ledger.Holds.Count.Should().Be(state is State.Open or State.Timed or State.Late ? 1 : 0);
        return over;
    }

    private static DateTimeOffset At(State state) => state is State.Late or State.Expired ? Noon.AddHours(2) : Noon;

    private static LedgerCommand Said(Order order) => order switch
    {
        Order.PostWhole => Make(9, PostHold(Held)),
        Order.PostPart => Make(9, PostHold(Held, 30)),
        Order.PostMore => Make(9, PostHold(Held, 100.01m)),
        Order.Void => Make(9, Void(Held)),
        _ => Expire(Held),
    };
}
