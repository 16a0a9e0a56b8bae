using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Ainalym.Settlement.Ledgers;
using Ainalym.Support;
using Microsoft.Extensions.Logging;

namespace Ainalym.Front.Tests;

/// <summary>
/// The whole house with a clock moved by hand, one seller and some buyers. A lot is 20 t that opens at 1,000 tenge a tonne on a Monday noon (UTC), closes an hour later and asks 5 % of 20,000 as a
/// guarantee: 1,000 tenge.
/// </summary>
public sealed class TradingHouse : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Close = Noon.AddHours(1);
    public static readonly Guid Seller = Id(0x5E11), Aliya = Id(0xA), Bolat = Id(0xB), LotId = Id(0x1_0000);
    public static readonly Money Guarantee = Tenge(1000);

    private readonly List<SteppingHouse> dead = [];
    private int commands;

    private readonly DealRuleBook rules;

    public TradingHouse(DealRuleBook? rules = null)
    {
        this.rules = rules ?? DealRuleBook.Usual;
        Stepping = Open(Noon);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ainalym-trading-").FullName;

    /// <summary>Kills the house, when it is lit.</summary>
    public Fuse Fuse { get; } = new();

    public int Deaths => dead.Count;

    /// <summary>What the house has said to who runs it.</summary>
    public Complaints Log { get; } = new();

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public SteppingHouse Stepping { get; private set; }

    public IDatabase Database => Stepping.House.Database;

    public GuaranteeDesk Desk => new(Stepping.House.Addresses, Ties.HeldGuarantees(Database), Ties.FreeMoney(Database));

    public LotOrders Orders => new(Stepping.House.Grains, new LotFacts((one, _) => Task.FromResult<IReadOnlyList<Guid>>([one]), Waste.WasteModule.CodeLists, Photos, currency => currency == Currency.Kzt, Stepping.House.Clock.Time), Desk, new LotQueries(Database));

    public DealQueries DealRows => new(Database);

    public DealOrders Deals => new(
        Stepping.House.Grains, new DealMoney(Stepping.House.Grains, Stepping.House.Addresses, DealRows), DealRows, new LotQueries(Database), Photos, Documents, Ties.FreeMoney(Database), rules, Stepping.House.Clock);

    public EvidenceFiles Documents => new(Database, new EvidenceShelf(Folder), Stepping.House.Clock.Time);

    private PhotoUploads Photos => new(Database, new PhotoShelf(Folder), Stepping.House.Clock.Time);

    /// <summary>Whatever a test did: the journal holds, and the ledger sums to zero.</summary>
    public async ValueTask DisposeAsync()
    {
        var lines = await new LedgerQueries(Database).TrialBalance(Currency.Kzt, upTo: null, CancellationToken.None);
        var verified = Stepping.House.Verify(published: null, progress: null, CancellationToken.None);
        foreach (var house in dead.Append(Stepping)) await house.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        verified.Difference.Should().BeNull();
        lines.Sum(line => line.BalanceMinor).Should().Be(0);
    }

    /// <summary>Does something in which the house may die; then another takes over, once the leases of the first have run out.</summary>
    public async Task Mortal(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (ProcessDied)
        {
            Fuse.Out();
            dead.Add(Stepping);
            Stepping = Open(Stepping.Now.AddSeconds(11));
        }
    }

    public static LotTerms Terms { get; } = new(LotFormat.Ascending, PerTonne(1000), Close, Ladder: new([new StepBand(null, PerTonne(100))]), Guarantee: Share.FromPercent(5));

    public static ListingFacts Facts { get; } = new("paper", TextValue.Parse<WasteCode>("15 01 01"), RegionKnown: true, PaidIn: true, ListingFacts.UsualLeastAhead, ListingFacts.UsualMostAhead);

    public static Caller SellerUser { get; } = new(Id(1), Seller, Roles.Seller);

    public static Caller OperatorUser { get; } = new(Id(2), Id(0x0FE), Roles.Operator);

    public static Caller Buyer(Guid organisation) => new(Id(0x75E4), organisation, Roles.Buyer);

    public static LotDescription Describe(LotTerms terms) => new(
        Seller, TextValue.Parse<GradeCode>("1.04.00"), TextValue.Parse<WasteCode>("15 01 01"), Mass.FromTonnes(20), MaterialForm.Bales, Share.FromPercent(10), Share.FromPercent(1),
        TextValue.Parse<Region>("75"), "Алматы", 43.25m, 76.95m, new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 13), "", terms);

    public Task List(Guid? lot = null, LotTerms? terms = null) => Send(new ListLot(NextId(), lot ?? LotId, Describe(terms ?? Terms)) { Facts = Facts }, SellerUser, lot);

    public async Task Send(LotCommand command, Caller caller, Guid? lot = null) =>
        (await Stepping.House.Grains.Handle(LotGrain.Kind, lot ?? LotId, command, caller, Ct)).Refusals.Should().BeEmpty();

    public async Task Bid(Guid bidder, long tenge, Guid? lot = null) => (await Orders.Bid(lot ?? LotId, NextId(), PerTonne(tenge), revision: null, Buyer(bidder), Ct)).Refusals.Should().BeEmpty();

    public async Task<Refusal> Refused(Guid bidder, long tenge) => (await Orders.Bid(LotId, NextId(), PerTonne(tenge), revision: null, Buyer(bidder), Ct)).Refusals.Should().ContainSingle().Subject;

    public async Task Pay(Guid organisation, decimal tenge)
    {
        var paid = new TransferOrder.Post(AccountId.Bank, AccountId.Available(organisation), Tenge(tenge), TransferPurpose.TopUp, "entry");
        (await Stepping.House.Addresses.Handle(LedgerAddress.Ledger, "KZT", new MakeTransfers(NextId(), [paid]), Caller.House, Ct)).Refusals.Should().BeEmpty();
    }

    /// <summary>Sold to Aliya at 50,000 a tonne, or for what it opened at when nobody else bid.</summary>
    public async Task<Guid> Awarded(long second = 0)
    {
        await List(terms: Terms with { Opening = PerTonne(second > 0 ? 1_000 : 50_000), Guarantee = second > 0 ? Share.FromPercent(5) : TextValue.Parse<Share>("0.1"), Ladder = new([new(null, PerTonne(10_000))]) });
        if (second > 0)
        {
            await Pay(Bolat, 1_000);
            await Bid(Bolat, second);
        }

        await Bid(Aliya, 50_000);
        await Stepping.AdvanceTo(Close, Ct);
        return (await DealRows.OfLot(LotId, Ct)).Should().ContainSingle().Subject.Id;
    }

    public async Task<Guid> Unpaid(long second = 0)
    {
        var deal = await Awarded(second);
        await Stepping.AdvanceTo(Close.AddDays(1), Ct);
        await Did(deal, new AcceptContract(NextId(), Aliya), Buyer(Aliya));
        await Did(deal, new AcceptContract(NextId(), Seller), SellerUser);
        return deal;
    }

    public async Task<Guid> Paid()
    {
        var deal = await Unpaid();
        (await Deals.Pay(deal, NextId(), Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
        return deal;
    }

    /// <summary>Paid, and on its way to the scale.</summary>
    public async Task<Guid> Loaded()
    {
        var deal = await Paid();
        await Load(deal);
        return deal;
    }

    public async Task Load(Guid deal)
    {
        var day = new DateOnly(2026, 3, 10);
        await Did(deal, new ProposePickUp(NextId(), Aliya, day), Buyer(Aliya));
        await Did(deal, new ProposePickUp(NextId(), Seller, day), SellerUser);
        await Did(deal, new RecordLoading(NextId(), Seller, "123 ABC 02"), SellerUser);
    }

    public Task Weigh(Guid deal, string gross, string tare) => Did(
        deal, new RecordWeighing(NextId(), Aliya, TextValue.Parse<Mass>(gross), TextValue.Parse<Mass>(tare), Share.FromPercent(10), Share.FromPercent(1), "T-1", "123 ABC 02"), Buyer(Aliya));

    public async Task Did(Guid deal, DealCommand command, Caller caller) => (await Deals.Send(deal, command, caller, Ct)).Refusals.Should().BeEmpty();

    private SteppingHouse Open(DateTimeOffset now) => SteppingHouse.Open(FrontHost.All(rules, FrontModule.Module), new HouseOptions(Folder), now, Log, grains => new MortalGrains(grains, Fuse));

    public Task<Money> Held(Guid bidder) => Desk.HeldOf(Currency.Kzt, LotId, bidder, Ct);

    public Task<Money> Free(Guid organisation) => Ties.FreeMoney(Database)(Currency.Kzt, organisation, Ct);

    public async Task<Money> Balance(AccountId account) =>
        new((await new LedgerQueries(Database).Accounts(Currency.Kzt, [account], Ct)).SingleOrDefault()?.Balance.Posted ?? 0, Currency.Kzt);

    public Guid NextId() => CommandIds.Derived(Stepping.Now, $"test {Interlocked.Increment(ref commands)}");

    public static Guid Id(int n) => new(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    public static PricePerTonne PerTonne(long tenge) => PricePerTonne.From(tenge * 100, Currency.Kzt);

    public static Money Tenge(decimal tenge) => new((long)(tenge * 100), Currency.Kzt);
}

/// <summary>Keeps errors, and whose they are.</summary>
public sealed class Complaints : ILoggerFactory, ILogger
{
    private readonly List<string> said = [];

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (said) return [.. said];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It keeps what is said itself.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        lock (said) said.Add(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
