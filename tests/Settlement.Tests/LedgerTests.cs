using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>Transfers at once: double entry, floors, chains.</summary>
public class LedgerTests
{
    [Fact]
    public void Money_leaves_one_account_and_comes_to_the_other()
    {
        var after = Given.Money.And(Make(1, Move(Aliya, Deal, 300)));
        (after[Aliya], after[Deal], after[Bank]).Should().Be(((700m, 700m), (300m, 300m), (-1500m, 1500m)));
        Given.Money.When(Make(1, Move(Aliya, Deal, 300))).Events.Should().Equal(
            new TransferPosted(Transfer(1), Aliya, Deal, Tenge(300), TransferPurpose.Payment, "lot-1", Tenge(700), Tenge(300), 1, 0, Noon));
    }

    [Fact]
    public void All_that_is_there_may_be_spent_and_not_a_tiyn_more()
    {
        Given.Money.And(Make(1, Move(Aliya, Deal, 1000)))[Aliya].Should().Be((0m, 0m));
        Given.Money.When(Make(1, Move(Aliya, Deal, 1000.01m))).ShouldBeRefused("transfers[0].debit", LedgerRefusal.InsufficientFunds, Tenge(1000), Tenge(0.01m));
    }

    [Fact]
    public void What_the_bank_has_taken_is_taken_whatever_is_there()
    {
        var after = Given.Money.And(Make(1, Move(AccountId.House, Bank, 2000)));
        (after[Bank].Posted, after[AccountId.House].Posted).Should().Be((500m, -2000m));
        (AccountId.House.HasFloor, Bank.HasFloor, AccountId.Card.HasFloor, AccountId.PlatformFee.HasFloor, Deal.HasFloor).Should().Be((false, false, false, true, true));
    }

    [Fact]
    public void A_chain_is_all_or_nothing_and_names_the_transfer_that_failed()
    {
        var decision = Given.Money.When(Make(1, Move(Aliya, Deal, 600), Move(Deal, Bolat, 100), Move(Aliya, Deal, 600)));
        decision.ShouldBeRefused("transfers[2].debit", LedgerRefusal.InsufficientFunds, Tenge(400), Tenge(200));
    }

    [Fact]
    public void A_transfer_of_a_chain_sees_those_before_it()
    {
        var after = Given.Money.And(Make(1, Move(Aliya, Deal, 600), Move(Deal, AccountId.PlatformFee, 12), Move(Deal, Bolat, 588)));
        (after[Deal].Posted, after[AccountId.PlatformFee].Posted, after[Bolat].Posted).Should().Be((0m, 12m, 1088m));
        after.Ledger.Holds.Should().BeEmpty();
        Given.Money.And(Make(2, Hold(Aliya, Deal, 50), new TransferOrder.PostHold(Transfer(2), TransferPurpose.Forfeit)))[Deal].Posted.Should().Be(50);
    }

    [Fact]
    public void The_transfers_of_a_chain_are_called_after_the_command_and_their_place() =>
        Given.Money.When(Make(1, Move(Aliya, Deal, 1), Hold(Aliya, Deal, 1), Move(Aliya, Deal, 1))).Events
            .Select(e => e is TransferPosted posted ? posted.Id : ((TransferHeld)e).Id).Should().Equal(Transfer(1), Transfer(1, 1), Transfer(1, 2));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Nothing_and_less_than_nothing_does_not_move(int amount)
    {
        Given.Money.When(Make(1, Move(Aliya, Deal, amount))).ShouldBeRefused("transfers[0].amount", LedgerRefusal.AmountNotPositive);
        Given.Money.When(Make(1, Hold(Aliya, Deal, amount))).ShouldBeRefused("transfers[0].amount", LedgerRefusal.AmountNotPositive);
        Given.Money.And(Make(1, Hold(Aliya, Deal, 5))).When(Make(2, PostHold(1, amount))).ShouldBeRefused("transfers[0].amount", LedgerRefusal.AmountNotPositive);
    }

    [Fact]
    public void A_ledger_has_one_currency()
    {
        var dollars = new Money(1, Currency.Usd);
        Given.Money.When(Make(1, Move(Aliya, Deal, dollars))).ShouldBeRefused("transfers[0].amount", LedgerRefusal.WrongCurrency, "KZT");
        Given.Money.And(Make(1, Hold(Aliya, Deal, 5))).When(Make(2, new TransferOrder.PostHold(Transfer(1), TransferPurpose.Payment, dollars)))
            .ShouldBeRefused("transfers[0].amount", LedgerRefusal.WrongCurrency, "KZT");
    }

