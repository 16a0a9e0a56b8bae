using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Rates;
using static Ainalym.Market.Tests.DealWords;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

public class DealArithmeticTests
{
    [Theory]
    [InlineData("10", "1", "0", "20000.000")]
    [InlineData("7", "0", "0", "20000.000")]
    [InlineData("12", "1", "2.0000", "19600.000")]
    [InlineData("13", "1", "3.0000", "19400.000")]
    [InlineData("15", "1", "6.0000", "18800.000")]
    [InlineData("10", "3", "2.0000", "19600.000")]
    [InlineData("10", "5", "6.0000", "18800.000")]
    [InlineData("15", "5", "12.0000", "17600.000")]
    [InlineData("10.0001", "1", "0.0001", "19999.980")]
    [InlineData("13.0001", "1", "3.0002", "19399.960")]
    [InlineData("100", "100", "100.0000", "0.000")]
    public void What_is_wetter_or_dirtier_than_stated_takes_off_by_the_table(string moisture, string contamination, string deducted, string payable)
    {
        var result = DealArithmetic.Of(Terms, Weighed(20_000, moisture, contamination));
        (result.Net, result.Deducted, result.Payable).Should().Be((Mass.FromTonnes(20), TextValue.Parse<Share>(deducted), TextValue.Parse<Mass>(payable)));
    }

    /// <summary>19,481.25 kg at 50,000 a tonne: 974,062.50. Two percent of it is the fee, in its first band; 16 percent of that is VAT.</summary>
    [Fact]
    public void The_scale_decides_and_every_tiyn_is_somebodys()
    {
        var sums = DealArithmetic.Sums(Terms, [Weighed(19_481.25m)], Amount, Noon);
        (sums.Goods, sums.Refund, sums.Fee, sums.Vat, sums.Proceeds, sums.Missing).Should().Be((Kzt(974_062.50m), Kzt(25_937.50m), Kzt(19_481.25m), Kzt(3_117.00m), Kzt(951_464.25m), Kzt(0)));
        sums.VatRate.Should().Be(new VatRate(new DateOnly(2026, 1, 1), Share.FromPercent(16)));
    }

    [Fact]
    public void Several_loads_are_added_before_anything_is_rounded_to_tiyn()
    {
        var sums = DealArithmetic.Sums(Terms with { Price = Tenge(0.01m) }, Enumerable.Repeat(Weighed(400), 4), Kzt(1), Noon);
        sums.Goods.MinorUnits.Should().Be(2, "1.6 t at a tiyn a tonne, not four times nothing");
    }

    [Fact]
    public void More_goods_than_were_paid_for_leave_something_missing()
    {
        var sums = DealArithmetic.Sums(Terms, [Weighed(21_000)], Amount, Noon);
        (sums.Goods, sums.Missing, sums.Refund, sums.Proceeds + sums.Fee + sums.Vat).Should().Be((Kzt(1_050_000), Kzt(50_000), Kzt(0), Amount));
    }

    /// <summary>22 t at 50,000 a tonne: 1,100,000. Two percent of the first million and one and a half of the rest is the fee on all of it; 16 percent of that is VAT.</summary>
    [Fact]
    public void Once_the_rest_is_paid_the_fee_is_on_all_the_goods()
    {
        var sums = DealArithmetic.Sums(Terms, [Weighed(22_000)], Amount, Noon);
        (sums.Fee, sums.Vat, sums.Proceeds).Should().Be((Kzt(20_000), Kzt(3_200), Kzt(976_800)), "what is paid is all that is shared out");
        var once = DealArithmetic.OncePaid(Terms, sums, Noon)!;
        (once.Goods, once.Paid, once.Missing, once.Refund).Should().Be((Kzt(1_100_000), Kzt(1_100_000), Kzt(0), Kzt(0)));
        (once.Fee, once.Vat, once.Proceeds).Should().Be((Kzt(21_500), Kzt(3_440), Kzt(1_075_060)));
        DealArithmetic.OncePaid(Terms, DealArithmetic.Sums(Terms, [Weighed(20_000)], Amount, Noon), Noon).Should().BeNull("nothing is missing");
    }

