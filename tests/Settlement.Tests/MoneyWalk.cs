using System.Globalization;
using System.Text;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using Ainalym.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>
/// A bank, four organisations that pay in and take out, and an operator, at random; the seed is the case. The bank tells late, again and out of order, pays what it has refused and gives back what it
/// has paid; and the process dies between any two commands, or after one whose answer nobody sees.
/// </summary>
internal sealed class MoneyWalk : IAsyncDisposable
{
    private static readonly Iban House = TextValue.Parse<Iban>(Camt.Account), Payee = TextValue.Parse<Iban>("KZ34991DEMO000000002");
    private static readonly Caller Operator = new(Id(2), Id(0x0FE), Roles.Operator);

    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-walk-").FullName;
    private readonly List<SteppingHouse> dead = [];
    private readonly Fuse fuse = new();
    private readonly Random random;

    /// <summary>All that moved at the bank, in its order; how much of it was told of, and which parts were left out.</summary>
    private readonly List<Line> book = [];
    private readonly List<(int From, int To)> leftOut = [];
    private readonly Dictionary<string, Payment> atBank = new(StringComparer.Ordinal), paid = new(StringComparer.Ordinal), refused = new(StringComparer.Ordinal);

    /// <summary>What the operator means to do with a movement, by its reference: whose it is, nobody's where it is sent back or is the bank's.</summary>
    private readonly Dictionary<string, Guid?> meant = new(StringComparer.Ordinal);
    private readonly List<OrderPayout> unanswered = [];
    private SteppingHouse stepping;
    private int told, files, statements, commands;

    public MoneyWalk(int seed)
    {
        random = new(seed);
        stepping = Open(Noon);
    }

    private sealed record Line(string Reference, long Tenge, bool IsCredit, string Written, string? Called, Guid? Of, long? Paid);

    private sealed record Payment(string Id, PaymentKind Kind, long Tenge, Guid? Owner);

    public static (Guid Id, Bin Bin)[] Organisations { get; } =
        [.. new[] { "040340008429", "151140025060", "020240000555", "991240000013" }.Select((bin, n) => (Id(0xA0 + n), TextValue.Parse<Bin>(bin)))];

    public int Deaths => dead.Count;

    private LedgerQueries Ledgers => new(stepping.House.Database);

    private EntryQueries Entries => new(stepping.House.Database);

    private PayoutQueries Payouts => new(stepping.House.Database);

    private IGrains Grains => stepping.House.Grains;

    private PayoutDesk Desk => PayoutDesk.Of(stepping.House, (id, _) => Task.FromResult<Payee?>(new("ТОО", Organisations.Single(one => one.Id == id).Bin)), Accounts);

    private EntryDesk EntryDesk => new(Grains, Entries, Payouts, Known, Accounts);

    public async Task Go(int steps)
    {
        foreach (var (id, _) in Organisations) await Send(PayoutAccountGrain.Kind, id.ToString("N"), new NamePayoutAccount(NextId(), id, Payee), User(id));
        await stepping.AdvanceTo(Noon.AddDays(1));
        for (var n = 0; n < steps; n++)
        {
            if (random.Next(6) == 0) fuse.Burn(random.Next(1, 9), random.Next(2) == 0);
            await Mortal(Step);
        }
    }

    /// <summary>Nobody dies any more, and everything that waits is done.</summary>
    public async Task End()
    {
        fuse.Out();
        for (var round = 0; round < 50; round++)
        {
            foreach (var order in unanswered.ToList()) await Order(order);
            await MakeFile();
            while (atBank.Count > 0) await BankPays();
            while (leftOut.Count > 0) await TellLeftOut();
            await TellNew();
            await CatchUp();
            await Decide(all: true);
            await stepping.AdvanceTo(stepping.Now.AddHours(2));
            if (told == book.Count && atBank.Count == 0 && unanswered.Count == 0 && (await Payouts.Waiting(CancellationToken.None)).Count == 0 && (await Waiting()).Count == 0 && (await Entries.Standing(EntryStanding.Returning, "", 10, CancellationToken.None)).Count == 0) return;
        }

        throw new InvalidOperationException("What waits does not come to an end.");
    }

