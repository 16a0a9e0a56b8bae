using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>What stands in the journal is read for ever.</summary>
public class JsonTests
{
    /// <summary>One of every event, each with everything it can carry.</summary>
    private static readonly object[] Samples =
    [
        new TransferPosted(Transfer(1, 2), Bank, Aliya, Tenge(1000.05m), TransferPurpose.TopUp, "entry-7", Tenge(-1000.05m), Tenge(1000.05m), 0, 7, Noon.AddMilliseconds(7)),
        new TransferHeld(Transfer(2), Aliya, Deal, Tenge(50), TransferPurpose.Guarantee, "lot-1", Noon.AddHours(1), Noon),
        new TransferHeld(Transfer(3), Aliya, AccountId.Outgoing(Id(0xA)), Tenge(50), TransferPurpose.Payout, "lot-1", ExpiresAt: null, Noon),
        new HoldPosted(Transfer(2), Aliya, Deal, Tenge(50), Tenge(20), TransferPurpose.Payment, "lot-1", Tenge(980.05m), Tenge(20), 1, 0, Noon),
        new HoldVoided(Transfer(3), Aliya, AccountId.Outgoing(Id(0xA)), Tenge(50), Noon),
        new HoldExpired(Transfer(4), Aliya, Deal, Tenge(1), Noon),
        new DaysBegun(new DateOnly(2026, 3, 2), Noon),
        new DayEnded(new DateOnly(2026, 3, 2), Noon),
        new BalanceSigned(new DateOnly(2026, 3, 2), 7, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "a.b.c", Noon),
        new DocumentIssued(7, Id(50), DocumentKind.GuaranteeReceipt, "deal", DocumentSeriesTests.Content, Noon),
        new DocumentIssued(8, Id(51), DocumentKind.Contract, "deal", DocumentSeriesTests.Content, Noon, CheckCode: "9f86d081884c7d659a2feaa0c55ad015", Dated: Noon.AddHours(-1)),
        new DocumentIssued(9, Id(52), DocumentKind.Contract, "deal", DocumentSeriesTests.Content, Noon, CheckCode: "9f86d081884c7d659a2feaa0c55ad015", Dated: Noon.AddHours(-1), InPlaceOf: 8),
        new NumberVoided(7, "Made by mistake", Noon),
        new EntryBooked(EntryTests.Facts, EntryStanding.Matched, Id(0xA), Noon),
        new EntryBooked(EntryTests.Facts with { PayerName = null, PayerAccount = null, EndToEndId = null, IsCredit = false }, EntryStanding.Unexplained, Organisation: null, Noon),
        new EntryBooked(EntryTests.Facts with { Account = TextValue.Parse<RailAccount>("card:acct_1"), PayerAccount = null, Undoes = "ch_1" }, EntryStanding.Unmatched, Organisation: null, Noon),
        new EntrySplit(EntryTests.Facts, 2, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Noon),
        new EntryBooked(EntryTests.Facts with { ReturnReason = "AC04 Счёт закрыт" }, EntryStanding.PayoutReturned, Organisation: null, Noon),
        new EntryAssigned(Id(0xA), Noon),
        new EntryReturning("Не нам", Noon),
        new EntryReturning("Не нам", Noon, "9f86d081884c7d659a2feaa0c55ad015"),
        new EntryKept("Счёт закрыт", Noon),
        new EntryReturned(Noon),
        new EntryReturned(Noon, "9f86d081884c7d659a2feaa0c55ad015"),
        new EntryCharged(Noon),
        new EntryExplained("9f86d081884c7d659a2feaa0c55ad015", Noon),
        new EntryExplained("9f86d081884c7d659a2feaa0c55ad015", Noon, "AC04 Счёт закрыт"),
        new EntryDisowned(Noon),
        new PayoutAccountNamed(PayoutTests.Own, Noon.AddHours(24), Noon),
        new PayoutAccountWithdrawn(Noon),
        new PayoutAccountNamed(TextValue.Parse<Iban>(PayoutHouseTests.LettersOfABank), Noon.AddHours(24), Noon),
        new PayoutOrdered(PayoutTests.Facts, Noon),
        new PayoutFiled(3, Noon),
        new PayoutPaid("9f86d081884c7d659a2feaa0c55ad015", Noon),
        new PayoutReturned("9f86d081884c7d659a2feaa0c55ad015", "Счёт закрыт", Noon),
        new PayoutReturned("9f86d081884c7d659a2feaa0c55ad015", "Счёт закрыт", Noon, Tenge(10)),
        new EntryBooked(EntryTests.Facts with { ReturnReason = "AC04 Счёт закрыт", GivesBack = "01890f5e8b8f7cc098c5dc0c0c07398f" }, EntryStanding.PayoutReturned, Organisation: null, Noon),
        new PayoutFailed("Счёт закрыт", GivesBack: true, Noon),
        new PaymentQueued(PayoutTests.Line, Noon),
        new PaymentQueued(PayoutTests.Line with { Kind = PaymentKind.Return, Bin = null }, Noon),
        new PaymentTakenBack("9f86d081884c7d659a2feaa0c55ad015", Noon),
        new PayoutWithdrawn(Noon),
        new PaymentFileMade(3, new(["9f86d081884c7d659a2feaa0c55ad015"]), Tenge(1), Noon),
        new PaymentFileMade(4, new(["9f86d081884c7d659a2feaa0c55ad015"]), Tenge(1), Noon, "ТОО «Айналым»"),
    ];

