using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Documents;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>Numbers of documents have no gap, whatever happens.</summary>
public sealed class DocumentSeriesTests : IAsyncDisposable
{
    private const string Series = "GR-2026";
    private static readonly Caller Operator = new(Id(1), Id(2), Roles.Operator);

    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-series-").FullName;
    private SteppingHouse stepping;

    public DocumentSeriesTests() => stepping = Open();

    internal static DocumentContent Content { get; } = new(
        1, new([new("buyer", Id(0xA), "ТОО «Қағаз»", TextValue.Parse<Bin>("991240000013")), new("platform", null, "Ainalym", null)]),
        new([new("guarantee", new([new("amount", Tenge(50))]), new(new(["amount"]), new([new([Tenge(50)])])))]), Tenge(50));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        var verified = stepping.House.Verify(published: null, progress: null, CancellationToken.None);
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        verified.Difference.Should().BeNull();
    }

    [Fact]
    public async Task Many_at_once_and_a_restart_leave_no_gap()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Task.Run(() => Number(1_000 + n, document: 5_000 + n))));
        await stepping.DisposeAsync();
        stepping = Open();
        await Task.WhenAll(Enumerable.Range(100, 100).Select(n => Task.Run(() => Number(1_000 + n, document: 5_000 + n))));

        var numbers = await Numbers();
        numbers.Select(row => row.Number).Should().Equal(Enumerable.Range(1, 200).Select(n => (long)n));
        numbers.Should().OnlyHaveUniqueItems(row => row.DocumentId);
    }

    [Fact]
    public async Task Two_processes_give_each_number_once()
    {
        await using var other = Open();
        House[] houses = [stepping.House, other.House];
        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Task.Run(() => Send(new IssueDocument(Id(1_000 + n), Id(5_000 + n), DocumentKind.GuaranteeReceipt, "deal", Content), Caller.House, houses[n % 2]))));
        (await Numbers()).Select(row => row.Number).Should().Equal(Enumerable.Range(1, 60).Select(n => (long)n));
    }

    [Fact]
    public async Task The_same_document_asked_twice_has_one_number()
    {
        await Number(1, document: 50);
        (await Number(1, document: 50)).Repeated.Should().BeTrue();
        (await Number(2, document: 50)).Refusal.Should().Be(new Refusal(DocumentSeriesRefusal.AlreadyNumbered, 1));
        (await Number(3, document: 51)).Events.Should().ContainSingle().Which.Should().Be(new DocumentIssued(2, Id(51), DocumentKind.GuaranteeReceipt, "deal", Content, Noon));
        (await Numbers()).Should().HaveCount(2);
    }

    /// <summary>Texts and names may have changed since it was issued: what was issued stays.</summary>
    [Fact]
    public async Task The_same_document_asked_again_with_other_content_is_the_same()
    {
        var desk = new DocumentDesk(stepping.House.Grains, new DocumentQueries(stepping.House.Database));
        await desk.Issue(DocumentKind.GuaranteeReceipt, Id(50), Noon, "deal", Content, Ct);
        await desk.Issue(DocumentKind.GuaranteeReceipt, Id(50), Noon, "another", Content with { Edition = 2 }, Ct);
        await desk.Issue(DocumentKind.GuaranteeReceipt, Id(50), Noon.AddYears(1), "deal", Content with { Edition = 3 }, Ct);
        (await Send(new IssueDocument(CommandIds.Derived(Noon, $"settlement/document/{Id(50):N}"), Id(50), DocumentKind.GuaranteeReceipt, "deal", Content with { Edition = 4 }), Caller.House)).Repeated.Should().BeTrue("so does one who did not see it yet");
        (await Numbers()).Should().ContainSingle().Which.Content.Should().Be(Content);
        (await new DocumentQueries(stepping.House.Database).Numbers("GR-2027", after: 0, 10, Ct)).Should().BeEmpty();
    }

    /// <summary>The year turns at midnight in Kazakhstan, and a document is of the day of its number, whenever it came to be issued.</summary>
    [Theory]
    [InlineData("2026-12-31T18:59:59Z", "GR-2026")]
    [InlineData("2026-12-31T19:00:00Z", "GR-2027")]
    public async Task A_document_is_of_the_year_of_its_number(string at, string series)
    {
        var happened = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        DocumentSeriesNames.Of(DocumentKind.GuaranteeReceipt, happened).Should().Be(series);
        await new DocumentDesk(stepping.House.Grains, new DocumentQueries(stepping.House.Database)).Issue(DocumentKind.GuaranteeReceipt, Id(50), happened, "deal", Content, Ct);
        var issued = (await new DocumentQueries(stepping.House.Database).One(Id(50), Ct))!;
        (issued.Series, DateTimeOffset.FromUnixTimeMilliseconds(issued.AtMs)).Should().Be((series, happened));
    }

    [Fact]
    public async Task Each_document_has_a_check_code_of_its_own_that_stays()
    {
        var desk = new DocumentDesk(stepping.House.Grains, new DocumentQueries(stepping.House.Database));
        foreach (var document in (int[])[50, 51, 50]) await desk.Issue(DocumentKind.GuaranteeReceipt, Id(document), Noon, "deal", Content, Ct);
        var codes = (await Numbers()).Select(row => row.CheckCode!).ToList();
        codes.Should().HaveCount(2).And.OnlyHaveUniqueItems().And.AllSatisfy(code => code.Should().MatchRegex("^[0-9a-f]{32}$"));
        await desk.Issue(DocumentKind.GuaranteeReceipt, Id(50), Noon, "deal", Content, Ct);
        var queries = new DocumentQueries(stepping.House.Database);
        (await queries.Checked(codes[0], Ct))!.DocumentId.Should().Be(Id(50).ToString("N"));
        (await queries.Checked(Id(50).ToString("N"), Ct)).Should().BeNull("who can work out the id knows nothing");
    }

    [Fact]
    public async Task A_document_from_before_there_were_codes_is_found_by_its_id()
    {
        await Number(1, document: 50);
        (await new DocumentQueries(stepping.House.Database).Checked(Id(50).ToString("N"), Ct))!.Should().BeEquivalentTo(new { CheckCode = (string?)null, PublicCode = Id(50).ToString("N"), Number = 1L });
    }

    [Fact]
    public async Task A_void_number_stays_listed_with_its_reason_and_is_not_given_again()
    {
        await Number(1, document: 50);
        await Send(new VoidNumber(Id(2), 1, "Made by mistake"), Operator);
        await Number(3, document: 51);
        (await Numbers()).Select(row => (row.Number, row.VoidReason)).Should().Equal((1, "Made by mistake"), (2, null));
    }

    [Fact]
    public async Task What_cannot_be_void_is_told_why()
    {
        await Number(1, document: 50);
        (await Refused(0, "x")).Should().Be(DocumentSeriesRefusal.NumberNotFound);
        (await Refused(2, "x")).Should().Be(DocumentSeriesRefusal.NumberNotFound);
        (await Refused(1, " ")).Should().Be(DocumentSeriesRefusal.ReasonMissing);
        (await Refused(1, new string('x', VoidNumber.LongestReason + 1))).Should().Be(DocumentSeriesRefusal.ReasonMissing);
        (await Refused(1, new string('x', VoidNumber.LongestReason))).Should().BeNull();
        (await Refused(1, "x")).Should().Be(DocumentSeriesRefusal.AlreadyVoid);
    }

    [Fact]
    public async Task A_void_document_is_issued_anew_once_under_the_next_number()
    {
        var desk = new DocumentDesk(stepping.House.Grains, new DocumentQueries(stepping.House.Database));
        await desk.Issue(DocumentKind.GuaranteeReceipt, Id(50), Noon.AddDays(-1), "deal", Content, Ct);
        (await Anew(2, 1, Operator)).Refusal!.Code.Should().Be(DocumentSeriesRefusal.NotVoid);
        (await Anew(3, 9, Operator)).Refusal!.Code.Should().Be(DocumentSeriesRefusal.NumberNotFound);
        await Send(new VoidNumber(Id(4), 1, "Made by mistake"), Operator);
        (await Anew(5, 1, new Caller(Id(1), Id(2), Roles.Buyer))).Refusal!.Code.Should().Be(JournalRefusal.NotPermitted);
        (await Anew(6, 1, Operator)).Refusals.Should().BeEmpty();
        (await Anew(6, 1, Operator)).Repeated.Should().BeTrue();
        (await Anew(7, 1, Operator)).Refusal.Should().Be(new Refusal(DocumentSeriesRefusal.AlreadyReplaced, 2));

        var numbers = await Numbers();
        numbers.Select(row => (row.Number, row.ReplacedBy, row.InPlaceOf)).Should().Equal((1, 2, null), (2, null, 1));
        (numbers[1].Content, numbers[1].AtMs, numbers[1].Subject).Should().Be((Content, numbers[0].AtMs, "deal"));
        numbers[1].CheckCode.Should().NotBe(numbers[0].CheckCode);
        await desk.Issue(DocumentKind.GuaranteeReceipt, Id(50), Noon.AddDays(-1), "deal", Content, Ct);
        (await Numbers()).Should().HaveCount(2, "who asks for the first again asks for no third");

        Task<Receipt<DocumentSeriesEvent>> Anew(int id, long number, Caller caller) => desk.Replace(Series, number, Id(id), (parties, _) => Task.FromResult(parties), caller, Ct);
    }

    [Fact]
    public async Task An_invoice_asks_for_the_reference_of_its_number()
    {
        var payer = TextValue.Parse<Bin>("991240000013");
        var content = new DocumentContent(2, new([new("payer", Id(0xA), "ТОО «Қағаз»", payer)]), new([new("top-up", new([new("account", "KZ"), new("reference", PaymentReference.For(payer).Grouped), new("total", Tenge(50))]))]), Tenge(50));
        var desk = new DocumentDesk(stepping.House.Grains, new DocumentQueries(stepping.House.Database));
        var midnight = new DateTimeOffset(2026, 12, 31, 19, 0, 0, TimeSpan.Zero);
        foreach (var (document, at) in new[] { (50, Noon), (51, Noon), (51, Noon), (52, midnight) }) await desk.Issue(DocumentKind.TopUpInvoice, Id(document), at, "payer", content, Ct);
        (await desk.Void("TU-2026", new VoidNumber(Id(4), 2, "Wrong sum"), Operator, Ct)).Refusals.Should().BeEmpty();
        (await desk.Replace("TU-2026", 2, Id(5), (parties, _) => Task.FromResult(parties), Operator, Ct)).Refusals.Should().BeEmpty();

        var queries = new DocumentQueries(stepping.House.Database);
        var issued = (await queries.Numbers("TU-2026", after: 0, 10, Ct)).Concat(await queries.Numbers("TU-2027", after: 0, 10, Ct)).ToList();
        issued.Select(row => row.Content.PaidBy).Should().Equal(PaymentReference.For(payer, 2026, 1), PaymentReference.For(payer, 2026, 2), PaymentReference.For(payer, 2026, 3), PaymentReference.For(payer, 2027, 1));
        issued.Should().AllSatisfy(row => row.Content.Sections[0].Facts.Select(fact => fact.Label).Should().Equal("account", "reference", "total"));
        Content.PaidBy.Should().BeNull();
    }

    [Fact]
    public async Task The_house_gives_numbers_and_the_operator_takes_them_out_of_use()
    {
        (await Send(new IssueDocument(Id(1), Id(50), DocumentKind.GuaranteeReceipt, "deal", Content), Operator)).Refusal!.Code.Should().Be(JournalRefusal.NotPermitted);
        await Number(2, document: 50);
        (await Send(new VoidNumber(Id(3), 1, "x"), new Caller(Id(1), Id(2), Roles.Buyer))).Refusal!.Code.Should().Be(JournalRefusal.NotPermitted);
    }

    private int command = 100;

    private async Task<Enum?> Refused(long number, string reason) => (await Send(new VoidNumber(Id(command++), number, reason), Operator)).Refusal?.Code;

    private Task<Receipt<DocumentSeriesEvent>> Number(int id, int document) => Send(new IssueDocument(Id(id), Id(document), DocumentKind.GuaranteeReceipt, "deal", Content), Caller.House);

    private Task<Receipt<DocumentSeriesEvent>> Send(DocumentSeriesCommand order, Caller caller, House? house = null) => (house ?? stepping.House).Grains.Handle(DocumentSeriesGrain.Kind, Series, order, caller, Ct);

    private Task<IReadOnlyList<DocumentRow>> Numbers() => new DocumentQueries(stepping.House.Database).Numbers(Series, after: 0, 1_000, Ct);

    private SteppingHouse Open() => SteppingHouse.Open([SettlementModule.Module], new HouseOptions(folder), Noon, NullLoggerFactory.Instance);
}
