using System.Text;
using System.Xml.Linq;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Payouts;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>The rules of money out: where to, once, and whatever the bank says counts once.</summary>
public class PayoutTests
{
    internal static readonly Iban Own = TextValue.Parse<Iban>("KZ34991DEMO000000002"), House = TextValue.Parse<Iban>("KZ86125KZT5004100100");

    internal static PayoutFacts Facts { get; } = new(Id(0xA), "ТОО «Қағаз»", TextValue.Parse<Bin>("991240000013"), Tenge(1000.05m), House, Own, Transfer(7));

    internal static Payment Line { get; } = new(Id(1).ToString("N"), PaymentKind.Payout, Tenge(1000.05m), "ТОО «Қағаз»", TextValue.Parse<Bin>("991240000013"), Own, "Вывод средств");

    private static readonly OrderPayout Order = new(Id(1), Id(0xA), Tenge(1000.05m)) { Facts = Facts };
    private static readonly PayoutCommand File = new FilePayout(Id(2), 3), Paid = new ConfirmPayout(Id(3), "one"), PaidAgain = new ConfirmPayout(Id(4), "two"),
        Back = new ReturnPayout(Id(5), "three", "Счёт закрыт"), BackAgain = new ReturnPayout(Id(6), "four", "Счёт закрыт"), Fail = new FailPayout(Id(7), "Банк не принял"), Drop = new DropPayout(Id(8)), Withdraw = new WithdrawPayout(Id(9));

    private static Payout After(params PayoutCommand[] commands) => commands.Aggregate(Payout.Initial, (payout, command) =>
        PayoutDecider.Decide(payout, command, Noon).Events.Aggregate(payout, (before, @event) => before.Evolve(@event)));

    private static PayoutStanding Standing(params PayoutCommand[] commands) => ((Payout.Made)After(commands)).Standing;

