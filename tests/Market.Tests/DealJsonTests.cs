using System.Text;
using System.Text.Json;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.DealWords;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>What stands in the journal of deals is read for ever.</summary>
public class DealJsonTests
{
    private static readonly SettlementSums Sums = DealArithmetic.Sums(Terms, [Weighed(19_481.25m)], Amount, Noon);

    /// <summary>One of every event, each with everything it can carry.</summary>
    private static readonly DealEvent[] Samples =
    [
        new DealOpened(Terms, Noon.AddDays(1), Noon),
        new DealOffered(Terms with { Guarantee = null }, Noon.AddDays(2), Noon),
        new ComplaintFiled(Bolat, "Ставка не принята", Noon),
        new ComplaintFiled(Bolat, "Ставка не принята", Noon, Noon.AddDays(5)),
        new ComplaintDismissed("Проверено", Noon),
        new ComplaintUpheld("Сговор", Noon),
        new DeadlineExtended(Noon.AddDays(4), Noon),
        new ContractOffered(Noon.AddDays(3), Noon),
        new ContractAccepted(Seller, Noon),
        new PaymentDue(Amount, Noon.AddDays(3), Noon),
        new PaymentOrdered(2, Amount, IsTopUp: true, Noon),
        new PaymentFailed(2, Kzt(5), Noon),
        new DealPaid(Amount, Noon.AddDays(9), Noon),
        new PickUpProposed(Buyer, new DateOnly(2026, 3, 10), Noon),
        new PickUpAgreed(new DateOnly(2026, 3, 10), Noon),
        new GoodsLoaded("123 ABC 02", Noon),
        new GoodsLoaded("123 ABC 02", Noon, Buyer),
        new GoodsWeighed(Weighed(19_481.25m), DealArithmetic.Of(Terms, Weighed(19_481.25m)), Noon),
        new WeighingVoided("T-1", "Не та машина", Noon),
        new ReceiptEnded(Sums, Noon.AddDays(2), Noon),
        new DisputeRaised(Seller, "Не тот вес", Noon),
        new DisputeRaised(Organisation: null, "", Noon),
        new DisputeRaised(Seller, "Не тот вес", Noon, Noon.AddDays(5)),
        new DecisionOverdue(Complaint: true, Noon.AddDays(5), Noon.AddDays(5)),
        new EvidenceAdded(Seller, "Фото весов", new LotPhotos([new string('a', 64)]), Noon),
        new EvidenceAdded(Seller, "Акт лаборатории", Photos: null, Noon, new([new string('b', 64)])),
        new DisputeDecided(Mass.FromTonnes(18), "По акту", Noon),
        new DisputeDecided(Payable: null, "По весам", Noon),
        new HandoverResumed("Машина приедет завтра", Noon.AddDays(5), Noon),
        new TopUpDue(Sums, Noon.AddDays(2), Noon),
        new TopUpPaid(Kzt(25_000), Noon),
        new DealSettled(Sums, Noon),
        new DealCancelled(DealCancellation.NothingDelivered, Amount, Noon),
        new DealDefaulted(DealDefault.NotPaid, Kzt(50_000), Kzt(0), Noon),
    ];

    [Fact]
    public void Every_event_has_a_sample() =>
        Samples.Select(sample => sample.GetType()).Distinct().Should().BeEquivalentTo(DealGrain.Kind.Catalogue.Events.Where(name => name.Current).Select(name => name.Type));

    [Fact]
    public void Every_event_is_read_back_as_it_was_written()
    {
        foreach (var sample in Samples)
        {
            var name = DealGrain.Kind.Catalogue.For(sample.GetType());
            name.Read(name.Write(sample)).Should().Be(sample);
        }
    }