    public async Task ShouldAddUp()
    {
        var lines = await Ledgers.TrialBalance(Currency.Kzt, upTo: null, CancellationToken.None);
        lines.Sum(line => line.BalanceMinor).Should().Be(0);
        lines.Should().OnlyContain(line => line.Agrees && (line.Kind == "bank" || line.Kind == "house" || (line.Kind == "owed" ? line.BalanceMinor <= 0 : line.BalanceMinor >= 0)));
        (await Balance(AccountId.Bank)).Should().Be(-book.Sum(line => line.IsCredit ? line.Tenge : -line.Tenge) * 100, "what the ledger says lies at the bank");
        (await new Reconciliation(Entries, Ledgers).Of(Currency.Kzt, CancellationToken.None)).Unaccounted.MinorUnits.Should().Be(0);
        (await Balance(AccountId.Unmatched)).Should().Be(0);
        (await Balance(AccountId.House)).Should().Be(-book.Where(line => !line.IsCredit && meant.TryGetValue(line.Reference, out var whose) && whose is null).Sum(line => line.Tenge) * 100);
        foreach (var (id, _) in Organisations)
        {
            (await Ledgers.Holds(Currency.Kzt, AccountId.Available(id), "", 10, CancellationToken.None)).Should().BeEmpty("every hold has ended");
            (await Balance(AccountId.Outgoing(id))).Should().Be(0, "no payout is on its way");
            (await Balance(AccountId.Available(id)) + await Balance(AccountId.Owed(id))).Should().Be(book.Where(line => (meant.TryGetValue(line.Reference, out var whose) ? whose : line.Of) == id).Sum(line => line.IsCredit ? line.Tenge : -line.Tenge) * 100, "each tiyn is somebody's");
        }

        stepping.House.Verify(published: null, progress: null, CancellationToken.None).Difference.Should().BeNull();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var house in dead.Append(stepping)) await house.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task Step() => random.Next(22) switch
    {
        < 5 => PayIn(),
        5 => BankTakes(),
        < 8 => TellNew(),
        8 => leftOut.Count > 0 ? TellLeftOut() : TellAgain(),
        9 => TellAgain(),
        < 13 => OrderNew(),
        13 => unanswered.Count > 0 ? Order(unanswered[random.Next(unanswered.Count)]) : CatchUp(),
        14 => MakeFile(),
        15 or 16 => BankPays(),
        17 => Decide(all: false),
        18 => stepping.AdvanceTo(stepping.Now.AddMinutes(random.Next(0, 90))),
        19 => TakeBack(),
        20 => TakeBackReturn(),
        _ => CatchUp(),
    };

    /// <summary>An organisation thinks better of one of its latest payouts.</summary>
    private async Task TakeBack()
    {
        var (id, _) = Organisations[random.Next(Organisations.Length)];
        var own = await Payouts.Of(id, long.MaxValue, "", 5, CancellationToken.None);
        if (own.Count == 0) return;
        var receipt = await Desk.TakeBack(Guid.ParseExact(own[random.Next(own.Count)].PayoutId, "N"), NextId(), User(id), CancellationToken.None);
        receipt.Refusals.Where(refusal => refusal.Code is not (PayoutRefusal.AlreadyFiled or PayoutRefusal.NotQueuedYet)).Should().BeEmpty();
    }

    /// <summary>The operator thinks better of a return.</summary>
    private async Task TakeBackReturn()
    {
        var returning = await Entries.Standing(EntryStanding.Returning, "", 100, CancellationToken.None);
        if (returning.Count == 0) return;
        var receipt = await EntryDesk.TakeBack(returning[random.Next(returning.Count)].EntryId, NextId(), Operator, CancellationToken.None);
        receipt.Refusals.Where(refusal => refusal.Code is not (PayoutRefusal.AlreadyFiled or PayoutRefusal.NotQueuedYet)).Should().BeEmpty();
    }

    private Task PayIn()
    {
        var (id, bin) = Organisations[random.Next(Organisations.Length)];
        var (written, of) = random.Next(5) switch
        {
            0 => ("за бумагу", (Guid?)null),
            1 => ("БИН 130540007654", null),
            2 => ($"БИН {bin}", id),
            _ => ($"Пополнение {PaymentReference.For(bin).Grouped}", id),
        };
        Book(random.Next(1, 1000), isCredit: true, written, called: null, of);
        return Task.CompletedTask;
    }

    /// <summary>Its fee, or back what it had brought.</summary>
    private Task BankTakes()
    {
        var fee = random.Next(2) == 0;
        var of = fee ? (Guid?)null : Organisations[random.Next(Organisations.Length)].Id;
        Book(random.Next(1, fee ? 20 : 300), isCredit: false, fee ? "Комиссия" : "Отзыв", called: null, of);
        if (!fee) meant[book[^1].Reference] = of;
        return Task.CompletedTask;
    }

