using Ainalym.Kernel;
using Ainalym.Settlement.Banking;

namespace Ainalym.Settlement.Tests;

public class PaymentReferenceTests
{
    private static readonly Bin Organisation = TextValue.Parse<Bin>("990140000007");

    /// <summary>The standard's own example.</summary>
    [Fact]
    public void The_standards_example_is_good() => TextValue.Parse<PaymentReference>("RF18 5390 0754 7034").ToString().Should().Be("RF18539007547034");

    [Fact]
    public void An_organisations_reference_is_made_of_its_number()
    {
        var reference = PaymentReference.For(Organisation);
        (reference.Payer, reference.Invoice).Should().Be((Organisation, null));
        TextValue.Parse<PaymentReference>(reference.ToString()).Should().Be(reference);
        TextValue.Parse<PaymentReference>(reference.Grouped.ToLowerInvariant()).Should().Be(reference);
        reference.Grouped.Should().MatchRegex("^RF[0-9]{2}( [0-9]{4}){3}$");
    }

    [Fact]
    public void An_invoices_reference_is_its_own()
    {
        var reference = PaymentReference.For(Organisation, 2026, 17);
        (reference.Payer, reference.Invoice).Should().Be((Organisation, (2026, 17L)));
        reference.ToString().Should().MatchRegex("^RF[0-9]{2}990140000007260000017$");
        TextValue.Parse<PaymentReference>(reference.Grouped.ToLowerInvariant()).Should().Be(reference);
        PaymentReference.For(Organisation, 2026, PaymentReference.LastNumber).ToString().Should().HaveLength(25, "no longer one is allowed");
        foreach (var number in (long[])[0, PaymentReference.LastNumber + 1]) FluentActions.Invoking(() => PaymentReference.For(Organisation, 2026, number)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void An_invoices_reference_is_found_in_what_a_payer_writes()
    {
        var (invoice, next, own) = (PaymentReference.For(Organisation, 2026, 17), PaymentReference.For(Organisation, 2026, 18), PaymentReference.For(Organisation));
        foreach (var written in new[] { $"{invoice}", $"Счёт {invoice.Grouped} от 04.05.2026", $"{invoice}2026", $"{invoice.ToString()[..20]} {invoice.ToString()[20..]}" }) PaymentReference.In(written).Should().Equal(invoice);
        PaymentReference.In($"{invoice}, {next.Grouped}").Should().Equal(invoice, next);
        foreach (var written in new[] { $"{own} 000000017", $"{own.Grouped} 2026", $"{own}/260000017" }) PaymentReference.In(written).Should().Equal([own], "what follows is not of it");
        var slip = invoice.ToString()[..^1] + "8";
        PaymentReference.In(slip).Should().BeEmpty();
    }

    [Fact]
    public void A_reference_of_some_other_house_names_nobody_here()
    {
        var reference = TextValue.Parse<PaymentReference>("RF18 5390 0754 7034");
        (reference.Payer, reference.Invoice).Should().Be((null, null));
        PaymentReference.In("RF18 5390 0754 7034").Should().BeEmpty();
    }

    [Fact]
    public void A_reference_is_found_in_what_a_payer_writes()
    {
        var reference = PaymentReference.For(Organisation);
        var wrong = reference.ToString()[..^1] + (reference.ToString()[^1] == '0' ? '1' : '0');
        foreach (var written in new[] { $"{reference}", $"Пополнение счёта, {reference.Grouped}, без НДС", $"оплата:{reference.ToString().ToLowerInvariant()}.", $"{reference} {reference}", $"{wrong} {reference}" })
            PaymentReference.In(written).Should().Equal(reference);
        foreach (var written in new[] { "", "без номера", wrong, "RF18", $"X{reference.ToString()[2..]}" })
            PaymentReference.In(written).Should().BeEmpty();
    }

    [Theory]
    [InlineData("RF19539007547034", PaymentReferenceRefusal.CheckDigitsWrong)]
    [InlineData("RF18", PaymentReferenceRefusal.NotAReference)]
    [InlineData("XX18539007547034", PaymentReferenceRefusal.NotAReference)]
    [InlineData("RF18-5390-0754-7034", PaymentReferenceRefusal.NotAReference)]
    [InlineData("RF18539007547034539007547034", PaymentReferenceRefusal.NotAReference)]
    [InlineData("", PaymentReferenceRefusal.NotAReference)]
    [InlineData(null, PaymentReferenceRefusal.NotAReference)]
    public void Anything_else_is_refused(string? text, PaymentReferenceRefusal why)
    {
        PaymentReference.TryParse(text, out _, out var refusal).Should().BeFalse();
        refusal!.Code.Should().Be(why);
    }
}
