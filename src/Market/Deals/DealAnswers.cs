using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Rates;

namespace Ainalym.Market.Deals;

/// <summary>A deal on a list.</summary>
/// <param name="Stage"><c>offered</c>, <c>standstill</c>, <c>contract</c>, <c>unpaid</c>, <c>handover</c>, <c>received</c>, <c>disputed</c>, <c>underpaid</c>, <c>settled</c>, <c>cancelled</c> or <c>defaulted</c>.</param>
/// <param name="Turn">Who has the next step: <c>seller</c>, <c>buyer</c>, <c>operator</c>; nobody while time passes.</param>
/// <param name="By">The deadline, exclusive; none where nothing runs out. The operator's may have passed: then the decision is overdue.</param>
/// <param name="Amount">Mass × price, as awarded.</param>
/// <param name="SettledAmount">What the buyer has paid in the end.</param>
public sealed record DealSummary(
    Guid DealId, Guid LotId, Guid SellerId, Guid BuyerId, string Grade, string MassKg, string Price, string Amount, string Stage, IReadOnlyList<string> Turn, DateTimeOffset? By, DateTimeOffset OpenedAt, string? SettledAmount)
{
    internal static DealSummary From(DealRow row)
    {
        string[] turn = [.. new[] { ("seller", row.SellerTurn), ("buyer", row.BuyerTurn), ("operator", row.OperatorTurn) }.Where(side => side.Item2 != 0).Select(side => side.Item1)];
        return new(
            row.Id, row.Lot, row.Seller, row.Buyer, row.Grade, Mass.FromGrams(row.MassG).ToString(), $"{DecimalText.Format(row.PriceMinor, Currency.Places)} {row.Currency}", row.Amount.ToString(), row.Stage, turn,
            row.ByMs is { } by ? DateTimeOffset.FromUnixTimeMilliseconds(by) : null, DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAtMs),
            row.SettledMinor is { } settled ? new Money(settled, row.Amount.Currency).ToString() : null);
    }
}

/// <summary>One step of a deal's way.</summary>
/// <param name="Step">The event's name without module and version: <c>goods-weighed</c>.</param>
/// <param name="Who"><c>seller</c>, <c>buyer</c> or <c>bidder</c>, where a party did it.</param>
/// <param name="Words">A reason, a vehicle or evidence, as written.</param>
/// <param name="Documents">Hashes of PDF files.</param>
public sealed record DealStep(DateTimeOffset At, string Step, string? Who = null, string? Words = null, string? Amount = null, string? MassKg = null, DateTimeOffset? By = null, string? Day = null, IReadOnlyList<string>? Photos = null,
    IReadOnlyList<string>? Documents = null)
{
    public static DealStep From(DealRow deal, Recorded<DealEvent> recorded)
    {
        var step = new DealStep(recorded.Event.At, KebabCase.NameOf(recorded.Event.GetType().Name));
        return recorded.Event switch
        {
            DealOpened e => step with { By = e.By, Amount = e.Terms.Amount.ToString() },
            DealOffered e => step with { By = e.By, Amount = e.Terms.Amount.ToString() },
            ComplaintFiled e => step with { Who = WhoIs(deal, e.Organisation), Words = e.Reason, By = e.DecideBy },
            ComplaintDismissed e => step with { Words = e.Reason },
            ComplaintUpheld e => step with { Words = e.Reason },
            DeadlineExtended e => step with { By = e.By },
            ContractOffered e => step with { By = e.By },
            ContractAccepted e => step with { Who = WhoIs(deal, e.Organisation) },
            PaymentDue e => step with { Amount = e.Amount.ToString(), By = e.By },
            PaymentOrdered e => step with { Amount = e.Amount.ToString() },
            PaymentFailed e => step with { Amount = e.Missing.ToString() },
            DealPaid e => step with { Amount = e.Amount.ToString(), By = e.By },
            PickUpProposed e => step with { Who = WhoIs(deal, e.Organisation), Day = e.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture) },
            PickUpAgreed e => step with { Day = e.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture) },
            GoodsLoaded e => step with { Who = WhoIs(deal, e.Organisation ?? deal.Seller), Words = e.Vehicle },
            GoodsWeighed e => step with { MassKg = e.Weighing.Net.ToString(), Words = e.Weighing.Ticket },
            WeighingVoided e => step with { Words = $"{e.Ticket}: {e.Reason}" },
            ReceiptEnded e => step with { Amount = e.Sums.Goods.ToString(), MassKg = e.Sums.Payable.ToString(), By = e.By },
            DisputeRaised e => step with { Who = e.Organisation is { } who ? WhoIs(deal, who) : null, Words = e.Reason, By = e.DecideBy },
            DecisionOverdue e => step with { By = e.By },
            EvidenceAdded e => step with { Who = WhoIs(deal, e.Organisation), Words = e.Text, Photos = e.Photos?.Hashes, Documents = e.Documents },
            DisputeDecided e => step with { Words = e.Reason, MassKg = e.Payable?.ToString() },
            HandoverResumed e => step with { Words = e.Reason, By = e.By },
            TopUpDue e => step with { Amount = e.Sums.Missing.ToString(), By = e.By },
            TopUpPaid e => step with { Amount = e.Amount.ToString() },
            DealSettled e => step with { Amount = e.Sums.Proceeds.ToString() },
            DealCancelled e => step with { Words = KebabCase.Name(e.Reason), Amount = e.Refund.ToString() },
            DealDefaulted e => step with { Words = KebabCase.Name(e.Failure), Amount = e.ToSeller.ToString() },
            var other => throw new System.Diagnostics.UnreachableException($"{other.GetType().Name} has no step."),
        };
    }

    private static string WhoIs(DealRow deal, Guid organisation) => organisation == deal.Seller ? "seller" : organisation == deal.Buyer ? "buyer" : "bidder";
}