    /// <summary>Each state × each order: what happens, or why nothing does; an empty cell changes nothing.</summary>
    [Theory]
    [InlineData("", "payout-not-found", "payout-not-found", "payout-not-found", "payout-not-found", "payout-not-found", "payout-not-found", "payout-not-found", "payout-not-found")]
    [InlineData("ordered", "PayoutFiled", "not-filed", "not-filed", "not-filed", "not-filed", "not-filed", "PayoutFailed", "PayoutWithdrawn")]
    [InlineData("filed", "", "PayoutPaid", "PayoutPaid", "PayoutReturned", "PayoutReturned", "PayoutFailed", "", "")]
    [InlineData("paid", "", "", "already-paid", "PayoutReturned", "PayoutReturned", "already-paid", "", "")]
    [InlineData("returned", "", "", "already-paid", "", "already-returned", "already-paid", "", "")]
    [InlineData("returned-first", "", "PayoutPaid", "PayoutPaid", "", "already-returned", "already-returned", "", "")]
    [InlineData("failed", "", "already-failed", "already-failed", "already-failed", "already-failed", "already-failed", "", "")]
    [InlineData("dropped", "", "not-filed", "not-filed", "not-filed", "not-filed", "not-filed", "", "")]
    [InlineData("withdrawn", "", "not-filed", "not-filed", "not-filed", "not-filed", "not-filed", "", "")]
    public void What_the_bank_tells_counts_once_in_any_order(string state, params string[] expected)
    {
        var payout = state switch
        {
            "" => Payout.Initial,
            "ordered" => After(Order),
            "filed" => After(Order, File),
            "paid" => After(Order, File, Paid),
            "returned" => After(Order, File, Paid, Back),
            "returned-first" => After(Order, File, Back),
            "failed" => After(Order, File, Fail),
            "dropped" => After(Order, Drop),
            "withdrawn" => After(Order, Withdraw),
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
        PayoutCommand[] commands = [File, Paid, PaidAgain, Back, BackAgain, Fail, Drop, Withdraw];
        commands.Select(command => PayoutDecider.Decide(payout, command, Noon)).Select(decision => decision.Refusal is { } refusal ? refusal.Name["settlement.payout.".Length..] : decision.Events.SingleOrDefault()?.GetType().Name ?? "")
            .Should().Equal(expected);
    }

    [Fact]
    public void A_payout_says_what_it_waits_for()
    {
        (Standing(Order), Standing(Order, File), Standing(Order, File, Paid), Standing(Order, File, Paid, Back), Standing(Order, File, Back), Standing(Order, File, Fail), Standing(Order, Drop))
            .Should().Be((PayoutStanding.Ordered, PayoutStanding.Filed, PayoutStanding.Paid, PayoutStanding.Returned, PayoutStanding.Returned, PayoutStanding.Failed, PayoutStanding.Failed));
        Standing(Order, File, Back, Paid).Should().Be(PayoutStanding.Returned, "the debit was told after the credit");
    }

    [Fact]
    public void What_cannot_be_paid_is_refused()
    {
        PayoutDecider.Decide(Payout.Initial, Order with { Facts = null }, Noon).Refusal.Should().Be((Refusal)PayoutRefusal.NoAccountInForce);
        foreach (var amount in (decimal[])[0, -0.01m]) PayoutDecider.Decide(Payout.Initial, Order with { Amount = Tenge(amount) }, Noon).Refusal.Should().Be(new Refusal(PayoutRefusal.AmountNotPositive).About("amount"));
        foreach (var reason in (string[])["", " ", new string('x', FailPayout.LongestReason + 1)])
            PayoutDecider.Decide(After(Order, File), new FailPayout(Id(9), reason), Noon).Refusal.Should().Be(new Refusal(PayoutRefusal.FailureReasonMissing, FailPayout.LongestReason).About("reason"));
    }

    [Fact]
    public void A_new_account_waits_a_day()
    {
        var named = Account(PayoutAccount.Initial, new NamePayoutAccount(Id(1), Id(0xA), Own), Noon);
        (named.InForce(Noon), named.InForce(Noon.AddHours(24).AddMilliseconds(-1)), named.InForce(Noon.AddHours(24)), named.Waits(Noon)).Should().Be((null, null, Own, true));

        // The old one is paid to while the new one waits.
        var changed = Account(named, new NamePayoutAccount(Id(2), Id(0xA), House), Noon.AddDays(2));
        (changed.InForce(Noon.AddDays(2)), changed.InForce(Noon.AddDays(3))).Should().Be((Own, House));
        Account(changed, new WithdrawPayoutAccount(Id(3), Id(0xA)), Noon.AddDays(2.5)).InForce(Noon.AddDays(9)).Should().Be(Own);
        Account(changed, new NamePayoutAccount(Id(3), Id(0xA), TextValue.Parse<Iban>("KZ61991DEMO000000001")), Noon.AddDays(2.5)).InForce(Noon.AddDays(3)).Should().Be(Own, "another change begins its own day");
    }

    [Fact]
    public void An_account_is_of_Kazakhstan_and_another_than_before()
    {
        var named = Account(PayoutAccount.Initial, new NamePayoutAccount(Id(1), Id(0xA), Own), Noon);
        PayoutAccountDecider.Decide(named, new NamePayoutAccount(Id(2), Id(0xA), TextValue.Parse<Iban>("DE89370400440532013000")), Noon).Refusal.Should().Be(new Refusal(PayoutAccountRefusal.NotKazakh, "DE").About("account"));
        PayoutAccountDecider.Decide(named, new NamePayoutAccount(Id(2), Id(0xA), Own), Noon).Refusal.Should().Be(new Refusal(PayoutAccountRefusal.AccountUnchanged).About("account"));
        PayoutAccountDecider.Decide(named, new WithdrawPayoutAccount(Id(2), Id(0xA)), Noon.AddHours(24)).Refusal.Should().Be((Refusal)PayoutAccountRefusal.NothingWaits, "it is in force");
    }

    [Fact]
    public void A_file_takes_what_waited_longest_and_nothing_is_in_two()
    {
        var queue = Enumerable.Range(0, MakePaymentFile.MostPayments + 5).Aggregate(PaymentQueue.Initial, (queue, n) => Queue(queue, new QueuePayment(Id(n), Line with { Id = Id(n).ToString("N"), Amount = Tenge(1) })));
        var first = (PaymentFileMade)PaymentQueueDecider.Decide(queue, new MakePaymentFile(Id(1)), Noon).Events.Single();
        (first.Number, first.Payments.Count, first.Sum, first.Payments[0]).Should().Be((1, MakePaymentFile.MostPayments, Tenge(MakePaymentFile.MostPayments), Id(0).ToString("N")));
        queue = queue.Evolve(first);
        var second = (PaymentFileMade)PaymentQueueDecider.Decide(queue, new MakePaymentFile(Id(2)), Noon).Events.Single();
        (second.Number, second.Payments.Count, second.Sum).Should().Be((2, 5, Tenge(5)));
        first.Payments.Intersect(second.Payments).Should().BeEmpty();
        PaymentQueueDecider.Decide(queue.Evolve(second), new MakePaymentFile(Id(3)), Noon).Refusal.Should().Be((Refusal)PaymentQueueRefusal.NothingToPay);
    }

    /// <summary>As from the time when an account was not bound to its currency.</summary>
    [Fact]
    public void A_file_has_one_currency()
    {
        Money[] amounts = [Tenge(1), new(2_00, Currency.Usd), Tenge(4)];
        var queue = amounts.Index().Aggregate(PaymentQueue.Initial, (queue, one) => Queue(queue, new QueuePayment(Id(one.Index), Line with { Id = Id(one.Index).ToString("N"), Amount = one.Item })));
        var first = (PaymentFileMade)PaymentQueueDecider.Decide(queue, new MakePaymentFile(Id(9)), Noon).Events.Single();
        (first.Payments, first.Sum).Should().Be((new EqualList<string>([Id(0).ToString("N"), Id(2).ToString("N")]), Tenge(5)));
        queue = queue.Evolve(first);
        var second = (PaymentFileMade)PaymentQueueDecider.Decide(queue, new MakePaymentFile(Id(10)), Noon).Events.Single();
        (second.Number, second.Sum, queue.Evolve(second).Waiting.Count).Should().Be((2, new Money(2_00, Currency.Usd), 0));
    }

    [Fact]
    public void Who_may()
    {
        foreach (var role in Enum.GetValues<Roles>())
        {
            var (own, other) = (new Caller(Id(1), Id(0xA), role), new Caller(Id(1), Id(0xB), role));
            PayoutGrain.Kind.Permission(Order, own).Should().Be(role is Roles.Buyer or Roles.Seller or Roles.Operator);
            PayoutAccountGrain.Kind.Permission(new NamePayoutAccount(Id(1), Id(0xA), Own), own).Should().Be(role is Roles.Buyer or Roles.Seller or Roles.Operator);
            (PayoutGrain.Kind.Permission(Order, other), PayoutAccountGrain.Kind.Permission(new WithdrawPayoutAccount(Id(1), Id(0xA)), other)).Should().Be((false, false));
            foreach (var command in (PayoutCommand[])[File, Paid, Back, Drop]) PayoutGrain.Kind.Permission(command, own).Should().Be(role == Roles.House);
            PayoutGrain.Kind.Permission(Fail, own).Should().Be(role == Roles.Operator);
            PaymentQueueGrain.Kind.Permission(new MakePaymentFile(Id(1)), own).Should().Be(role == Roles.Operator);
            PaymentQueueGrain.Kind.Permission(new QueuePayment(Id(1), Line), own).Should().Be(role == Roles.House);
        }
    }

    [Fact]
    public void A_file_is_what_the_standard_asks_for()
    {
        var file = new PaymentFileRow { Account = House.ToString(), FileNumber = 3, Currency = "KZT", SumMinor = 100_105, Payments = 2, MadeAtMs = Noon.ToUnixTimeMilliseconds(), Holder = "Ainalym" };
        PaymentRow[] lines =
        [
            new() { PaymentId = Id(1).ToString("N"), Kind = "payout", Currency = "KZT", AmountMinor = 100_005, Name = "ТОО «Қағаз» & <Ко>", Bin = "991240000013", ToAccount = Own.ToString(), Remittance = "Вывод\u0001 средств" },
            new() { PaymentId = Id(2).ToString("N"), Kind = "return", Currency = "KZT", AmountMinor = 100, Name = new string('Қ', 200), ToAccount = Own.ToString(), Remittance = "Возврат" },
        ];
        var bytes = PaymentFile.Write(file, lines, "Another");
        PaymentFile.Write(file, lines, "Ainalym").Should().Equal(bytes, "the holder is the file's own");

        using var stream = new MemoryStream(bytes);
        var document = XDocument.Load(stream);
        XNamespace iso = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03";
        string Told(string path) => path.Split('/').Aggregate(document.Root!, (element, name) => element.Element(iso + name)!).Value;
        document.Root!.Name.Should().Be(iso + "Document");
        (Told("CstmrCdtTrfInitn/GrpHdr/MsgId"), Told("CstmrCdtTrfInitn/GrpHdr/NbOfTxs"), Told("CstmrCdtTrfInitn/GrpHdr/CtrlSum"), Told("CstmrCdtTrfInitn/PmtInf/ReqdExctnDt"), Told("CstmrCdtTrfInitn/PmtInf/DbtrAcct/Id/IBAN"))
            .Should().Be(("KZ86125KZT5004100100-000003", "2", "1001.05", "2026-03-02", House.ToString()));
        document.Root!.Element(iso + "CstmrCdtTrfInitn")!.Elements().Select(element => element.Name.LocalName).Should().Equal("GrpHdr", "PmtInf");
        document.Root!.Element(iso + "CstmrCdtTrfInitn")!.Element(iso + "PmtInf")!.Elements().Select(element => element.Name.LocalName)
            .Should().Equal("PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf", "CdtTrfTxInf");
        (Told("CstmrCdtTrfInitn/PmtInf/BtchBookg"), Told("CstmrCdtTrfInitn/PmtInf/ChrgBr"), Told("CstmrCdtTrfInitn/PmtInf/Dbtr/Nm")).Should().Be(("false", "SHAR", "Ainalym"));
        var told = document.Descendants(iso + "CdtTrfTxInf").ToList();
        told.ConvertAll(line => (line.Descendants(iso + "EndToEndId").Single().Value, line.Descendants(iso + "InstdAmt").Single().Value, line.Descendants(iso + "InstdAmt").Single().Attribute("Ccy")!.Value, line.Descendants(iso + "Ustrd").Single().Value))
            .Should().Equal((Id(1).ToString("N"), "1000.05", "KZT", "Вывод средств"), (Id(2).ToString("N"), "1.00", "KZT", "Возврат"));
        told.ConvertAll(line => line.Element(iso + "Cdtr")!.Value).Should().Equal("ТОО «Қағаз» & <Ко>991240000013", new string('Қ', 140));
    }

    /// <summary>What was downloaded before files kept their holder is downloaded as it was.</summary>
    [Fact]
    public void A_file_of_the_first_edition_stays_as_it_was()
    {
        var file = new PaymentFileRow { Account = House.ToString(), FileNumber = 3, Currency = "KZT", SumMinor = 0, Payments = 0, MadeAtMs = Noon.ToUnixTimeMilliseconds() };
        Encoding.UTF8.GetString(PaymentFile.Write(file, [], "Ainalym")).Should().Contain("<ChrgBr>SLEV</ChrgBr>").And.Contain("<Nm>Ainalym</Nm>").And.NotContain("BtchBookg");
    }

    private static PayoutAccount Account(PayoutAccount account, PayoutAccountCommand command, DateTimeOffset at) =>
        PayoutAccountDecider.Decide(account, command, at).Events.Aggregate(account, (before, @event) => before.Evolve(@event));

    private static PaymentQueue Queue(PaymentQueue queue, PaymentQueueCommand command) => PaymentQueueDecider.Decide(queue, command, Noon).Events.Aggregate(queue, (before, @event) => before.Evolve(@event));
}