    /// <summary>Aliya owes 5 tenge: nobody pays back more than he owes, at once or by what is held for it.</summary>
    [Fact]
    public void A_debt_is_paid_to_its_end_and_no_further()
    {
        var owing = Given.Money.And(Make(1, Move(AccountId.Owed(Id(0xA)), Bank, 5)));
        owing.When(Make(2, Move(Aliya, AccountId.Owed(Id(0xA)), 5.01m))).ShouldBeRefused("transfers[0].credit", LedgerRefusal.CeilingExceeded, Tenge(5), Tenge(0.01m));
        owing.When(Make(2, Move(Aliya, AccountId.Owed(Id(0xA)), 5))).Refusals.Should().BeEmpty();
        var held = owing.And(Make(2, Hold(Aliya, AccountId.Owed(Id(0xA)), 3)));
        held.When(Make(3, Move(Aliya, AccountId.Owed(Id(0xA)), 2.01m))).ShouldBeRefused("transfers[0].credit", LedgerRefusal.CeilingExceeded, Tenge(2), Tenge(0.01m));
        held.And(Make(3, PostHold(2), Move(Aliya, AccountId.Owed(Id(0xA)), 2)))[AccountId.Owed(Id(0xA))].Posted.Should().Be(0);
        Given.Money.When(Make(1, Move(Aliya, AccountId.Owed(Id(0xB)), 1))).ShouldBeRefused("transfers[0].credit", LedgerRefusal.CeilingExceeded, Tenge(0), Tenge(1));
    }

    [Fact]
    public void No_account_pays_itself() => Given.Money.When(Make(1, Move(Aliya, Aliya, 1))).ShouldBeRefused("transfers[0].credit", LedgerRefusal.SameAccount);