    private Task BankPays()
    {
        if (paid.Count > 0 && random.Next(4) == 0)
        {
            // The payee's account is closed.
            var (id, back) = paid.ElementAt(random.Next(paid.Count));
            paid.Remove(id);
            // The banks keep something, if they may, and say how much was paid.
            Book(back.Tenge - random.Next((int)Math.Min(back.Tenge, 3)), isCredit: true, "Счёт закрыт", id, back.Owner, back.Tenge);
            return Task.CompletedTask;
        }

        if (refused.Count > 0 && random.Next(3) == 0)
        {
            // It had refused it, and pays all the same.
            var (id, late) = refused.ElementAt(random.Next(refused.Count));
            refused.Remove(id);
            Book(late.Tenge, isCredit: false, "Вывод средств", id, late.Owner);
            meant[book[^1].Reference] = late.Owner;
            return Task.CompletedTask;
        }

        if (atBank.Count == 0) return Task.CompletedTask;
        var (key, payment) = atBank.ElementAt(random.Next(atBank.Count));
        if (!fuse.IsOut && random.Next(5) == 0) return Refuse(key, payment);
        atBank.Remove(key);
        Book(payment.Tenge, isCredit: false, payment.Kind == PaymentKind.Payout ? "Вывод средств" : "Возврат", key, payment.Owner);
        if (payment.Kind == PaymentKind.Payout) paid.Add(key, payment);
        return Task.CompletedTask;
    }

    private async Task Refuse(string key, Payment payment)
    {
        if (payment.Kind == PaymentKind.Return)
        {
            var entry = (await Entries.Standing(EntryStanding.Returning, "", 1000, CancellationToken.None)).SingleOrDefault(row => row.Payment == key);
            if (entry is not null) (await EntryDesk.FailReturn(entry.EntryId, new FailReturn(NextId(), "Банк не принял"), Operator, CancellationToken.None)).Refusals.Should().BeEmpty();
            atBank.Remove(key);
            refused.Add(key, payment);
            return;
        }

        var receipt = await Send(PayoutGrain.Kind, key, new FailPayout(NextId(), "Банк не принял"), Operator);
        if (receipt.Refusal is { Code: PayoutRefusal.NotFiled }) return;
        receipt.Refusals.Where(refusal => refusal.Code is not PayoutRefusal.AlreadyFailed).Should().BeEmpty();
        atBank.Remove(key);
        refused.Add(key, payment);
    }

    private async Task TellNew()
    {
        var (from, to) = (told, book.Count);
        if (to == from) return;
        if (!fuse.IsOut && random.Next(4) == 0)
        {
            leftOut.Add((from, to));
            told = to;
            return;
        }

        // Overlaps what was told before.
        await Tell(Math.Max(0, from - random.Next(0, 4)), to);
        told = to;
    }

    private async Task TellLeftOut()
    {
        var n = random.Next(leftOut.Count);
        await Tell(leftOut[n].From, leftOut[n].To);
        leftOut.RemoveAt(n);
    }

    private Task TellAgain()
    {
        if (told == 0) return Task.CompletedTask;
        var from = random.Next(told);
        return leftOut.Exists(part => part.From < told && part.To > from) ? Task.CompletedTask : Tell(from, told);
    }

    private async Task Tell(int from, int to)
    {
        var opening = Sum(book.Take(from));
        var entries = string.Concat(book.Skip(from).Take(to - from).Select(line =>
        {
            var entry = Camt.Entry(line.Reference, line.Tenge, line.IsCredit, written: line.Written, called: line.Called ?? "");
            return line.Paid is not { } paid ? entry
                : entry.Replace("<RltdPties>", $"""<AmtDtls><InstdAmt><Amt Ccy="KZT">{paid}.00</Amt></InstdAmt></AmtDtls><RltdPties>""", StringComparison.Ordinal).Replace("</TxDtls>", "<RtrInf/></TxDtls>", StringComparison.Ordinal);
        }));
        var statement = Camt.Document(Camt.Statement(opening, opening + Sum(book.Skip(from).Take(to - from)), entries, id: string.Create(CultureInfo.InvariantCulture, $"S-{from}-{to}-{++statements}"))
            .Replace("<Dt>2026-05-04</Dt></Dt></Bal>", $"<Dt>{new DateOnly(2026, 1, 1).AddDays(to):O}</Dt></Dt></Bal>", StringComparison.Ordinal));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(statement));
        var rails = new RailDesk(Grains, Entries, Payouts, Known, stepping.House.Clock);
        (await new StatementImport(rails, stepping.House.Database, Entries, Accounts, stepping.House.Clock).Take(file, progress: null, CancellationToken.None)).ConflictCount.Should().Be(0);