    [Fact]
    public void Every_event_has_a_sample() =>
        Samples.Select(sample => sample.GetType()).Distinct().Should().BeEquivalentTo(Events.Where(name => name.Current).Select(name => name.Type));

    [Fact]
    public void Every_event_is_read_back_as_it_was_written()
    {
        foreach (var sample in Samples)
        {
            var name = Events.Single(name => name.Type == sample.GetType());
            name.Read(name.Write(sample)).Should().Be(sample);
        }
    }

    /// <summary>released-events.json only grows: a line of it is what stands in somebody's journal.</summary>
    [Fact]
    public void Every_event_ever_released_is_read_as_it_was_meant()
    {
        using var released = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "released-events.json")));
        var read = released.RootElement.EnumerateArray()
            .Select(line => (Name: line.GetProperty("name").GetString()!, Event: Events.Single(name => name.Name == line.GetProperty("name").GetString()).Read(Encoding.UTF8.GetBytes(line.GetProperty("data").GetRawText()))))
            .ToList();
        read.Select(line => line.Name).Distinct().Should().BeEquivalentTo(Events.Select(name => name.Name));
        foreach (var sample in Samples) read.Should().Contain(line => line.Event.Equals(sample), "{0} was released so", sample);
    }

    /// <summary>Nothing more gets into a journal than was released: a property that can be worked out, for instance.</summary>
    [Fact]
    public void Every_event_is_written_as_it_was_released()
    {
        var released = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "released-events.json")))!.AsArray();
        foreach (var sample in Samples)
        {
            var written = JsonNode.Parse(Events.Single(name => name.Current && name.Type == sample.GetType()).Write(sample));
            released.Should().Contain(line => JsonNode.DeepEquals(line!["data"], written), "{0} is written {1}", sample, written!.ToJsonString());
        }
    }

    [Fact]
    public void A_purpose_keeps_its_name() => Enum.GetValues<TransferPurpose>().Select(KebabCase.Name).Should().Equal(
        "top-up", "guarantee", "payment", "proceeds", "fee", "vat", "refund", "forfeit", "payout", "payout-returned", "unmatched", "bank-charge", "taken-back");

    [Fact]
    public void An_account_is_read_as_it_was_written()
    {
        AccountId[] accounts =
        [
            Aliya, Deal, AccountId.Outgoing(Id(7)), AccountId.Unmatched, AccountId.PlatformFee, AccountId.Vat, AccountId.EprFund, Bank, AccountId.Card, AccountId.House, AccountId.Owed(Id(7)),
        ];
        accounts.Select(account => account.Kind).Should().Equal([AccountKind.Available, AccountKind.Escrow, AccountKind.Outgoing, AccountKind.Unmatched, AccountKind.PlatformFee, AccountKind.Vat, AccountKind.EprFund, AccountKind.Bank, AccountKind.Card, AccountKind.House, AccountKind.Owed]);
        accounts.Select(account => account.Kind).Should().BeEquivalentTo(Enum.GetValues<AccountKind>());
        foreach (var account in accounts) TextValue.Parse<AccountId>(account.ToString()).Should().Be(account);
        (Aliya.ToString(), AccountId.PlatformFee.ToString()).Should().Be(("available-0000000a000070008000000000000000", "platform-fee"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("purse")]
    [InlineData("bank-0000000a000070008000000000000000")]
    [InlineData("available")]
    [InlineData("available-")]
    [InlineData("available-0000000a-0000-7000-8000-000000000000")]
    [InlineData("available-00000000000000000000000000000000")]
    [InlineData("available-0000000a0000700080000000000000001")]
    [InlineData("Bank")]
    public void What_is_no_account_is_told_which_there_are(string? text)
    {
        AccountId.TryParse(text, out _, out var refusal).Should().BeFalse();
        refusal.Should().Be(new Refusal(AccountRefusal.NotAnAccount, "available, escrow, outgoing, unmatched, platform-fee, vat, epr-fund, bank, card, house, owed"));
    }

    [Theory]
    [InlineData("0000000a000070008000000000000000", 0)]
    [InlineData("0000000a000070008000000000000000-12", 12)]
    public void A_transfers_id_is_read_as_it_was_written(string text, int index)
    {
        var id = TextValue.Parse<TransferId>(text);
        (id.CommandId, id.Index, id.ToString()).Should().Be((Id(10), index, text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0000000a000070008000000000000000-0")]
    [InlineData("0000000a000070008000000000000000-01")]
    [InlineData("0000000a000070008000000000000000-")]
    [InlineData("0000000a000070008000000000000000--1")]
    [InlineData("0000000a000070008000000000000000 1")]
    [InlineData("0000000a-0000-7000-8000-000000000000")]
    public void What_is_no_transfers_id_is_refused(string? text)
    {
        TransferId.TryParse(text, out _, out var refusal).Should().BeFalse();
        refusal!.Code.Should().Be(TransferIdRefusal.NotATransfer);
    }

    private static IReadOnlyList<Journal.EventName> Events => [.. SettlementModule.Module.Kinds.SelectMany(kind => kind.Catalogue.Events)];
}
