namespace Ainalym.Kernel.Tests;

public class RefusalTests
{
    [Fact]
    public void The_public_name_is_module_aggregate_and_condition()
    {
        new Refusal(BinRefusal.NotTwelveDigits).Name.Should().Be("kernel.bin.not-twelve-digits");
        new Refusal(ObligationYearRefusal.NotAYear).Name.Should().Be("kernel.obligation-year.not-a-year");
        new Refusal(Sample.KernelRefusal.Closed).Name.Should().Be("kernel.closed");
    }

    /// <summary>Names are public: texts, clients and stored receipts know them.</summary>
    [Fact]
    public void Every_name_of_the_kernel_is_known_and_none_stands_twice()
    {
        var names = typeof(Refusal).Assembly.GetTypes()
            .Where(type => type.IsEnum && type.Name.EndsWith("Refusal", StringComparison.Ordinal))
            .SelectMany(type => Enum.GetValues(type).Cast<Enum>())
            .Select(code => Refusal.NameOf(code))
            .Order(StringComparer.Ordinal);
        names.Should().Equal(
            "kernel.bin.cannot-exist",
            "kernel.bin.check-digit",
            "kernel.bin.missing",
            "kernel.bin.not-twelve-digits",
            "kernel.grade.missing",
            "kernel.grade.not-a-grade-code",
            "kernel.grade.unknown",
            "kernel.iban.bank-code-malformed",
            "kernel.iban.check-digits-wrong",
            "kernel.iban.missing",
            "kernel.iban.not-an-iban",
            "kernel.iban.wrong-length",
            "kernel.number.missing",
            "kernel.number.not-a-number",
            "kernel.number.too-large",
            "kernel.number.too-many-places",
            "kernel.number.too-small",
            "kernel.number.unknown-currency",
            "kernel.obligation-year.missing",
            "kernel.obligation-year.not-a-year",
            "kernel.region.missing",
            "kernel.region.not-a-region-code",
            "kernel.region.unknown",
            "kernel.waste-code.hazard-mark",
            "kernel.waste-code.missing",
            "kernel.waste-code.not-six-digits",
            "kernel.waste-code.unknown");
    }

    [Fact]
    public void Two_refusals_are_the_same_when_code_facts_and_field_are()
    {
        var refusal = new Refusal(NumberRefusal.TooLarge, "1.00", 2);
        refusal.Should().Be(new Refusal(NumberRefusal.TooLarge, "1.00", 2));
        refusal.GetHashCode().Should().Be(new Refusal(NumberRefusal.TooLarge, "1.00", 2).GetHashCode());
        refusal.Should().NotBe(new Refusal(NumberRefusal.TooSmall, "1.00", 2));
        refusal.Should().NotBe(new Refusal(NumberRefusal.TooLarge, "1.00"));
        refusal.Should().NotBe(refusal.About("mass_kg"));
        new Refusal(BinRefusal.Missing).Should().NotBe(new Refusal(RegionRefusal.Missing));
    }

    [Fact]
    public void A_refusal_written_for_the_log_names_its_facts()
    {
        new Refusal(NumberRefusal.TooLarge, "1.00").ToString().Should().Be("kernel.number.too-large (1.00)");
        new Refusal(NumberRefusal.Missing).ToString().Should().Be("kernel.number.missing");
    }

    [Fact]
    public void Facts_are_kept_as_invariant_text_with_what_they_are()
    {
        ((Fact)12L).Should().Be(new Fact(FactKind.Number, "12"));
        ((Fact)new Money(5, Currency.Usd)).Should().Be(new Fact(FactKind.Money, "0.05 USD"));
        ((Fact)PricePerTonne.From(5, Currency.Kzt)).Should().Be(new Fact(FactKind.PricePerTonne, "0.05 KZT"));
        ((Fact)Mass.FromGrams(5)).Should().Be(new Fact(FactKind.Mass, "0.005"));
        ((Fact)Share.FromPercent(5)).Should().Be(new Fact(FactKind.Share, "5.0000"));
        ((Fact)new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.FromHours(5))).Should().Be(new Fact(FactKind.Instant, "2026-03-01T12:00:00.0000000+00:00"));
    }
}
