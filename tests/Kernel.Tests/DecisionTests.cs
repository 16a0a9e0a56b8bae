namespace Ainalym.Kernel.Tests;

public class DecisionTests
{
    private abstract record Event;

    private sealed record Happened(int N) : Event;

    [Fact]
    public void Facts_are_an_acceptance()
    {
        Decision<Event> one = new Happened(1);
        Decision<Event> two = new Event[] { new Happened(1), new Happened(2) };
        one.Events.Should().Equal(new Happened(1));
        two.Events.Should().Equal(new Happened(1), new Happened(2));
        (one.Refusal, two.Refusal).Should().Be((null, null));
    }

    [Fact]
    public void A_code_or_a_refusal_changes_nothing()
    {
        Decision<Event> code = BinRefusal.Missing;
        Decision<Event> refusal = new Refusal(NumberRefusal.TooSmall, "0.00");
        Decision<Event> document = new Refusal[] { new(BinRefusal.Missing), new(RegionRefusal.Missing) };
        code.Refusal.Should().Be(new Refusal(BinRefusal.Missing));
        refusal.Refusals.Should().Equal(new Refusal(NumberRefusal.TooSmall, "0.00"));
        document.Refusals.Should().HaveCount(2);
        document.Refusal.Should().Be(new Refusal(BinRefusal.Missing));
        code.Events.Concat(refusal.Events).Concat(document.Events).Should().BeEmpty();
    }

    [Fact]
    public void What_is_already_so_is_accepted_without_a_new_fact()
    {
        Decision<Event>.Nothing.Events.Should().BeEmpty();
        Decision<Event>.Nothing.Refusal.Should().BeNull();
    }

    [Fact]
    public void A_refused_document_names_at_least_one_problem() =>
        FluentActions.Invoking(() => (Decision<Event>)Array.Empty<Refusal>()).Should().Throw<ArgumentException>();
}
