using System.Net;
using System.Text;
using Ainalym.Front.Demo;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Rails;
using Ainalym.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

/// <summary>Money in by the bank's statement, as the operator and the payer see it.</summary>
public sealed class BankTests(FrontServer server)
{
    [Fact]
    public async Task A_statement_tops_up_who_paid_and_the_rest_waits_for_the_operator()
    {
        var (program, _, bin) = await server.NewProgram("buyer");
        using var payer = program;
        var reference = PaymentReference.For(TextValue.Parse<Bin>(bin)).Grouped;
        using var operators = await server.Program("operator");
        var result = await Send(operators, Camt.Document(Camt.Statement(0, 130, Camt.Entry($"B{bin}", 100, written: $"Пополнение {reference}") + Camt.Entry($"U{bin[..6]}", 30, written: "не знаю за что"), id: $"S{bin}", account: FrontOptions.DemoAccount))).Json();
        (result.GetProperty("matched").GetInt32(), result.GetProperty("unmatched").GetInt32()).Should().Be((1, 1));
        for (var posted = false; !posted; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System)) posted = (await payer.GetAsync("/api/v1/wallet/KZT").Json()).GetProperty("available").GetString() == "100.00 KZT";

        using var pages = server.Visitor();
        await pages.SignInByForm("operator");
        (await pages.GetStringAsync("/operator/bank")).Should().Contain("не знаю за что").And.Contain($"S{bin}");
    }

    [Fact]
    public async Task What_nobody_knows_may_be_said_to_give_a_payout_back()
    {
        var (program, _, bin) = await server.NewProgram("buyer");
        program.Dispose();
        using var operators = await server.Program("operator");
        await Send(operators, Camt.Document(Camt.Statement(0, 30, Camt.Entry($"P{bin}", 30, written: "возврат", called: ""), id: $"P{bin}", account: FrontOptions.DemoAccount))).Json();
        var entry = EntryFacts.IdOf(TextValue.Parse<RailAccount>(FrontOptions.DemoAccount), $"P{bin}");
        var payout = Guid.CreateVersion7(server.Time.GetUtcNow());
        foreach (var id in (string[])[payout.ToString("D"), payout.ToString("N")])
            (await operators.Write(HttpMethod.Post, $"/api/v1/bank/entries/{entry}/payout", new { payout_id = id }).Problem()).Should().Be((422, "settlement.entry.payout-unknown", "payout_id"), "a list gives the id as a payment file does");
        foreach (var id in (object[])[$"{{{payout}}}", "7", 7, new { }])
            (await operators.Write(HttpMethod.Post, $"/api/v1/bank/entries/{entry}/payout", new { payout_id = id }).Problem()).Should().Be((400, "journal.request.wrong-type", "payout_id"));

        using var pages = server.Visitor();
        await pages.SignInByForm("operator");
        (await pages.GetStringAsync("/operator/bank")).Should().Contain($"/operator/bank/entries/{entry}/payout").And.Contain("It gives this payout back");
        using var refused = await pages.SendForm("/operator/bank", $"/operator/bank/entries/{entry}/payout", new Dictionary<string, string>(StringComparer.Ordinal) { ["payout_id"] = payout.ToString() });
        (await refused.Content.ReadAsStringAsync()).Should().Contain($"There is no payout {payout:N}");
    }

    [Fact]
    public async Task What_the_bank_took_back_is_charged_to_whom_it_was_and_he_is_told()
    {
        var (program, _, bin) = await server.NewProgram("buyer");
        using var payer = program;
        using var operators = await server.Program("operator");
        var entries = Camt.Entry($"B{bin}", 100, written: bin) + Camt.Entry($"R{bin}", 150, credit: false, written: "Отзыв платежа", called: "").Replace("<Sts>", "<RvslInd>true</RvslInd><Sts>", StringComparison.Ordinal);
        await Send(operators, Camt.Document(Camt.Statement(50, 0, entries, id: $"R{bin}", account: FrontOptions.DemoAccount))).Json();
        var entry = (await operators.GetAsync("/api/v1/bank/entries/unexplained").Json()).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("reference").GetString() == $"R{bin}").GetProperty("entry_id").GetString();
        using var pages = server.Visitor();
        await pages.SignInByForm("operator");
        (await pages.GetStringAsync("/operator/bank")).Should().Contain($"/operator/bank/entries/{entry}/assignment").And.Contain($"/operator/bank/entries/{entry}/charge");

        (await operators.Write(HttpMethod.Post, $"/api/v1/bank/entries/{entry}/assignment", new { bin = "000000000000" }).Problem()).Field.Should().Be("bin");
        await operators.Write(HttpMethod.Post, $"/api/v1/bank/entries/{entry}/assignment", new { bin }).Json();
        for (var owed = ""; owed != "50.00 KZT"; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System)) owed = (await payer.GetAsync("/api/v1/wallet/KZT").Json()).GetProperty("owed").GetString();
        (await payer.GetAsync("/api/v1/wallet/KZT").Json()).GetProperty("available").GetString().Should().Be("0.00 KZT");
        for (var told = false; !told; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
            told = (await payer.GetAsync("/api/v1/notices").Json()).GetProperty("items").EnumerateArray().Any(notice => notice.GetProperty("kind").GetString() == "money-taken-back");
    }

    /// <summary>As if somebody had posted to the bank what no statement tells of.</summary>
    [Fact]
    public async Task The_house_compares_with_the_bank_every_night()
    {
        await using var house = new TradingHouse();
        var account = new HouseAccounts([new(TextValue.Parse<Iban>(Camt.Account), Currency.Kzt)], "Ainalym");
        using var statement = new MemoryStream(Encoding.UTF8.GetBytes(Camt.Document(Camt.Statement(30, 130, Camt.Entry("A1", 100)))));
        await StatementImport.Of(house.Stepping.House, (_, _) => Task.FromResult<IReadOnlyDictionary<Bin, Guid>>(new Dictionary<Bin, Guid>()), account).Take(statement, progress: null, TradingHouse.Ct);
        await house.Stepping.AdvanceTo(TradingHouse.Noon.AddDays(2), TradingHouse.Ct);
        house.Log.Said.Should().BeEmpty("all is accounted for");
        await house.Pay(TradingHouse.Aliya, 7);
        await house.Stepping.AdvanceTo(TradingHouse.Noon.AddDays(3), TradingHouse.Ct);
        house.Log.Said.Should().ContainSingle().Which.Should().Contain("-7.00 KZT");
    }

    [Fact]
    public async Task Each_currency_that_the_house_has_an_account_in_is_compared()
    {
        var files = Directory.CreateTempSubdirectory("ainalym-currencies-").FullName;
        HouseAccount[] accounts = [new(TextValue.Parse<Iban>(FrontOptions.DemoAccount), Currency.Kzt), new(TextValue.Parse<Iban>(Camt.Account), TextValue.Parse<Currency>("USD"))];
        await using (var app = FrontHost.Build(new FrontOptions(files, Urls: "http://127.0.0.1:0") { Time = server.Time, BankAccounts = accounts }, FrontPorts.Embedded))
        {
            await app.StartAsync();
            await DemoOrganisations.Register(app.Services.GetRequiredService<IDatabase>(), server.Time);
            using var pages = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.Single()) };
            pages.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
            await pages.SignInByForm("operator");
            var statement = Camt.Document(Camt.Statement(0, 30, Camt.Entry("D-1", 30, written: "unknown"), id: "DOLLARS")).Replace(">KZT<", ">USD<", StringComparison.Ordinal).Replace("\"KZT\"", "\"USD\"", StringComparison.Ordinal);
            await using var scope = app.Services.CreateAsyncScope();
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(statement));
            (await scope.ServiceProvider.GetRequiredService<StatementImport>().Take(file, progress: null, CancellationToken.None)).Unmatched.Should().Be(1);
            var page = await pages.GetStringAsync("/operator/bank");
            page.Should().ContainAll("Reconciliation, KZT", "Reconciliation, USD", "DOLLARS");

            using var buyer = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.Single()) };
            buyer.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
            await buyer.SignInByForm("buyer");
            (await buyer.GetStringAsync("/my/wallet")).Should().ContainAll(FrontOptions.DemoAccount, "/my/wallet?currency=USD");
            (await buyer.GetStringAsync("/my/wallet?currency=USD")).Should().ContainAll(Camt.Account, "/my/wallet?currency=KZT", "0.00&#xA0;USD", "Invoice for an amount, USD");
            (await buyer.GetStringAsync("/my/wallet?currency=EUR")).Should().Contain("no bank account in EUR").And.NotContain(Camt.Account);
            (await buyer.GetAsync("/my/wallet?currency=tugrik")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
            foreach (var (amount, currency, shown) in new[] { ("12,50", "USD", "12.50"), ("7 KZT", "USD", "7.00&#xA0;₸"), ("8", "", "8.00&#xA0;₸") })
            {
                using var made = await buyer.SendForm("/my/wallet?currency=USD", "/my/wallet/invoices", new Dictionary<string, string>(StringComparer.Ordinal) { ["amount"] = amount, ["currency"] = currency });
                (await buyer.GetStringAsync(made.Headers.Location!.OriginalString)).Should().Contain(shown).And.Contain(shown == "12.50" ? Camt.Account : FrontOptions.DemoAccount);
            }
        }

        Directory.Delete(files, recursive: true);
    }

    [Fact]
    public async Task A_wallet_says_how_to_pay_in()
    {
        using var pages = server.Visitor();
        await pages.SignInByForm("buyer");
        (await pages.GetStringAsync("/my/wallet")).Should().Contain(PaymentReference.For(DemoOrganisations.BinOf(DemoOrganisations.All.Index().Single(demo => demo.Item.Key == "buyer").Index)).Grouped).And.Contain(FrontOptions.DemoAccount);
    }

    [Fact]
    public async Task A_file_that_is_no_statement_is_told_with_its_line()
    {
        using var operators = await server.Program("operator");
        (await Send(operators, "<Document>").Problem()).Should().Be((422, "settlement.statement.not-a-statement", "statement"));
        (await Send(operators, Camt.Document(Camt.Statement(0, 5, Camt.Entry("A1", 5)))).Problem()).Should().Be((422, "settlement.import.not-our-account", "statement"));
    }

    [Theory, InlineData("buyer"), InlineData("seller"), InlineData("regulator")]
    public async Task Only_the_operator_has_the_banks_desk(string user)
    {
        using var program = await server.Program(user);
        foreach (var path in (string[])["entries/unmatched", "reconciliation/KZT"])
            (await program.GetAsync($"/api/v1/bank/{path}")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await Send(program, Camt.Document(Camt.Statement(0, 5, Camt.Entry("A1", 5))))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, string statement) => client.PostAsync(
        "/api/v1/bank/statements", new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(statement)), "statement", "statement.xml" } });
}
