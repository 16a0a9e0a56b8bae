using Ainalym.Kernel;
using Ainalym.Market.Rates;

namespace Ainalym.Market.Deals;

/// <summary>One weighing's way from the scale to what is paid for.</summary>
/// <param name="Deducted">The share that moisture and contamination above the lot's stated values take off.</param>
/// <param name="Payable">Net mass less that share of it, rounded to the gram, half away from zero.</param>
public sealed record WeighedMass(Mass Net, Share Deducted, Mass Payable);

/// <summary>What a deal comes to. Every tiyn that was paid goes to somebody: proceeds + fee + VAT + refund = paid.</summary>
/// <param name="Goods">Payable mass × price, rounded once to the tiyn.</param>
/// <param name="Missing">What the goods cost beyond what was paid.</param>
/// <param name="Fee">The sum of the lines: the platform's, out of what the seller gets.</param>
/// <param name="Vat">Value added tax on the fee.</param>
/// <param name="Proceeds">The seller's.</param>
public sealed record SettlementSums(
    Mass Net, Mass Payable, Money Goods, Money Paid, Money Refund, Money Missing, EqualList<FeeLine> FeeLines, Money Fee, VatRate VatRate, Money Vat, Money Proceeds);

/// <summary>Settlement follows the scale.</summary>
public static class DealArithmetic
{
    private const int WholeMillionths = 1_000_000;

    public static WeighedMass Of(DealTerms terms, Weighing weighing)
    {
        var points = Deduction(weighing.Moisture, terms.Moisture, terms.Rules.Moisture) + Deduction(weighing.Contamination, terms.Contamination, terms.Rules.Contamination);
        var deducted = Share.FromMillionths((long)Math.Min(decimal.Round(points, MidpointRounding.AwayFromZero), WholeMillionths));
        return new(weighing.Net, deducted, weighing.Net - deducted.Of(weighing.Net));
    }

    /// <summary>What the weighings come to, paid on the day of <paramref name="at"/>.</summary>
    public static SettlementSums Sums(DealTerms terms, IEnumerable<Weighing> weighings, Money paid, DateTimeOffset at)
    {
        var (net, payable) = (Mass.Zero, Mass.Zero);
        foreach (var weighed in weighings.Select(weighing => Of(terms, weighing))) (net, payable) = (net + weighed.Net, payable + weighed.Payable);
        return Sums(terms, net, payable, paid, at);
    }

    /// <summary>What so much payable mass comes to. Where the goods cost more than was paid, the seller gets what there is.</summary>
    public static SettlementSums Sums(DealTerms terms, Mass net, Mass payable, Money paid, DateTimeOffset at)
    {
        var goods = terms.Price.For(payable);
        var zero = new Money(0, goods.Currency);
        var covered = goods < paid ? goods : paid;
        var lines = new EqualList<FeeLine>([.. FeeSchedule.Of(covered, at)]);
        var fee = lines.Aggregate(zero, (sum, line) => sum + line.Fee);
        var rate = VatRate.At(at);
        var vat = rate.Rate.Of(fee);
        return new(net, payable, goods, paid, paid - covered, goods > paid ? goods - paid : zero, lines, fee, rate, vat, covered - fee - vat);
    }

    /// <summary>What the same goods come to once what is missing is paid too; null where nothing is missing.</summary>
    public static SettlementSums? OncePaid(DealTerms terms, SettlementSums sums, DateTimeOffset at) =>
        sums.Missing.MinorUnits > 0 ? Sums(terms, sums.Net, sums.Payable, sums.Goods, at) : null;

    /// <summary>What is to be paid differs from the award by no more than the tolerance, the bound included.</summary>
    public static bool IsWithinTolerance(DealTerms terms, Money goods)
    {
        var difference = Int128.Abs((Int128)goods.MinorUnits - terms.Amount.MinorUnits);
        return difference * WholeMillionths <= (Int128)terms.Amount.MinorUnits * terms.Rules.Tolerance.Millionths;
    }

    /// <summary>In millionths; band after band, each taking its own factor of the excess that lies in it.</summary>
    private static decimal Deduction(Share found, Share stated, EqualList<DeductionBand> bands)
    {
        var (excess, below, points) = (found.Millionths - stated.Millionths, 0L, 0m);
        foreach (var band in bands)
        {
            var upTo = Math.Min(excess, band.UpTo?.Millionths ?? long.MaxValue);
            if (upTo > below) points += (upTo - below) * band.Factor;
            below = Math.Max(below, upTo);
        }

        return points;
    }
}
