using System.Globalization;
using System.Net;
using System.Text;
using Ainalym.Identity.Notices;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using Ainalym.Support;

namespace Ainalym.Front.Tests;

/// <summary>Invoices for topping up: each has a reference of its own, and whoever pays too little or too much is told.</summary>
public sealed class InvoiceTests(FrontServer server)
{
    private static int statements;

    [Fact]
    public async Task Who_pays_an_invoice_in_parts_is_told_what_is_missing_and_what_is_too_much()
    {
        var (program, _, bin) = await server.NewProgram("buyer");
        using var payer = program;
        var (id, reference) = await Make(payer, 1_500);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        for ((string?, string?, string?) standing = default; standing != ("0.00 KZT", "1500.00 KZT", "0.00 KZT"); await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token)) standing = await Standing(payer, id);
        var number = (await payer.GetAsync($"/api/v1/wallet/invoices/{id}").Json()).GetProperty("number").GetString();

        await Pay((600, $"Оплата по счёту, {TextValue.Parse<PaymentReference>(reference).Grouped}"));
        (await Told(payer, 1)).Should().Equal($"invoice-short 600.00 KZT {number} 900.00 KZT");
        (await Standing(payer, id)).Should().Be(("600.00 KZT", "900.00 KZT", "0.00 KZT"));

