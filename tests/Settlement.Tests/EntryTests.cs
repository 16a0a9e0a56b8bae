using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Rails;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>A movement at the bank: told once, and what nobody knows waits for the operator.</summary>
public class EntryTests
{
    private static readonly Guid Paper = Id(0xA);

    internal static EntryFacts Facts { get; } = new(
        TextValue.Parse<RailAccount>("KZ86125KZT5004100100"), "REF1", Tenge(1000.05m), IsCredit: true, new DateOnly(2026, 5, 4), "ТОО «Қағаз»", TextValue.Parse<Iban>("KZ86125KZT5004100100"), "E-1", "Пополнение");

    private static BookEntry Book(EntryFacts? facts = null) => new(Id(1), facts ?? Facts);

    private static Entry After(params EntryCommand[] commands) => commands.Aggregate(Entry.Initial, (entry, command) =>
    {
        var decision = EntryDecider.Decide(entry, command, Noon);
        decision.Refusals.Should().BeEmpty();
        return decision.Events.Aggregate(entry, (state, @event) => state.Evolve(@event));
    });

    private static EntryStanding StandingOf(Entry entry) => ((Entry.Booked)entry).Standing;

    [Fact]
    public void What_it_stands_for_follows_from_what_is_known_of_it()
    {
        StandingOf(After(Book() with { Organisation = Paper })).Should().Be(EntryStanding.Matched);
        StandingOf(After(Book())).Should().Be(EntryStanding.Unmatched);
        StandingOf(After(Book(Facts with { IsCredit = false }))).Should().Be(EntryStanding.Unexplained);
        StandingOf(After(Book(Facts with { IsCredit = false }) with { Organisation = Paper })).Should().Be(EntryStanding.Unexplained, "nobody is paid by what went out");
        StandingOf(After(Book(Facts with { IsCredit = false }) with { IsReturn = true })).Should().Be(EntryStanding.ReturnSent);
    }

