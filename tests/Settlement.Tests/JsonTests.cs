using System.Text;
using System.Text.Json;
using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
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
    ];

    [Fact]
    public void Every_event_has_a_sample() =>
        Samples.Select(sample => sample.GetType()).Distinct().Should().BeEquivalentTo(Catalogue.Events.Where(name => name.Current).Select(name => name.Type));

    [Fact]
    public void Every_event_is_read_back_as_it_was_written()
    {
        foreach (var sample in Samples)
        {
            var name = Catalogue.For(sample.GetType());
            name.Read(name.Write(sample)).Should().Be(sample);
        }
    }

    /// <summary>released-events.json only grows: a line of it is what stands in somebody's journal.</summary>
    [Fact]
    public void Every_event_ever_released_is_read_as_it_was_meant()
    {
        using var released = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "released-events.json")));
        var read = released.RootElement.EnumerateArray()
            .Select(line => (Name: line.GetProperty("name").GetString()!, Event: Catalogue.For(line.GetProperty("name").GetString()!).Read(Encoding.UTF8.GetBytes(line.GetProperty("data").GetRawText()))))
            .ToList();
        read.Select(line => line.Name).Distinct().Should().BeEquivalentTo(Catalogue.Events.Select(name => name.Name));
        foreach (var sample in Samples) read.Should().Contain(line => line.Event.Equals(sample), "{0} was released so", sample);
    }

    [Fact]
    public void A_purpose_keeps_its_name() => Enum.GetValues<TransferPurpose>().Select(KebabCase.Name).Should().Equal(
        "top-up", "guarantee", "payment", "proceeds", "fee", "vat", "refund", "forfeit", "payout", "payout-returned", "unmatched");

    [Fact]
    public void An_account_is_read_as_it_was_written()
    {
        AccountId[] accounts =
        [
            Aliya, Deal, AccountId.Outgoing(Id(7)), AccountId.Unmatched, AccountId.PlatformFee, AccountId.Vat, AccountId.EprFund, Bank, AccountId.Card,
        ];
        accounts.Select(account => account.Kind).Should().Equal([AccountKind.Available, AccountKind.Escrow, AccountKind.Outgoing, AccountKind.Unmatched, AccountKind.PlatformFee, AccountKind.Vat, AccountKind.EprFund, AccountKind.Bank, AccountKind.Card]);
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
        refusal.Should().Be(new Refusal(AccountRefusal.NotAnAccount, "available, escrow, outgoing, unmatched, platform-fee, vat, epr-fund, bank, card"));
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

    private static Journal.Catalogue Catalogue => LedgerGrain.Kind.Catalogue;
}
