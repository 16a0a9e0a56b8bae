using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>The words the deals' tests are said in: 20 t at 50,000 tenge a tonne, awarded on a Monday noon (UTC), with a guarantee of 50,000 tenge.</summary>
internal static class DealWords
{
    public static readonly Guid Lot = LotId;
    public static readonly Guid Buyer = Aliya;
    public static readonly DateTimeOffset NextNoon = Noon.AddDays(1);
    public static readonly Money Amount = Kzt(1_000_000);
    public static readonly TransferId Hold = new(Id(0x401D));

    public static Money Kzt(decimal tenge) => new((long)(tenge * 100), Currency.Kzt);

    public static DealTerms Terms { get; } = new(
        Lot, Seller, Buyer, 1, TextValue.Parse<GradeCode>("1.04.00"), TextValue.Parse<WasteCode>("15 01 01"), Mass.FromTonnes(20), Share.FromPercent(10), Share.FromPercent(1),
        TextValue.Parse<Region>("75"), "Алматы", new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 13), Tenge(50_000), Amount, DealRuleBook.Usual.At(Noon), new DealGuarantee(Hold, Kzt(50_000)));

    public static Weighing Weighed(decimal netKg, string moisture = "10", string contamination = "1", string ticket = "T-1") => new(
        Mass.FromGrams((long)((netKg + 8_000) * 1000)), Mass.FromGrams(8_000_000), TextValue.Parse<Share>(moisture), TextValue.Parse<Share>(contamination), ticket, "123 ABC 02", Noon);

    public static OpenDeal Open { get; } = new(Id(1), Terms);

    public static LapseDeadline Lapse { get; } = new(Id(2), Noon);

    public static AcceptContract Accept(Guid organisation) => new(Id(3), organisation);

    public static PayDeal Pay { get; } = new(Id(4), Buyer);

    public static OrderTopUp TopUp { get; } = new(Id(20));

    public static RecordPayment Came(int attempt, decimal? missing = null) => new(Id(5), attempt, missing is { } tenge ? Kzt(tenge) : null);

    public static ProposePickUp PickUp(Guid organisation, int day = 10) => new(Id(6), organisation, new DateOnly(2026, 3, day));

    public static RecordLoading Load(string vehicle = "123 ABC 02", Guid? by = null) => new(Id(7), by ?? Seller, vehicle);

    public static RecordWeighing Weigh(decimal netKg, string moisture = "10", string contamination = "1", string ticket = "T-1")
    {
        var weighing = Weighed(netKg, moisture, contamination, ticket);
        return new(Id(8), Buyer, weighing.Gross, weighing.Tare, weighing.Moisture, weighing.Contamination, weighing.Ticket, weighing.Vehicle);
    }

    public static VoidWeighing Void(string ticket = "T-1", string reason = "Не та машина") => new(Id(17), Buyer, ticket, reason);

    public static ResumeHandover Resume(string reason = "Машина приедет завтра") => new(Id(18), reason);

    public static ExtendDeadline Extend(DateTimeOffset since, TimeSpan gap) => new(Id(19), since, gap);

    public static EndReceipt End { get; } = new(Id(9), Buyer);

    public static ConfirmReceipt Confirm { get; } = new(Id(10), Seller);

    public static RaiseDispute Dispute(Guid organisation, string reason = "Не тот груз") => new(Id(11), organisation, reason);

    public static DecideDispute Decide(decimal? payableKg, string reason = "По акту") => new(Id(12), payableKg is { } kg ? Mass.FromGrams((long)(kg * 1000)) : null, reason);

    public static FileComplaint Complain(Guid organisation, bool hasBid = true, string reason = "Ставка не принята") => new(Id(13), organisation, reason) { HasBid = hasBid };

    public static DecideComplaint DecideComplaint(bool upheld, string reason = "Проверено") => new(Id(14), upheld, reason);

    public static AddEvidence Evidence(Guid organisation, string text = "Фото весов") => new(Id(15), organisation, text, new LotPhotos([new string('a', 64)]));
}

/// <summary>A deal with a past: <c>GivenDeal.Opened.And(Lapse, at: …).When(…)</c>.</summary>
internal sealed record GivenDeal(Deal Deal, DateTimeOffset Now)
{
    public static GivenDeal Nothing { get; } = new(Deal.Initial, Noon);

    public static GivenDeal Opened => Nothing.And(DealWords.Open);

    public static GivenDeal Contract => Opened.And(DealWords.Lapse, DealWords.NextNoon);

    public static GivenDeal Unpaid => Contract.And(DealWords.Accept(Seller)).And(DealWords.Accept(DealWords.Buyer));

    public static GivenDeal Handover => Unpaid.And(DealWords.Pay).And(DealWords.Came(1));

    /// <summary>On a day that both have agreed on.</summary>
    public static GivenDeal Loaded => Handover.And(DealWords.PickUp(DealWords.Buyer)).And(DealWords.PickUp(Seller)).And(DealWords.Load());

    /// <summary>It happened, by whatever rules stood then.</summary>
    public GivenDeal After(DealEvent @event) => this with { Deal = Deal.Evolve(@event) };

    /// <summary>The command was accepted.</summary>
    public GivenDeal And(DealCommand command, DateTimeOffset? at = null)
    {
        var now = at ?? Now;
        var decision = DealDecider.Decide(Deal, command, now);
        decision.Refusals.Should().BeEmpty();
        return new(decision.Events.Aggregate(Deal, (deal, @event) => deal.Evolve(@event)), now);
    }

    public Decision<DealEvent> When(DealCommand command, DateTimeOffset? at = null) => DealDecider.Decide(Deal, command, at ?? Now);

    public T Is<T>()
        where T : Deal => Deal.Should().BeOfType<T>().Subject;
}