        static long Sum(IEnumerable<Line> lines) => lines.Sum(line => line.IsCredit ? line.Tenge : -line.Tenge);
    }

    private Task OrderNew()
    {
        var order = new OrderPayout(NextId(), Organisations[random.Next(Organisations.Length)].Id, Tenge(random.Next(1, 600)));
        unanswered.Add(order);
        return Order(order);
    }

    private async Task Order(OrderPayout order)
    {
        var receipt = await Desk.Order(order, User(order.Organisation), CancellationToken.None);
        receipt.Refusals.Where(refusal => refusal.Code is not (PayoutRefusal.FundsShort or PayoutRefusal.DebtOpen)).Should().BeEmpty();
        if (random.Next(4) > 0) unanswered.Remove(order);
    }

    private async Task MakeFile()
    {
        await Send(PaymentQueueGrain.Kind, House.ToString(), new MakePaymentFile(NextId()), Operator);
        for (var number = files + 1; await Payouts.File(House.ToString(), number, CancellationToken.None) is not null; number++)
        {
            foreach (var row in await Payouts.Payments(House.ToString(), number, CancellationToken.None))
            {
                var payout = await Payouts.Payout(row.PaymentId, CancellationToken.None);
                atBank.Add(row.PaymentId, new(row.PaymentId, KebabCase.Parse<PaymentKind>(row.Kind), row.AmountMinor / 100, payout is null ? null : Guid.ParseExact(payout.OrganisationId, "N")));
            }

            files = number;
        }
    }

    /// <summary>The operator goes through what nobody knows.</summary>
    private async Task Decide(bool all)
    {
        foreach (var entry in await Waiting())
        {
            if (!all && random.Next(2) == 0) continue;
            if (!meant.TryGetValue(entry.Reference, out var whose)) meant[entry.Reference] = whose = entry.IsCredit != 0 && random.Next(2) == 0 ? Organisations[random.Next(Organisations.Length)].Id : null;
            EntryCommand command = whose is { } organisation ? new AssignEntry(NextId(), organisation) : entry.IsCredit != 0 ? new ReturnEntry(NextId(), "Не нам") : new ChargeEntry(NextId());
            (await Send(EntryGrain.Kind, entry.EntryId, command, Operator)).Refusals.Should().BeEmpty();
        }
    }

    private async Task<IReadOnlyList<EntryRow>> Waiting() =>
        [.. await Entries.Standing(EntryStanding.Unmatched, "", 100, CancellationToken.None), .. await Entries.Standing(EntryStanding.Unexplained, "", 100, CancellationToken.None)];

    private Task CatchUp() => stepping.House.CatchUp();

    private void Book(long tenge, bool isCredit, string written, string? called, Guid? of, long? paid = null) =>
        book.Add(new(string.Create(CultureInfo.InvariantCulture, $"B{book.Count}"), tenge, isCredit, written, called, of, paid));

    private async Task Mortal(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (ProcessDied)
        {
            fuse.Out();
            dead.Add(stepping);

            // Its leases run out by themselves.
            stepping = Open(stepping.Now.AddSeconds(11));
        }
    }

    private SteppingHouse Open(DateTimeOffset now) => SteppingHouse.Open([SettlementModule.Module], new HouseOptions(folder), now, NullLoggerFactory.Instance, grains => new MortalGrains(grains, fuse));

    private Task<Receipt<TEvent>> Send<TState, TCommand, TEvent, TRefusal>(GrainKind<TState, TCommand, TEvent, TRefusal> kind, string id, TCommand command, Caller caller)
        where TState : class, IState<TState, TEvent>
        where TCommand : class, ICommand
        where TEvent : class
        where TRefusal : struct, Enum => Grains.Handle(kind, id, command, caller);

    private static Task<IReadOnlyDictionary<Bin, Guid>> Known(IReadOnlyCollection<Bin> bins, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Bin, Guid>>(Organisations.Where(one => bins.Contains(one.Bin)).ToDictionary(one => one.Bin, one => one.Id));

    private static Caller User(Guid organisation) => new(Id(1), organisation, Roles.Seller);

    private static HouseAccounts Accounts { get; } = new([new(House, Currency.Kzt)], "Ainalym");

    private Guid NextId() => CommandIds.Derived(stepping.Now, $"walk {++commands}");

    private async Task<long> Balance(AccountId account) => (await Ledgers.Accounts(Currency.Kzt, [account], CancellationToken.None)).SingleOrDefault()?.Balance.Posted ?? 0;
}

/// <summary>Every tiyn, whatever happens.</summary>
public sealed class MoneyWalkTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("AINALYM_LONG") is "1";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Long ? 300 : 16)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task However_money_moves_and_whenever_the_process_dies_every_tiyn_is_somebodys(int seed)
    {
        await using var walk = new MoneyWalk(seed);
        await walk.Go(steps: 250);
        await walk.End();
        await walk.ShouldAddUp();
        walk.Deaths.Should().BeGreaterThan(3);
    }
}
