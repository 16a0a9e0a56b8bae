using Ainalym.Contracts;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>The ledger in a real journal: rows, receipts, reminders, restarts.</summary>
public sealed class HouseTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-settlement-").FullName;
    private SteppingHouse stepping;

    public HouseTests() => stepping = Open(Noon);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        var verified = stepping.House.Verify(published: null, progress: null, CancellationToken.None);
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        verified.Difference.Should().BeNull();
    }

    [Fact]
    public async Task A_ledger_comes_back_from_its_rows_as_it_was()
    {
        await Send(Make(1, Move(Bank, Aliya, 1000), Move(Bank, Bolat, 500)));
        await Send(Make(2, Hold(Aliya, Deal, 100, Noon.AddHours(1)), Hold(Aliya, Deal, 50)));
        await Restart();

        (await Send(Make(3, Move(Aliya, Bolat, 850.01m)))).Refusal.Should().Be(new Refusal(LedgerRefusal.InsufficientFunds, Tenge(850), Tenge(0.01m)).About("transfers[0].debit"));
        (await Send(Make(4, PostHold(2), Move(Aliya, Bolat, 850)))).Version.Should().Be(6);
        await Restart();
        (await Send(Make(5, PostHold(2)))).Refusal!.Code.Should().Be(LedgerRefusal.HoldNotOpen);
    }

    [Fact]
    public async Task A_ledger_stays_in_memory()
    {
        await Send(Make(1, Move(Bank, Aliya, 1000)));
        stepping.House.DropIdleGrains(TimeSpan.Zero);
        stepping.House.GrainsInMemory.Should().Be(1);
    }

    [Fact]
    public async Task The_same_transfer_twice_is_one_and_a_refusal_stays_one()
    {
        var first = await Send(Make(1, Move(Bank, Aliya, 1000)));
        var again = await Send(Make(1, Move(Bank, Aliya, 1000)));
        (again.Repeated, again.Version, again.Position).Should().Be((true, first.Version, first.Position));
        (await Send(Make(1, Move(Bank, Aliya, 1001)))).Refusal!.Code.Should().Be(JournalRefusal.CommandIdReused);

        (await Send(Make(2, Move(Bolat, Aliya, 1)))).Refusal!.Code.Should().Be(LedgerRefusal.InsufficientFunds);
        await Send(Make(3, Move(Bank, Bolat, 1000)));
        (await Send(Make(2, Move(Bolat, Aliya, 1)))).Refusal!.Code.Should().Be(LedgerRefusal.InsufficientFunds, "it was answered so");
    }

    /// <summary>
    /// The column of the table of <see cref="HoldTests"/> that only a journal can answer: the same order to hold, sent again, is answered as it was and sets nothing aside again, whatever has become of what
    /// it held; the same id with other words is refused; another id holds anew.
    /// </summary>
    /// <param name="held">In tenge, once it has been sent again.</param>
    [Theory]
    [InlineData(HoldTests.State.Never, false, 100, "held")]
    [InlineData(HoldTests.State.Open, true, 100, "held")]
    [InlineData(HoldTests.State.Timed, true, 100, "held")]
    [InlineData(HoldTests.State.Late, true, 100, "held")]
    [InlineData(HoldTests.State.PostedWhole, true, 0, "posted")]
    [InlineData(HoldTests.State.PostedInPart, true, 0, "posted")]
    [InlineData(HoldTests.State.Voided, true, 0, "voided")]
    [InlineData(HoldTests.State.Expired, true, 0, "expired")]
    public async Task Holding_again_in_each_state(HoldTests.State state, bool repeated, int held, string transfer)
    {
        var until = state is HoldTests.State.Timed or HoldTests.State.Late or HoldTests.State.Expired ? Noon.AddHours(1) : (DateTimeOffset?)null;
        await Send(Make(1, Move(Bank, Aliya, 1000)));
        if (state is not HoldTests.State.Never) await Send(Make(2, Hold(Aliya, Deal, 100, until)));
        if (state is HoldTests.State.PostedWhole) await Send(Make(3, PostHold(2)));
        if (state is HoldTests.State.PostedInPart) await Send(Make(3, PostHold(2, 30)));
        if (state is HoldTests.State.Voided) await Send(Make(3, Void(2)));
        if (state is HoldTests.State.Late) stepping.SetClock(Noon.AddHours(2));
        if (state is HoldTests.State.Expired) await stepping.AdvanceTo(Noon.AddHours(2), Ct);

        var again = await Send(Make(2, Hold(Aliya, Deal, 100, until)));
        (again.Repeated, again.Refusals.Count).Should().Be((repeated, 0));
        (await Queries.Accounts(Currency.Kzt, [Aliya], Ct)).Should().ContainSingle().Which.Balance.DebitsPending.Should().Be(held * 100);
        (await State(Transfer(2))).Should().Be(transfer);

        (await Send(Make(2, Hold(Aliya, Deal, 101, until)))).Refusal!.Code.Should().Be(JournalRefusal.CommandIdReused);
        (await Send(Make(4, Hold(Aliya, Deal, 100)))).Should().BeEquivalentTo(new { Repeated = false, Refusal = (Refusal?)null });
        (await Queries.Accounts(Currency.Kzt, [Aliya], Ct)).Should().ContainSingle().Which.Balance.DebitsPending.Should().Be((held + 100) * 100);
    }

    [Fact]
    public async Task A_hold_ends_by_itself_when_its_time_is_over()
    {
        await Send(Make(1, Move(Bank, Aliya, 1000)));
        await Send(Make(2, Hold(Aliya, Deal, 100, Noon.AddHours(1)), Hold(Aliya, Deal, 200, Noon.AddHours(2))));
        await Send(Make(3, new TransferOrder.PostHold(Transfer(2, 1), TransferPurpose.Payment)));
        await stepping.AdvanceTo(Noon.AddHours(1).AddMilliseconds(-1), Ct);
        (await State(Transfer(2))).Should().Be("held");
        await stepping.AdvanceTo(Noon.AddHours(3), Ct);
        ((await State(Transfer(2))), await State(Transfer(2, 1))).Should().Be(("expired", "posted"));
        (await Send(Make(4, Move(Aliya, Bolat, 800)))).Refusal.Should().BeNull("what was held is free");
        (await stepping.House.Database.Single<long>("SELECT CAST(COUNT(*) AS BIGINT) FROM reminders WHERE stream = 'settlement/ledger/KZT'", ct: Ct)).Should().Be(0);
    }

    [Fact]
    public async Task A_hold_that_ends_within_a_millisecond_ends_by_itself_too()
    {
        await Send(Make(1, Move(Bank, Aliya, 1000)));
        await Send(Make(2, Hold(Aliya, Deal, 100, Noon.AddHours(1).AddTicks(1))));
        await stepping.AdvanceTo(Noon.AddHours(2), Ct);
        (await State(Transfer(2))).Should().Be("expired");
    }

    [Fact]
    public async Task Other_modules_send_to_the_ledgers_address()
    {
        (await Post(Make(1, Move(Bank, Aliya, 1000)), Caller.House)).Should().BeEquivalentTo(new { Version = 1L, Refusal = (Refusal?)null });
        (await Post(Make(2, Move(Aliya, Deal, 1001)), Caller.House)).Refusal!.Code.Should().Be(LedgerRefusal.InsufficientFunds);
        (await Post(Make(3, Move(Aliya, Deal, 1)), new Caller(Id(1), Id(2), Roles.Operator))).Refusal!.Code.Should().Be(JournalRefusal.NotPermitted);
        var nowhere = () => stepping.House.Addresses.Handle(new Address<LedgerCommand, LedgerRefusal>("settlement/purse"), "KZT", Make(4, Move(Aliya, Deal, 1)), Caller.House, Ct);
        await nowhere.Should().ThrowAsync<StorageException>().WithMessage("*settlement/purse/KZT*");

        Task<Answered> Post(LedgerCommand command, Caller caller) => stepping.House.Addresses.Handle(LedgerAddress.Ledger, "KZT", command, caller, Ct);
    }

    [Fact]
    public async Task Many_at_once_lose_nothing()
    {
        await Send(Make(1, Move(Bank, Aliya, 10_000)));
        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => Task.Run(() => Send(Make(100 + n, Move(Aliya, AccountId.Escrow(Id(5_000 + (n % 7))), 30))))));
        (await stepping.House.Database.Single<long>("SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_postings", ct: Ct)).Should().Be(1 + 333, "each 30 tenge while they last");
        (await Statement(Aliya, 100)).Select(line => line.BalanceMinor).Should().StartWith([10_00, 40_00]).And.HaveCount(334);
    }

    [Fact]
    public async Task A_statement_goes_back_page_by_page_with_the_balance_after_each_line()
    {
        await Send(Make(1, Move(Bank, Aliya, 1000)));
        for (var n = 2; n <= 6; n++) await Send(Make(n, Move(Aliya, Deal, n)));
        await Send(Make(7, Hold(Aliya, Deal, 100)));

        var lines = await Statement(Aliya, 4);
        lines.Select(line => (line.AmountMinor, line.BalanceMinor)).Should().Equal((-600, 980_00), (-500, 986_00), (-400, 991_00), (-300, 995_00), (-200, 998_00), (1000_00, 1000_00));
        lines[^1].Should().BeEquivalentTo(new { Other = "bank", Purpose = "payment", Reference = "lot-1", Transfer = Transfer(1).ToString(), AtMs = Noon.ToUnixTimeMilliseconds() });
        (await Queries.Statement(Currency.Kzt, Bolat, lines[0].Number, 4, Ct)).Should().BeEmpty("it is not Bolat's posting");
        (await Queries.Holds(Currency.Kzt, Aliya, "", 10, Ct)).Should().ContainSingle().Which.AmountMinor.Should().Be(100_00);
        (await Queries.Holds(Currency.Kzt, Deal, "", 10, Ct)).Should().BeEmpty();
        var account = (await Queries.Accounts(Currency.Kzt, [Aliya, Bolat], Ct)).Should().ContainSingle("nothing has touched the other").Subject;
        (account.Account, account.Balance).Should().Be((Aliya.ToString(), new Balance(20_00, 1000_00, 100_00, 0, Last: 6)));
    }

    [Fact]
    public async Task The_trial_balance_is_zero_at_every_position()
    {
        var first = (await Send(Make(1, Move(Bank, Aliya, 1000), Move(Bank, Bolat, 500)))).Position;
        var last = (await Send(Make(2, Move(Aliya, Deal, 600), Move(Deal, AccountId.PlatformFee, 12), Move(Deal, Bolat, 588)))).Position;
        for (var position = 0L; position <= last; position++) (await Queries.TrialBalance(Currency.Kzt, position, Ct)).Sum(line => line.BalanceMinor).Should().Be(0);

        (await Queries.TrialBalance(Currency.Kzt, upTo: null, Ct)).Select(line => (line.Kind, line.Accounts, line.DebitsMinor, line.CreditsMinor, line.BalanceMinor)).Should().Equal(
            ("available", 2, 600_00, 2088_00, 1488_00), ("bank", 1, 1500_00, 0, -1500_00), ("escrow", 1, 600_00, 600_00, 0), ("platform-fee", 1, 0, 12_00, 12_00));
        (await Queries.TrialBalance(Currency.Kzt, first, Ct)).Select(line => (line.Kind, line.BalanceMinor)).Should().Equal(("available", 1500_00), ("bank", -1500_00));
        (await Queries.TrialBalance(Currency.Usd, upTo: null, Ct)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_desk_says_which_field_of_an_existing_transfer_differs()
    {
        var made = new TransferOrder.Hold(Aliya, Deal, Tenge(10), TransferPurpose.Guarantee, "lot-1", Noon.AddHours(1));
        await Send(Make(1, Move(Bank, Aliya, 1000)));
        await Desk.Make(Currency.Kzt, Make(2, Move(Aliya, Bolat, 1), made), Ct);
        (await Desk.Make(Currency.Kzt, Make(2, Move(Aliya, Bolat, 1), made), Ct)).Repeated.Should().BeTrue();
        (TransferOrder Other, string Field)[] others =
        [
            (made with { Debit = Bolat }, "debit"), (made with { Credit = Bolat }, "credit"), (made with { Amount = Tenge(11) }, "amount"), (made with { Purpose = TransferPurpose.Payment }, "purpose"),
            (made with { Reference = "lot-2" }, "reference"), (made with { ExpiresAt = null }, "expires_at"), (Move(Aliya, Deal, 10), "transfer"), (Void(9), "transfer"),
        ];
        foreach (var (other, field) in others)
            (await Desk.Make(Currency.Kzt, Make(2, Move(Aliya, Bolat, 1), other), Ct)).Refusal.Should().Be(new Refusal(LedgerRefusal.ExistsWithAnother, $"transfers[1].{field}"));
        (await Desk.Make(Currency.Kzt, Make(2, Move(Aliya, Bolat, 1)), Ct)).Refusal.Should().Be(new Refusal(LedgerRefusal.ExistsWithAnother, "transfers"), "the chain was longer");
    }

    /// <summary>Whatever has been made since: what a command made is read from its own events, over as many pages of them as it takes.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(MakeTransfers.LongestChain)]
    public async Task The_desk_says_which_field_differs_of_orders_to_end_holds(int heldSince)
    {
        var (letGo, post, move) = (new TransferOrder.VoidHold(Transfer(2, 1)), new TransferOrder.PostHold(Transfer(2), TransferPurpose.Payment, Tenge(4)), new TransferOrder.Post(Aliya, Bolat, Tenge(300), TransferPurpose.Payment, "lot-1"));
        await Send(Make(1, Move(Bank, Aliya, 1000)));
        await Send(Make(2, Hold(Aliya, Deal, 10), Hold(Aliya, Deal, 20), Hold(Aliya, Deal, 30)));
        await Desk.Make(Currency.Kzt, Make(3, letGo, post, move), Ct);
        await Desk.Make(Currency.Kzt, Make(4, Move(Bolat, Aliya, 9999)), Ct);
        if (heldSince > 0) await Send(Make(5, [.. Enumerable.Repeat(Hold(Aliya, Deal, 0.01m), heldSince)]));
        if (heldSince == 1) await Send(Make(6, Move(Aliya, Bolat, 1)));

        (MakeTransfers Other, string Field)[] others =
        [
            (Make(3, letGo, post, move with { Amount = Tenge(301) }), "transfers[2].amount"),
            (Make(3, letGo with { Held = Transfer(2, 2) }, post, move), "transfers[0].held"),
            (Make(3, letGo, post with { Held = Transfer(2, 2) }, move), "transfers[1].held"),
            (Make(3, letGo, post with { Amount = Tenge(5) }, move), "transfers[1].amount"),
            (Make(3, letGo, post with { Amount = null }, move), "transfers[1].amount"),
            (Make(3, letGo, post with { Purpose = TransferPurpose.Forfeit }, move), "transfers[1].purpose"),
            (Make(3, letGo, Move(Aliya, Deal, 4), move), "transfers[1].transfer"),
            (Make(3, post, letGo, move), "transfers[0].transfer"),
            (Make(3, letGo, post), "transfers"),
            (Make(3, letGo, post, move, move), "transfers"),
            (Make(2, Move(Aliya, Deal, 10), Hold(Aliya, Deal, 20), Hold(Aliya, Deal, 30)), "transfers[0].transfer"),
            (Make(2, Hold(Aliya, Deal, 10), Hold(Aliya, Deal, 20), Hold(Aliya, Deal, 31)), "transfers[2].amount"),
            (Make(1, Hold(Bank, Aliya, 1000)), "transfers[0].transfer"),
            (Make(4, Move(Bolat, Aliya, 1)), "transfers"),
        ];
        foreach (var (other, field) in others)
            (await Desk.Make(Currency.Kzt, other, Ct)).Refusal.Should().Be(new Refusal(LedgerRefusal.ExistsWithAnother, field));
    }

    [Fact]
    public async Task The_desk_says_how_a_hold_that_is_not_open_has_ended()
    {
        await Send(Make(1, Move(Bank, Aliya, 1000)));
        await Send(Make(2, Hold(Aliya, Deal, 10), Hold(Aliya, Deal, 20), Hold(Aliya, Deal, 30, Noon.AddHours(1))));
        await Send(Make(3, new TransferOrder.PostHold(Transfer(2), TransferPurpose.Payment, Tenge(4)), new TransferOrder.VoidHold(Transfer(2, 1))));
        await stepping.AdvanceTo(Noon.AddHours(2), Ct);
        (TransferId Hold, Refusal Answer)[] ended =
        [
            (Transfer(2), new Refusal(LedgerRefusal.HoldAlreadyPosted, Tenge(4))), (Transfer(2, 1), LedgerRefusal.HoldAlreadyVoided), (Transfer(2, 2), new Refusal(LedgerRefusal.HoldAlreadyExpired, Noon.AddHours(1))),
            (Transfer(77), LedgerRefusal.HoldNotFound),
        ];
        foreach (var ((hold, answer), n) in ended.Select((one, n) => (one, n)))
            (await Desk.Make(Currency.Kzt, Make(10 + n, new TransferOrder.VoidHold(hold)), Ct)).Refusal.Should().Be(answer.About("transfers[0].held"));
    }

    private async Task<List<PostingRow>> Statement(AccountId account, int page)
    {
        var lines = new List<PostingRow>();
        var from = (await Queries.Accounts(Currency.Kzt, [account], Ct))[0].LastNumber;
        while (await Queries.Statement(Currency.Kzt, account, from, page, Ct) is { Count: > 0 } next)
        {
            lines.AddRange(next);
            from = next[^1].Previous;
        }

        return lines;
    }

    private LedgerQueries Queries => new(stepping.House.Database);

    private LedgerDesk Desk => new(stepping.House.Grains, Queries);

    private static SteppingHouse Open(DateTimeOffset now, string folder) => SteppingHouse.Open([SettlementModule.Module], new HouseOptions(folder), now, NullLoggerFactory.Instance);

    private SteppingHouse Open(DateTimeOffset now) => Open(now, folder);

    private async Task Restart()
    {
        await stepping.DisposeAsync();
        stepping = Open(Noon);
    }

    private Task<Receipt<LedgerEvent>> Send(LedgerCommand command) => stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", command, Caller.House, Ct);

    private async Task<string?> State(TransferId id) => await stepping.House.Database.Single<string>("SELECT state FROM ledger_transfers WHERE transfer = @id", new { id = id.ToString() }, Ct);
}