        await Pay((900, reference), (1, reference), (7, PaymentReference.For(TextValue.Parse<Bin>(bin)).ToString()));
        (await Told(payer, 4)).Should().BeEquivalentTo([$"invoice-short 600.00 KZT {number} 900.00 KZT", $"invoice-paid 900.00 KZT {number}", $"invoice-over 1.00 KZT {number} 1.00 KZT", "money-in 7.00 KZT"]);
        (await Standing(payer, id)).Should().Be(("1501.00 KZT", "0.00 KZT", "1.00 KZT"));
        (await Available(payer, "1508.00 KZT")).Should().Be("1508.00 KZT", "all that came in is his, whatever was asked for");
    }

    [Fact]
    public async Task The_page_of_an_invoice_says_what_has_come_in()
    {
        var organisation = server.NewOrganisation();
        using var payer = server.Visitor();
        (await payer.Register(organisation)).StatusCode.Should().Be(HttpStatusCode.Created);
        (await payer.SendForm("/sign-in", "/sign-in", new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = (string)organisation["email"]!, ["password"] = "three plain words" })).StatusCode.Should().Be(HttpStatusCode.Redirect);
        using var made = await payer.SendForm("/my/wallet", "/my/wallet/invoices", new Dictionary<string, string>(StringComparer.Ordinal) { ["amount"] = "100" });
        var page = made.Headers.Location!.OriginalString;
        var document = (await new DocumentQueries(server.Database).One(Guid.ParseExact(page["/documents/".Length..], "N"), CancellationToken.None))!;
        foreach (var (amount, said) in new[] { (0, "Nothing has come in for this invoice yet."), (40, "is still missing. Pay the rest with the same reference."), (60, "This invoice is paid:"), (1, "more than it asks for. All of it was credited to your wallet.") })
        {
            if (amount > 0) await Pay((amount, document.Content.PaidBy!.Value.ToString()));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (!(await payer.GetStringAsync(page)).Contains(said, StringComparison.Ordinal)) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>What was paid before counts for the invoice in its place; what is paid for it once it is void is plain money.</summary>
    [Fact]
    public async Task A_void_invoice_is_paid_no_more_and_the_one_in_its_place_has_what_it_had()
    {
        var (program, _, bin) = await server.NewProgram("buyer");
        using var payer = program;
        using var operators = await server.Program("operator");
        var (id, reference) = await Make(payer, 100);
        var document = (await new DocumentQueries(server.Database).One(id, CancellationToken.None))!;
        await Pay((30, reference));
        (await Told(payer, 1)).Should().Equal($"invoice-short 30.00 KZT {document.FullNumber} 70.00 KZT");
        await operators.Write(HttpMethod.Post, $"/api/v1/document-series/{document.Series}/{document.Number}/void", new { reason = "Не тот плательщик" }).Json();
        await Pay((5, reference));
        (await Told(payer, 2)).Should().Contain("money-in 5.00 KZT");
        (await payer.GetAsync($"/api/v1/wallet/invoices/{id}").Json()).GetProperty("void").GetBoolean().Should().BeTrue();

        var anew = (await operators.Write(HttpMethod.Post, $"/api/v1/document-series/{document.Series}/{document.Number}/replacement", new { }).Json()).GetProperty("number").GetInt64();
        var next = PaymentReference.For(TextValue.Parse<Bin>(bin), server.Time.GetUtcNow().Year, anew).ToString();
        next.Should().NotBe(reference);
        await Pay((70, next));
        (await Told(payer, 3)).Should().Contain($"invoice-paid 70.00 KZT {document.NumberOf(anew)}");
    }

    [Fact]
    public async Task Only_the_payers_own_invoice_counts_and_only_one_at_a_time()
    {
        var ((program, _, bin), (others, _, _)) = (await server.NewProgram("buyer"), await server.NewProgram("buyer"));
        using var payer = program;
        using var stranger = others;
        var ((first, one), (_, two)) = (await Make(payer, 100), await Make(payer, 50));
        var theirs = await Make(stranger, 40);

        // The number of an invoice that is not the payer's, with his own BIN: somebody made it up.
        var (_, invented) = TextValue.Parse<PaymentReference>(theirs.Reference).Invoice!.Value;
        await Pay((150, $"{one} {two}"), (40, PaymentReference.For(TextValue.Parse<Bin>(bin), server.Time.GetUtcNow().Year, invented).ToString()));
        (await Told(payer, 2)).Should().BeEquivalentTo(["money-in 150.00 KZT", "money-in 40.00 KZT"]);
        (await Standing(payer, first)).Paid.Should().Be("0.00 KZT");
        (await Standing(stranger, theirs.Id)).Paid.Should().Be("0.00 KZT");
        (await stranger.GetAsync($"/api/v1/wallet/invoices/{first}").Problem()).Should().Be((404, "journal.request.not-found", null));
        (await payer.GetAsync($"/api/v1/wallet/invoices/{CommandIds.New(TimeProvider.System)}").Problem()).Should().Be((404, "journal.request.not-found", null));
    }

    /// <summary>Two payers are named: the operator says whose it is, and the invoice of that one counts.</summary>
    [Fact]
    public async Task What_the_operator_assigns_counts_for_the_invoice_too()
    {
        var ((program, _, bin), (others, _, other)) = (await server.NewProgram("buyer"), await server.NewProgram("buyer"));
        using var payer = program;
        using var stranger = others;
        using var operators = await server.Program("operator");
        var (id, reference) = await Make(payer, 100);
        var number = (await payer.GetAsync($"/api/v1/wallet/invoices/{id}").Json()).GetProperty("number").GetString();
        var entry = await Pay((100, $"{reference} или {PaymentReference.For(TextValue.Parse<Bin>(other))}"));
        await operators.Write(HttpMethod.Post, $"/api/v1/bank/entries/{entry}/assignment", new { bin }).Json();
        (await Told(payer, 1)).Should().Equal($"invoice-paid 100.00 KZT {number}");
        var plain = await Pay((3, "за макулатуру"));
        await operators.Write(HttpMethod.Post, $"/api/v1/bank/entries/{plain}/assignment", new { bin }).Json();
        (await Told(payer, 2)).Should().Contain("money-assigned-amount 3.00 KZT");
    }

    /// <summary>
    /// A payment, its invoice made void and issued anew, another payment, a payment by card that is taken back and given again: what stands for the invoice follows, and a rebuild, which takes all of it in
    /// one page, comes to the same.
    /// </summary>
    [Fact]
    public async Task Invoices_stand_after_a_rebuild_as_they_stood()
    {
        await using var house = new TradingHouse();
        var (db, grains, bin) = (house.Database, house.Stepping.House.Grains, TextValue.Parse<Bin>("991240000013"));
        var (desk, notices) = (new DocumentDesk(grains, new DocumentQueries(db)), new NoticeQueries(db));
        var rail = new RailDesk(grains, new EntryQueries(db), new PayoutQueries(db), (_, _) => Task.FromResult<IReadOnlyDictionary<Bin, Guid>>(new Dictionary<Bin, Guid> { [bin] = TradingHouse.Aliya }), house.Stepping.House.Clock);
        var content = new DocumentContent(2, new([new("payer", TradingHouse.Aliya, "Қағаз", bin)]), new([new("top-up", new([new("reference", PaymentReference.For(bin).Grouped)]))]), TradingHouse.Tenge(100));
        var first = await desk.Issue(DocumentKind.TopUpInvoice, Guid.CreateVersion7(TradingHouse.Noon), TradingHouse.Noon, "payer", content, TradingHouse.Ct);
        await Tell(Movement("P-1", 60, first.Content.PaidBy));
        var operators = new Caller(TradingHouse.Aliya, TradingHouse.Aliya, Roles.Operator);
        (await desk.Void(first.Series, new VoidNumber(CommandIds.New(TimeProvider.System), 1, "x"), operators, TradingHouse.Ct)).Refusals.Should().BeEmpty();
        (await desk.Replace(first.Series, 1, CommandIds.New(TimeProvider.System), (parties, _) => Task.FromResult(parties), operators, TradingHouse.Ct)).Refusals.Should().BeEmpty();
        var second = (await new DocumentQueries(db).At(first.Series, 2, TradingHouse.Ct))!;
        await house.Stepping.House.CatchUp();
        (await Standing()).Should().Be((60, 40, 0));
        await Tell(Movement("P-2", 70, second.Content.PaidBy));
        (await Standing()).Should().Be((130, 0, 30));
        await Tell(Movement("T-2", 70, written: null, undoes: "P-2"));
        (await Standing()).Should().Be((60, 40, 0), "it was taken back");
        await Tell(Movement("G-2", 70, written: null, undoes: "T-2"), Movement("P-3", 1, second.Content.PaidBy));
        (await Standing()).Should().Be((131, 0, 31), "it was given again");

        var told = await Told();
        told.Should().Contain("invoice-over/70.00 KZT/TU-2026-000002/30.00 KZT").And.Contain("money-taken-back/70.00 KZT");
        await house.Stepping.House.Rebuild("front/notices", progress: null, TradingHouse.Ct);
        (await Standing()).Should().Be((131, 0, 31));
        (await Told()).Should().Equal(told);

        async Task Tell(params EntryFacts[] movements)
        {
            (await rail.Tell(movements, TradingHouse.Ct)).Should().AllSatisfy(receipt => receipt.Refusals.Should().BeEmpty());
            // The follower that knows whose a movement is, and then the projection.
            foreach (var _ in (int[])[1, 2]) await house.Stepping.House.CatchUp();
        }

        EntryFacts Movement(string reference, long tenge, PaymentReference? written, string? undoes = null) => new(
            TextValue.Parse<RailAccount>("card:acct_1"), reference, TradingHouse.Tenge(tenge), IsCredit: reference[0] != 'T', new DateOnly(2026, 3, 2), PayerName: null, PayerAccount: null, EndToEndId: null, written?.ToString() ?? "", undoes);

        async Task<(decimal Paid, decimal Missing, decimal Over)> Standing()
        {
            var standing = (await new InvoiceQueries(db).Of(Guid.ParseExact(second.DocumentId, "N"), TradingHouse.Ct))!;
            return (standing.Paid.MinorUnits / 100m, standing.Missing.MinorUnits / 100m, standing.Over.MinorUnits / 100m);
        }

        async Task<IReadOnlyList<string>> Told() => [.. (await notices.Latest(TradingHouse.Aliya, long.MaxValue, 0, 100, TradingHouse.Ct)).Select(notice => string.Join('/', notice.Facts.Select(fact => fact.Value).Prepend(notice.Kind)))];
    }

    private static async Task<(Guid Id, string Reference)> Make(HttpClient payer, long tenge)
    {
        var id = (await payer.Write(HttpMethod.Post, "/api/v1/wallet/invoices", new { amount = FormattableString.Invariant($"{tenge}.00 KZT") }).Json()).GetProperty("document_id").GetGuid();
        return (id, (await payer.GetAsync($"/api/v1/wallet/invoices/{id}").Json()).GetProperty("reference").GetString()!);
    }

    private static async Task<(string? Paid, string? Missing, string? Over)> Standing(HttpClient payer, Guid invoice)
    {
        var answer = await payer.GetAsync($"/api/v1/wallet/invoices/{invoice}").Json();
        return (Of("paid"), Of("missing"), Of("over"));

        string? Of(string sum) => answer.TryGetProperty(sum, out var said) ? said.GetString() : null;
    }

    /// <summary>Waits for so many notices of money.</summary>
    /// <returns>Their kinds and facts.</returns>
    private static async Task<IReadOnlyList<string>> Told(HttpClient payer, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var notices = (await payer.GetAsync("/api/v1/notices").Json()).GetProperty("items").EnumerateArray()
                .Where(notice => notice.GetProperty("kind").GetString()!.StartsWith("invoice-", StringComparison.Ordinal) || notice.GetProperty("kind").GetString()!.StartsWith("money-", StringComparison.Ordinal))
                .Select(notice => $"{notice.GetProperty("kind")} {string.Join(' ', notice.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("value").GetString()))}").ToList();
            if (notices.Count >= count) return notices;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<string?> Available(HttpClient payer, string wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var available = (await payer.GetAsync("/api/v1/wallet/KZT").Json()).GetProperty("available").GetString();
            if (available == wanted || patience.IsCancellationRequested) return available;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>A statement of its own tells of the payments.</summary>
    /// <returns>The entry of the first.</returns>
    private async Task<string> Pay(params (long Tenge, string Written)[] payments)
    {
        using var operators = await server.Program("operator");
        var name = string.Create(CultureInfo.InvariantCulture, $"INV-{Interlocked.Increment(ref statements)}");
        var statement = Camt.Document(Camt.Statement(0, payments.Sum(payment => payment.Tenge), string.Concat(payments.Select((payment, n) => Camt.Entry($"{name}-{n}", payment.Tenge, written: payment.Written))), id: name, account: FrontOptions.DemoAccount));
        (await operators.PostAsync("/api/v1/bank/statements", new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(statement)), "statement", "s.xml" } })).EnsureSuccessStatusCode();
        return EntryFacts.IdOf(RailAccount.At(TextValue.Parse<Iban>(FrontOptions.DemoAccount)), $"{name}-0");
    }
}