/// <summary>One line of the fee's arithmetic.</summary>
public sealed record FeeLineAnswer(string Of, string RatePercent, string Fee);

/// <summary>What the deal comes to, or would come to by what is weighed so far.</summary>
/// <param name="Proceeds">The seller's: goods less fee less VAT on the fee.</param>
/// <param name="Refund">The buyer's, out of what he has paid.</param>
/// <param name="Missing">What the goods cost beyond what is paid.</param>
public sealed record SumsAnswer(string NetKg, string PayableKg, string Goods, string Paid, IReadOnlyList<FeeLineAnswer> FeeLines, string Fee, string VatPercent, string Vat, string Proceeds, string Refund, string Missing)
{
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(sums))]
    public static SumsAnswer? From(SettlementSums? sums) => sums is null ? null : new(
        sums.Net.ToString(), sums.Payable.ToString(), sums.Goods.ToString(), sums.Paid.ToString(),
        [.. sums.FeeLines.Select(line => new FeeLineAnswer(line.Of.ToString(), line.Rate.ToString(), line.Fee.ToString()))],
        sums.Fee.ToString(), sums.VatRate.Rate.ToString(), sums.Vat.ToString(), sums.Proceeds.ToString(), sums.Refund.ToString(), sums.Missing.ToString());
}

/// <summary>A deal with its whole way.</summary>
/// <param name="Sums">As it stands: what is paid is all that is shared out.</param>
/// <param name="OncePaid">What it comes to instead once what is missing is paid; none where nothing is, or the deal is over.</param>
public sealed record DealAnswer(DealSummary Deal, IReadOnlyList<DealStep> Steps, SumsAnswer? Sums, SumsAnswer? OncePaid);

/// <summary>What a dispute comes to, decided so.</summary>
/// <param name="Sums">What is settled; where something is missing, if that is not paid in time.</param>
/// <param name="OncePaid">What it comes to once what is missing is paid; none where nothing is.</param>
public sealed record DisputeSumsAnswer(SumsAnswer Sums, SumsAnswer? OncePaid);

/// <param name="Document">Its hash: SHA-256 of the file, in lower-case hex.</param>
public sealed record EvidenceAnswer(string Document);

/// <summary>A deal's version after a command was done.</summary>
public sealed record DealReceipt(Guid DealId, long Version, long Position);

/// <summary>A deal as its parties see it: the row, what happened, and the sums as they stand.</summary>
/// <param name="OncePaid">What it comes to instead once what is missing is paid; null where nothing is, or the deal is over.</param>
public sealed record DealView(DealRow Row, DealTerms Terms, IReadOnlyList<Recorded<DealEvent>> History, SettlementSums? Sums, SettlementSums? OncePaid)
{
    /// <summary>Those that stand.</summary>
    public IReadOnlyList<Weighing> Weighings => Deal.WeighingsOf(History.Select(recorded => recorded.Event));

    /// <summary>The state folded anew, for what the row does not say.</summary>
    public Deal.Opened State => (Deal.Opened)History.Aggregate(Deal.Initial, (deal, recorded) => deal.Evolve(recorded.Event));

    /// <summary>What a deal that begins so was made on.</summary>
    public static DealTerms TermsOf(DealEvent opening) => opening switch
    {
        DealOpened e => e.Terms,
        DealOffered e => e.Terms,
        var other => throw new InvalidOperationException($"A deal does not begin with {other.GetType().Name}."),
    };

    /// <param name="now">For sums that are not final: what they would be now.</param>
    public static DealView From(DealRow row, IReadOnlyList<Recorded<DealEvent>> history, DateTimeOffset now)
    {
        var terms = TermsOf(history[0].Event);
        var view = new DealView(row, terms, history, Sums: null, OncePaid: null);
        var told = history.Select(recorded => recorded.Event).Select(@event => @event switch { DealSettled e => e.Sums, TopUpDue e => e.Sums, _ => null }).LastOrDefault(sums => sums is not null);
        var over = row.Stage is "cancelled" or "defaulted";
        var sums = told ?? (over || view.Weighings.Count == 0 ? null : DealArithmetic.Sums(terms, view.Weighings, terms.Amount, now));
        return view with { Sums = sums, OncePaid = sums is null || row.Stage == "settled" ? null : DealArithmetic.OncePaid(terms, sums, now) };
    }
}