    /// <summary>released-deal-events.json only grows: a line of it is what stands in somebody's journal.</summary>
    [Fact]
    public void Every_event_ever_released_is_read_as_it_was_meant()
    {
        using var released = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "released-deal-events.json")));
        var read = released.RootElement.EnumerateArray()
            .Select(line => (Name: line.GetProperty("name").GetString()!, Data: line.GetProperty("data").GetRawText()))
            .Select(line => (line.Name, Event: DealGrain.Kind.Catalogue.For(line.Name).Read(Encoding.UTF8.GetBytes(line.Data))))
            .ToList();
        read.Select(line => line.Name).Distinct().Should().BeEquivalentTo(DealGrain.Kind.Catalogue.Events.Select(name => name.Name));
        foreach (var sample in Samples) read.Should().Contain(line => line.Event.Equals(sample), "{0} was released so", sample);
    }

    [Fact]
    public void Every_state_is_kept_and_read()
    {
        Deal[] states =
        [
            Deal.Initial, GivenDeal.Opened.And(Complain(Bolat)).Deal, GivenDeal.Contract.And(Accept(Seller)).Deal, GivenDeal.Unpaid.And(Pay).Deal, GivenDeal.Loaded.And(Weigh(15_000)).And(Dispute(Buyer)).And(Resume()).Deal,
            GivenDeal.Loaded.And(Weigh(15_000)).And(End).Deal, GivenDeal.Loaded.And(Dispute(Buyer)).And(Evidence(Buyer)).Deal, GivenDeal.Loaded.And(Weigh(20_500)).And(End).Deal,
            GivenDeal.Loaded.And(Weigh(20_000)).And(End).Deal, GivenDeal.Contract.And(Accept(Seller)).And(Lapse, Noon.AddDays(30)).Deal, GivenDeal.Handover.And(Dispute(Buyer)).And(Decide(0)).Deal,
            GivenDeal.Nothing.And(new OfferToSecond(Id(1), Seller, Terms)).Deal,
        ];
        states.Select(state => state.GetType()).Should().OnlyHaveUniqueItems().And.HaveCount(typeof(Deal).GetNestedTypes().Count(type => !type.IsAbstract));
        foreach (var state in states) JsonSerializer.Deserialize(JsonSerializer.Serialize(state, DealGrain.Kind.Snapshot!), DealGrain.Kind.Snapshot!).Should().Be(state);
    }

    [Fact]
    public void Every_command_is_written_and_read()
    {
        foreach (var command in Commands) JsonSerializer.Deserialize(JsonSerializer.Serialize(command, DealGrain.Kind.Commands), DealGrain.Kind.Commands).Should().Be(command);
    }

    public static IReadOnlyList<DealCommand> Commands { get; } =
    [
        Open, new OfferToSecond(Id(1), Seller, Terms), new AnswerOffer(Id(2), Buyer, Accepted: true), Complain(Bolat), DecideComplaint(upheld: true), Accept(Seller), Pay, Came(1), Came(2, missing: 5), PickUp(Buyer), Load(),
        Weigh(20_000), End, Confirm, Dispute(Seller), Evidence(Seller), Decide(1), Lapse,
        Void(), Resume(), TopUp, Extend(Noon, TimeSpan.FromHours(1)),
    ];
}

public class DealPermissionTests
{
    private static readonly IReadOnlyDictionary<Type, (Guid Organisation, Roles Roles)> Allowed = new Dictionary<Type, (Guid, Roles)>
    {
        [typeof(OpenDeal)] = (Guid.Empty, Roles.House),
        [typeof(RecordPayment)] = (Guid.Empty, Roles.House),
        [typeof(OrderTopUp)] = (Guid.Empty, Roles.House),
        [typeof(LapseDeadline)] = (Guid.Empty, Roles.House),
        [typeof(ExtendDeadline)] = (Guid.Empty, Roles.House),
        [typeof(ResumeHandover)] = (Guid.Empty, Roles.Operator),
        [typeof(VoidWeighing)] = (Buyer, Roles.Buyer),
        [typeof(DecideComplaint)] = (Guid.Empty, Roles.Operator),
        [typeof(DecideDispute)] = (Guid.Empty, Roles.Operator),
        [typeof(OfferToSecond)] = (Seller, Roles.Seller),
        [typeof(RecordLoading)] = (Seller, Roles.Seller | Roles.Buyer),
        [typeof(ConfirmReceipt)] = (Seller, Roles.Seller),
        [typeof(AnswerOffer)] = (Buyer, Roles.Buyer),
        [typeof(PayDeal)] = (Buyer, Roles.Buyer),
        [typeof(RecordWeighing)] = (Buyer, Roles.Buyer),
        [typeof(EndReceipt)] = (Buyer, Roles.Buyer),
        [typeof(FileComplaint)] = (Bolat, Roles.Seller | Roles.Buyer),
        [typeof(AcceptContract)] = (Seller, Roles.Seller | Roles.Buyer),
        [typeof(ProposePickUp)] = (Buyer, Roles.Seller | Roles.Buyer),
        [typeof(RaiseDispute)] = (Seller, Roles.Seller | Roles.Buyer),
        [typeof(AddEvidence)] = (Seller, Roles.Seller | Roles.Buyer),
    };

    [Fact]
    public void Everyone_speaks_for_its_own_organisation_in_its_role_and_for_no_other()
    {
        foreach (var command in DealJsonTests.Commands)
        {
            var (organisation, roles) = Allowed[command.GetType()];
            foreach (var role in Enum.GetValues<Roles>())
            {
                DealPermissions.For(command, new Caller(Id(0xC), organisation, role)).Should().Be((roles & role) != Roles.None, "{0} as {1}", command.GetType().Name, role);
                if (organisation != Guid.Empty) DealPermissions.For(command, new Caller(Id(0xC), Dana, role)).Should().BeFalse();
            }
        }
    }
}