    [Theory]
    [InlineData("20000", true)]
    [InlineData("19000", true)]
    [InlineData("18999.999", false)]
    [InlineData("21000", true)]
    [InlineData("21000.001", false)]
    public void Within_five_percent_nobody_has_to_agree(string kg, bool within) =>
        DealArithmetic.IsWithinTolerance(Terms, DealArithmetic.Sums(Terms, [Weighed(TextValue.Parse<Mass>(kg).Grams / 1000m)], Amount, Noon).Goods).Should().Be(within);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    /// <summary>Whatever the scale says: what was paid is the seller's, the platform's, the tax's and the buyer's, to the tiyn, and nobody's is negative.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Nothing_is_lost_and_nothing_appears(int seed)
    {
        var random = new Random(seed);
        var terms = Terms with { Price = PricePerTonne.From(random.NextInt64(1, 10_000_000_00), Currency.Kzt), Mass = Mass.FromGrams(random.NextInt64(1, 100_000_000)) };
        terms = terms with { Amount = terms.Price.For(terms.Mass) };
        var loads = Enumerable.Range(0, random.Next(0, 6)).Select(_ => Weighed(random.Next(1, 30_000_000) / 1000m, Percent(), Percent())).ToList();
        var sums = DealArithmetic.Sums(terms, loads, terms.Amount, Noon.AddDays(random.Next(-400, 400)));

        (sums.Proceeds + sums.Fee + sums.Vat + sums.Refund).Should().Be(terms.Amount);
        (sums.Goods + sums.Refund - sums.Missing).Should().Be(terms.Amount);
        new[] { sums.Proceeds, sums.Fee, sums.Vat, sums.Refund, sums.Missing }.Should().OnlyContain(part => part.MinorUnits >= 0);
        sums.FeeLines.Sum(line => line.Of.MinorUnits).Should().Be((terms.Amount - sums.Refund).MinorUnits);
        sums.Payable.Should().BeLessThanOrEqualTo(sums.Net);

        string Percent() => (random.Next(0, 400_000) / 10_000m).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}

public class RateTests
{
    private static DateTimeOffset At(string day) => DateTimeOffset.Parse(day + "T12:00:00+05:00", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("0.01", "0.00", 1)]
    [InlineData("0.25", "0.01", 1)]
    [InlineData("0.24", "0.00", 1)]
    [InlineData("1000000.00", "20000.00", 1)]
    [InlineData("1000000.34", "20000.01", 2)]
    [InlineData("10000000.00", "155000.00", 2)]
    [InlineData("20000000.00", "255000.00", 3)]
    public void Each_part_of_an_amount_pays_the_rate_of_its_band(string amount, string fee, int lines)
    {
        var arithmetic = FeeSchedule.Of(TextValue.Parse<Money>(amount), At("2026-05-04"));
        (arithmetic.Count, arithmetic.Sum(line => line.Fee.MinorUnits)).Should().Be((lines, TextValue.Parse<Money>(fee).MinorUnits));
    }

    [Fact]
    public void Nothing_pays_nothing() => FeeSchedule.Of(new Money(0, Currency.Kzt), At("2026-05-04")).Should().BeEmpty();

    [Theory]
    [InlineData("2025-12-31", 12)]
    [InlineData("2026-01-01", 16)]
    public void The_tax_is_that_of_the_day(string day, int percent) => VatRate.At(At(day)).Rate.Should().Be(Share.FromPercent(percent));

    /// <summary>The year begins in Kazakhstan five hours before it does in Greenwich.</summary>
    [Fact]
    public void The_day_is_kazakhstans()
    {
        VatRate.At(new DateTimeOffset(2025, 12, 31, 18, 59, 59, TimeSpan.Zero)).Rate.Should().Be(Share.FromPercent(12));
        VatRate.At(new DateTimeOffset(2025, 12, 31, 19, 0, 0, TimeSpan.Zero)).Rate.Should().Be(Share.FromPercent(16));
    }

    [Fact]
    public void A_day_before_all_rows_has_no_rate()
    {
        var ask = () => VatRate.At(At("2008-12-31"));
        ask.Should().Throw<InvalidOperationException>();
        var fee = () => FeeSchedule.Of(new Money(1, Currency.Kzt), At("2024-12-31"));
        fee.Should().Throw<InvalidOperationException>();
    }

    [Theory]
    [InlineData("2026-03-02", 1, "2026-03-04")]
    [InlineData("2026-03-05", 1, "2026-03-07")]
    [InlineData("2025-12-31", 1, "2026-01-06")]
    public void Working_days_leave_out_weekends_and_holidays(string from, int days, string lateFrom) =>
        WorkDays.After(At(from), days).Should().Be(DateTimeOffset.Parse(lateFrom + "T00:00:00+05:00", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>8 March 2026 is a Sunday, 21 and 22 March are a weekend before a third holiday, 9 May is a Saturday, and so are the first days of 2028. Kurban Ait, a Sunday in 2027, does not move.</summary>
    [Theory]
    [InlineData("2026-03-06", 1, "2026-03-11")]
    [InlineData("2026-03-07", 1, "2026-03-11")]
    [InlineData("2026-03-19", 2, "2026-03-27")]
    [InlineData("2026-05-06", 2, "2026-05-13")]
    [InlineData("2027-12-31", 1, "2028-01-06")]
    [InlineData("2027-05-14", 1, "2027-05-18")]
    public void A_holiday_on_a_weekend_makes_the_next_working_day_one_of_rest(string from, int days, string lateFrom) => Working_days_leave_out_weekends_and_holidays(from, days, lateFrom);
}