    [Theory, InlineData(""), InlineData("-1"), InlineData("a b"), InlineData("счёт"), InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_reference_is_short_and_plain(string reference) =>
        Given.Money.When(Make(1, new TransferOrder.Post(Aliya, Deal, Tenge(1), TransferPurpose.Payment, reference))).ShouldBeRefused("transfers[0].reference", LedgerRefusal.ReferenceMalformed);

    [Fact]
    public void A_chain_has_from_one_to_a_thousand_transfers()
    {
        Given.Money.When(Make(1)).Refusal.Should().Be(new Refusal(LedgerRefusal.NoTransfers));
        Given.Money.When(Make(1, [.. Enumerable.Repeat(Move(Aliya, Deal, 0.01m), 1_000)])).Refusals.Should().BeEmpty();
        Given.Money.When(Make(1, [.. Enumerable.Repeat(Move(Aliya, Deal, 0.01m), 1_001)])).Refusal.Should().Be(new Refusal(LedgerRefusal.TooManyTransfers, 1_000));
    }

    [Fact]
    public void What_does_not_fit_into_64_bits_is_refused_and_not_wrapped()
    {
        var most = new Money(long.MaxValue, Currency.Kzt);
        var full = Given.Nothing.And(Make(1, Move(Bank, Aliya, most)));
        full.Ledger[Aliya].Posted.Should().Be(long.MaxValue);
        full.When(Make(2, Move(Bank, Aliya, new Money(1, Currency.Kzt)))).ShouldBeRefused("transfers[0].debit", LedgerRefusal.AmountTooLarge);
        full.When(Make(2, Move(AccountId.Card, Aliya, new Money(1, Currency.Kzt)))).ShouldBeRefused("transfers[0].credit", LedgerRefusal.AmountTooLarge);

        var held = Given.Nothing.And(Make(1, new TransferOrder.Hold(Bank, Aliya, most, TransferPurpose.TopUp, "x")));
        held.When(Make(2, Move(Bank, Bolat, 0.01m))).ShouldBeRefused("transfers[0].debit", LedgerRefusal.AmountTooLarge);
        held.When(Make(2, Move(AccountId.Card, Aliya, 0.01m))).ShouldBeRefused("transfers[0].credit", LedgerRefusal.AmountTooLarge);
        held.And(Make(2, PostHold(1))).Ledger[Aliya].Posted.Should().Be(long.MaxValue);
    }

    /// <summary>Two things wrong at once: what is told is what comes first among the refusals.</summary>
    public static TheoryData<string, LedgerRefusal, LedgerRefusal> TwoFaults => new()
    {
        { "too many, and nothing moves", LedgerRefusal.TooManyTransfers, LedgerRefusal.AmountNotPositive },
        { "held under that id, of nothing", LedgerRefusal.ExistsWithAnother, LedgerRefusal.AmountNotPositive },
        { "posts what is not held, nothing of it", LedgerRefusal.HoldNotOpen, LedgerRefusal.AmountNotPositive },
        { "posts what is late, nothing of it", LedgerRefusal.HoldAlreadyExpired, LedgerRefusal.AmountNotPositive },
        { "nothing, in dollars", LedgerRefusal.AmountNotPositive, LedgerRefusal.WrongCurrency },
        { "dollars to oneself", LedgerRefusal.WrongCurrency, LedgerRefusal.SameAccount },
        { "posts more than is held, in dollars", LedgerRefusal.WrongCurrency, LedgerRefusal.AmountExceedsHold },
        { "to oneself, for no reason", LedgerRefusal.SameAccount, LedgerRefusal.ReferenceMalformed },
        { "held until now, for no reason", LedgerRefusal.ReferenceMalformed, LedgerRefusal.ExpiryNotAhead },
        { "held until now, more than there is", LedgerRefusal.ExpiryNotAhead, LedgerRefusal.InsufficientFunds },
        { "more than there is, and than fits", LedgerRefusal.AmountTooLarge, LedgerRefusal.InsufficientFunds },
        { "more than there is, and than is owed", LedgerRefusal.InsufficientFunds, LedgerRefusal.CeilingExceeded },
    };

    [Theory, MemberData(nameof(TwoFaults))]
    public void Of_two_faults_the_first_is_told(string fault, LedgerRefusal told, LedgerRefusal other)
    {
        ((int)told).Should().BeLessThan((int)other);
        var (given, order) = Faulty(fault);
        given.When(order).Refusals.Should().ContainSingle().Which.Code.Should().Be(told);
    }

    private static (Given Given, MakeTransfers Order) Faulty(string fault)
    {
        var (money, held) = (Given.Money, Given.Money.And(Make(7, Hold(Aliya, Deal, 100))));
        var dollar = new Money(1_00, Currency.Usd);
        return fault switch
        {
            "too many, and nothing moves" => (money, Make(1, [.. Enumerable.Repeat(Move(Aliya, Deal, 0), 1_001)])),
            "held under that id, of nothing" => (held, Make(7, Hold(Aliya, Deal, 0))),
            "posts what is not held, nothing of it" => (money, Make(1, PostHold(7, 0))),
            "posts what is late, nothing of it" => (money.And(Make(7, Hold(Aliya, Deal, 100, Noon)), Noon.AddHours(-1)), Make(1, PostHold(7, 0))),
            "nothing, in dollars" => (money, Make(1, Move(Aliya, Deal, new Money(0, Currency.Usd)))),
            "dollars to oneself" => (money, Make(1, Move(Aliya, Aliya, dollar))),
            "posts more than is held, in dollars" => (held, Make(1, new TransferOrder.PostHold(Transfer(7), TransferPurpose.Payment, new Money(100_01, Currency.Usd)))),
            "to oneself, for no reason" => (money, Make(1, new TransferOrder.Post(Aliya, Aliya, Tenge(1), TransferPurpose.Payment, ""))),
            "held until now, for no reason" => (money, Make(1, new TransferOrder.Hold(Aliya, Deal, Tenge(1), TransferPurpose.Guarantee, "", Noon))),
            "held until now, more than there is" => (money, Make(1, Hold(Aliya, Deal, 1_001, Noon))),
            "more than there is, and than fits" => (money.And(Make(2, Move(Bank, Bolat, 1))), Make(1, Move(Aliya, Bolat, new Money(long.MaxValue, Currency.Kzt)))),
            "more than there is, and than is owed" => (money, Make(1, Move(Aliya, AccountId.Owed(Id(0xA)), 1_001))),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
        };
    }

    /// <summary>A chain is looked at one transfer after the other: a late fault of the first comes before an early one of the second.</summary>
    [Fact]
    public void Of_a_chain_the_first_faulty_transfer_is_told() =>
        Given.Money.When(Make(1, Move(Aliya, Deal, 1_001), Move(Aliya, Deal, 0))).ShouldBeRefused("transfers[0].debit", LedgerRefusal.InsufficientFunds, Tenge(1_000), Tenge(1));

    [Fact]
    public void Only_the_house_writes_in_the_ledger()
    {
        LedgerGrain.Kind.Permission(Make(1, Move(Aliya, Deal, 1)), Caller.House).Should().BeTrue();
        foreach (var role in (Roles[])[Roles.Buyer, Roles.Seller, Roles.Operator, Roles.Regulator])
            LedgerGrain.Kind.Permission(Make(1, Move(Aliya, Deal, 1)), new Caller(Id(1), Id(2), role)).Should().BeFalse();
    }
}

internal static class Orders
{
    public static TransferOrder Reverse(this TransferOrder order) => order is TransferOrder.Post post ? post with { Debit = post.Credit, Credit = post.Debit } : throw new ArgumentException("Not a post.", nameof(order));
}