    [Fact]
    public void Told_again_it_changes_nothing_and_told_otherwise_it_is_refused()
    {
        var booked = After(Book());
        EntryDecider.Decide(booked, Book(Facts with { Remittance = "иначе", PayerName = null }) with { Organisation = Paper }, Noon).Should().Be(Decision<EntryEvent>.Nothing);
        EntryDecider.Decide(booked, Book(Facts with { Amount = Tenge(1) }), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.EntryDiffers, "amount"));
        EntryDecider.Decide(booked, Book(Facts with { IsCredit = false }), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.EntryDiffers, "direction"));
        EntryDecider.Decide(booked, Book(Facts with { Booked = new DateOnly(2026, 5, 5) }), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.EntryDiffers, "booked"));
    }

    /// <summary>Each standing × each order of the operator's.</summary>
    [Theory]
    [InlineData(EntryStanding.Matched, false, false, false)]
    [InlineData(EntryStanding.Unmatched, true, true, false)]
    [InlineData(EntryStanding.Assigned, false, false, false)]
    [InlineData(EntryStanding.Returning, false, false, false)]
    [InlineData(EntryStanding.Returned, false, false, false)]
    [InlineData(EntryStanding.ReturnSent, false, false, false)]
    [InlineData(EntryStanding.Unexplained, true, false, true)]
    [InlineData(EntryStanding.BankCharge, false, false, false)]
    [InlineData(EntryStanding.Split, false, false, false)]
    public void Only_what_waits_for_the_operator_takes_his_orders(EntryStanding standing, bool assigned, bool returned, bool charged)
    {
        var entry = new Entry.Booked(Facts with { IsCredit = standing is EntryStanding.Matched or EntryStanding.Unmatched or EntryStanding.Returning or EntryStanding.Returned }, standing, Organisation: null);
        Taken(new AssignEntry(Id(2), Paper)).Should().Be(assigned);
        Taken(new ReturnEntry(Id(2), "Не нам")).Should().Be(returned);
        Taken(new ChargeEntry(Id(2))).Should().Be(charged);
        Taken(new ExplainEntry(Id(2), "x")).Should().Be(charged || returned, "a debit pays a payout, and a credit gives one back");

        bool Taken(EntryCommand command)
        {
            var decision = EntryDecider.Decide(entry, command, Noon);
            if (decision.Refusals.Count > 0) decision.Refusals.Should().Equal(new Refusal(command is ChargeEntry || (command is ExplainEntry && !entry.Facts.IsCredit) ? EntryRefusal.NotUnexplained : EntryRefusal.NotUnmatched, KebabCase.Name(standing)));
            return decision.Refusals.Count == 0;
        }
    }

    [Fact]
    public void A_return_has_a_reason_and_somewhere_to_go()
    {
        EntryDecider.Decide(After(Book()), new ReturnEntry(Id(2), " "), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.ReasonMissing).About("reason"));
        EntryDecider.Decide(After(Book()), new ReturnEntry(Id(2), new string('я', 501)), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.ReasonTooLong, 500).About("reason"));
        EntryDecider.Decide(After(Book(Facts with { PayerAccount = null })), new ReturnEntry(Id(2), "Не нам"), Noon).Refusals.Should().Equal((Refusal)EntryRefusal.PayerUnknown);
        StandingOf(After(Book(), new ReturnEntry(Id(2), "Не нам"), new EndReturn(Id(3), "D1", Facts.Id), new EndReturn(Id(4), "D1", Facts.Id))).Should().Be(EntryStanding.Returned);
        EntryDecider.Decide(Entry.Initial, new ChargeEntry(Id(2)), Noon).Refusals.Should().Equal((Refusal)EntryRefusal.EntryNotFound);
    }

    [Fact]
    public void It_goes_back_once_and_another_that_says_so_is_nobodys()
    {
        var returned = After(Book(), new ReturnEntry(Id(2), "Не нам"), new EndReturn(Id(3), "D1", Facts.Id));
        EntryDecider.Decide(returned, new EndReturn(Id(4), "D2", Facts.Id), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.NotReturning, "returned"));
        EntryDecider.Decide(After(Book()), new EndReturn(Id(4), "D2", Facts.Id), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.NotReturning, "unmatched"));
        StandingOf(After(Book(Facts with { IsCredit = false }) with { IsReturn = true }, new DisownEntry(Id(5)), new DisownEntry(Id(6)))).Should().Be(EntryStanding.Unexplained);
    }

    [Fact]
    public void What_the_operator_says_to_give_a_payout_back_waits_for_him_again_where_the_payout_says_no()
    {
        StandingOf(After(Book(), new ExplainEntry(Id(2), "x"))).Should().Be(EntryStanding.PayoutReturned);
        StandingOf(After(Book(), new ExplainEntry(Id(2), "x"), new DisownEntry(Id(3)))).Should().Be(EntryStanding.Unmatched);
    }

    /// <summary>Another payment back has another id: a late debit of the first is not the second.</summary>
    [Fact]
    public void A_return_that_came_to_nothing_waits_for_the_operator_and_may_be_made_again()
    {
        var returning = After(Book(), new ReturnEntry(Id(2), "Не нам"));
        EntryDecider.Decide(returning, new FailReturn(Id(3), " "), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.ReasonMissing).About("reason"));
        EntryDecider.Decide(returning, new WithdrawReturn(Id(3), "другой"), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.NotReturning, "returning"));
        StandingOf(After(Book(), new ReturnEntry(Id(2), "Не нам"), new WithdrawReturn(Id(3), Facts.Id))).Should().Be(EntryStanding.Unmatched);
        EntryDecider.Decide(After(Book()), new FailReturn(Id(3), "x"), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.NotReturning, "unmatched"));

        var again = After(Book(), new ReturnEntry(Id(2), "Не нам"), new FailReturn(Id(3), "Счёт закрыт"), new ReturnEntry(Id(4), "Не нам"));
        var payment = ((Entry.Booked)again).Payment!;
        payment.Should().NotBe(Facts.Id);
        EntryDecider.Decide(again, new EndReturn(Id(5), "D1", Facts.Id), Noon).Refusals.Should().Equal(new Refusal(EntryRefusal.NotReturning, "returning"));
        EntryDecider.Decide(again, new EndReturn(Id(5), "D1", payment), Noon).Refusals.Should().BeEmpty();
    }

    [Fact]
    public void Statements_book_for_the_house_and_the_operator_decides()
    {
        foreach (var role in Enum.GetValues<Roles>())
        {
            var caller = new Caller(Id(1), Id(2), role);
            foreach (var command in (EntryCommand[])[Book(), new EndReturn(Id(1), "D1", Facts.Id), new WithdrawReturn(Id(1), Facts.Id), new DisownEntry(Id(1))]) EntryGrain.Kind.Permission(command, caller).Should().Be(role == Roles.House);
            EntryGrain.Kind.Permission(new AssignEntry(Id(1), Paper), caller).Should().Be(role is Roles.Operator or Roles.House);
            foreach (var command in (EntryCommand[])[new ReturnEntry(Id(1), "x"), new ChargeEntry(Id(1)), new ExplainEntry(Id(1), "x"), new FailReturn(Id(1), "x")]) EntryGrain.Kind.Permission(command, caller).Should().Be(role == Roles.Operator);
        }
    }
}
