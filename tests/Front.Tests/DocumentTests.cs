using System.Globalization;
using System.Net;
using Ainalym.Contracts.Settlement;
using Ainalym.Front.Demo;
using Ainalym.Front.Papers;
using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Journal.Data;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Documents;
using Ainalym.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Front.Tests;

/// <summary>Documents as people get them: pages, PDF files that can be read back, and the public page that says whether one is genuine.</summary>
public sealed class DocumentTests(FrontServer server)
{
    private static readonly Bin BuyerBin = DemoOrganisations.BinOf(DemoOrganisations.All.Index().Single(demo => demo.Item.Key == "buyer").Index);

    [Theory]
    [InlineData("kk", "Сатып алу-сату шарты", "Тонна бағасы", "50 000,00 ₸/т", "Ылғалдылық", "13 %")]
    [InlineData("ru", "Договор купли-продажи", "Цена за тонну", "50 000,00 ₸/т", "Влажность", "13 %")]
    [InlineData("en", "Contract of sale", "Price per tonne", "50,000.00 ₸/t", "Moisture", "13%")]
    public async Task A_pdf_reads_as_it_was_issued_and_is_the_same_bytes_for_ever(string language, params string[] said)
    {
        var id = await Issue(DocumentKind.Contract, 1);
        using var buyer = server.Visitor();
        await buyer.SignInByForm("buyer");
        var first = await Pdf(buyer, id, language);
        (await Pdf(buyer, id, language)).Should().Equal(first);
        var text = await PdfText.Read(first);
        var code = (await new DocumentQueries(server.Database).One(id, CancellationToken.None))!.CheckCode;
        text.Should().ContainAll([.. said, "CT-2026-", BuyerBin.ToString(), $"/check/{code}"]);

        using var visitor = server.Visitor();
        var check = await visitor.GetStringAsync($"/check/{code}");
        check.Should().Contain("The document is genuine and valid.").And.Contain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(first)));
    }

    private static readonly Guid LotId = Guid.Parse("0190f5e1-8b8f-7cc0-98c5-dc0c0c070001"), DealId = Guid.Parse("0190f5e1-8b8f-7cc0-98c5-dc0c0c070002"), Hold = Guid.Parse("0190f5e1-8b8f-7cc0-98c5-dc0c0c070003");

    /// <summary>What stands in a file, a label with its value. The seller, the buyer and the number are the test's to put in.</summary>
    public static TheoryData<DocumentKind, string, string[]> OfGuaranteesAndRefunds => new()
    {
        { DocumentKind.GuaranteeReceipt, "kk", ["Кепілдік жарнасы туралы түбіртек № GR-", "Қатысушы {buyer}", "Алаң операторы Ainalym, БСН 991240000013", "Лот нөмірі {lot}", "Ұсталым нөмірі {hold}", "Ұсталған жарна 46 125,05 ₸", "Жарна сіздің ақшаңыз болып қалады", "жарна сатушыға және алаң операторына өтеді"] },
        { DocumentKind.GuaranteeReceipt, "ru", ["Квитанция о гарантийном взносе № GR-", "Участник торгов {buyer}", "Оператор площадки Ainalym, БИН 991240000013", "Лот {lot}", "Номер удержания {hold}", "Удержанный взнос 46 125,05 ₸", "Взнос остаётся вашими деньгами", "переходит продавцу и оператору площадки"] },
        { DocumentKind.GuaranteeReceipt, "en", ["Receipt for a guarantee № GR-", "Bidder {buyer}", "Platform operator Ainalym, BIN 991240000013", "Lot {lot}", "Number of the hold {hold}", "Guarantee held 46,125.05 ₸", "The guarantee stays your money", "it goes to the seller and the platform operator"] },
        { DocumentKind.ForfeitStatement, "kk", ["Кепілдік жарна туралы есеп № FS-", "Сатушы {seller}", "Сатып алушы {buyer}", "Алаң операторы Ainalym", "Мәміле {deal}", "Не орындалмады сатып алушы төлемеді", "Ұсталым нөмірі {hold}", "Ұсталған жарна 46 125,05 ₸", "Сатушыға 32 287,54 ₸", "Алаң операторына 13 837,51 ₸"] },
        { DocumentKind.ForfeitStatement, "ru", ["Расчёт по гарантийному взносу № FS-", "Продавец {seller}", "Покупатель {buyer}", "Оператор площадки Ainalym", "Сделка {deal}", "Что не исполнено покупатель не оплатил", "Номер удержания {hold}", "Удержанный взнос 46 125,05 ₸", "Продавцу 32 287,54 ₸", "Оператору площадки 13 837,51 ₸"] },
        { DocumentKind.ForfeitStatement, "en", ["Statement on a lost guarantee № FS-", "Seller {seller}", "Buyer {buyer}", "Platform operator Ainalym", "Deal {deal}", "What was not done the buyer did not pay", "Number of the hold {hold}", "Guarantee held 46,125.05 ₸", "To the seller 32,287.54 ₸", "To the platform operator 13,837.51 ₸"] },
        { DocumentKind.RefundStatement, "kk", ["Ақшаны қайтару есебі № RS-", "Сатушы {seller}", "Сатып алушы {buyer}", "Дау бойынша шешім", "Негіздеме Ничего не привезли", "Мәміле {deal}", "Неге тоқтады тауар берілмеді", "Эскроуға төленгені 922 501,00 ₸", "Сатып алушыға қайтарым 922 501,00 ₸"] },
        { DocumentKind.RefundStatement, "ru", ["Расчёт по возврату денег № RS-", "Продавец {seller}", "Покупатель {buyer}", "Решение по спору", "Обоснование Ничего не привезли", "Сделка {deal}", "Почему прекращена товар не передан", "Внесено на депонирование 922 501,00 ₸", "Возврат покупателю 922 501,00 ₸"] },
        { DocumentKind.RefundStatement, "en", ["Statement on a refund № RS-", "Seller {seller}", "Buyer {buyer}", "Decision of the dispute", "Reason Ничего не привезли", "Deal {deal}", "Why it ended nothing was delivered", "Paid into escrow 922,501.00 ₸", "Refund to the buyer 922,501.00 ₸"] },
    };

    [Theory, MemberData(nameof(OfGuaranteesAndRefunds))]
    public async Task A_pdf_of_a_guarantee_or_a_refund_reads_as_it_was_issued(DocumentKind kind, string language, string[] said)
    {
        var (seller, buyer, at) = (await Organisation("seller"), await Organisation("buyer"), server.Time.GetUtcNow());
        var (held, price) = (new Money(46_125_05, Currency.Kzt), PricePerTonne.From(4_500_005, Currency.Kzt));
        var guarantee = new DealGuarantee(new TransferId(Hold), held);
        var terms = new DealTerms(
            LotId, seller.Id, buyer.Id, 1, TextValue.Parse<GradeCode>("1.04.00"), TextValue.Parse<WasteCode>("15 01 01"), TextValue.Parse<Mass>("20500"), Share.FromPercent(10), Share.FromPercent(1), TextValue.Parse<Region>("75"), "Алматы",
            new DateOnly(2026, 5, 10), new DateOnly(2026, 5, 20), price, new Money(922_501_00, Currency.Kzt), DealRuleBook.Usual.At(at), guarantee);
        var id = await Issue(kind, 30, contents => kind switch
        {
            DocumentKind.GuaranteeReceipt => contents.Receipt(guarantee.Hold, buyer.Id, LotId.ToString("N"), held, CancellationToken.None),
            DocumentKind.ForfeitStatement => contents.Forfeit(DealId, terms, guarantee, new DealDefaulted(DealDefault.NotPaid, new Money(32_287_54, Currency.Kzt), new Money(13_837_51, Currency.Kzt), at), CancellationToken.None),
            _ => contents.Refund(DealId, terms, new DealCancelled(DealCancellation.NothingDelivered, terms.Amount, at), [new DisputeDecided(Payable: null, "Ничего не привезли", at)], CancellationToken.None),
        });
        using var reader = server.Visitor();
        await reader.SignInByForm("buyer");
        var text = await PdfText.Read(await Pdf(reader, id, language));
        var document = (await new DocumentQueries(server.Database).One(id, CancellationToken.None))!;
        var bin = language == "kk" ? "БСН" : language == "ru" ? "БИН" : "BIN";
        text.Should().ContainAll(said.Select(words => words
            .Replace("{seller}", $"{seller.Name}, {bin} {seller.Bin}", StringComparison.Ordinal).Replace("{buyer}", $"{buyer.Name}, {bin} {buyer.Bin}", StringComparison.Ordinal)
            .Replace("{lot}", $"{LotId:N}", StringComparison.Ordinal).Replace("{deal}", $"{DealId:N}", StringComparison.Ordinal).Replace("{hold}", $"{Hold:N}", StringComparison.Ordinal)));
        text.Should().ContainAll($"№ {document.FullNumber} ", $"http://localhost:5080/check/{document.CheckCode}").And.NotContainAny("document.", "front.");

        using var visitor = server.Visitor();
        (await visitor.GetStringAsync($"/check/{document.CheckCode}?lang={language}")).Should().ContainAll([document.FullNumber, .. document.Content.Parties.Select(party => party.Name)]);
    }

    /// <summary>Ten columns, with the longest ticket and vehicle that may be: all of it stands on the page, within its margins of 14 mm.</summary>
    [Theory, InlineData("kk"), InlineData("ru"), InlineData("en")]
    public async Task An_act_leaves_no_page(string language)
    {
        const double Margin = 14 / 25.4 * 72;
        var (lot, seller, buyer) = (server.Time.GetUtcNow(), Guid.Empty, (await Organisation("buyer")).Id);
        var terms = new DealTerms(
            Guid.Empty, seller, buyer, 1, TextValue.Parse<GradeCode>("1.04.00"), TextValue.Parse<WasteCode>("15 01 01"), Mass.FromTonnes(20), Share.FromPercent(10), Share.FromPercent(1), TextValue.Parse<Region>("75"), "Алматы",
            new DateOnly(2026, 5, 10), new DateOnly(2026, 5, 20), PricePerTonne.From(5_000_000, Currency.Kzt), new Money(100_000_000, Currency.Kzt), DealRuleBook.Usual.At(lot));
        var loads = Enumerable.Range(0, 3).Select(_ => new Weighing(TextValue.Parse<Mass>("128012.525"), TextValue.Parse<Mass>("18140.275"), TextValue.Parse<Share>("12.3456"), TextValue.Parse<Share>("11.2345"), new('Щ', 64), new('Ж', 64), lot));
        var table = PaperContents.Weighed(terms, loads);
        var id = await Issue(DocumentKind.AcceptanceAct, 9, new DocumentSection("weighings", EqualList<DocumentFact>.Empty, table));
        using var reader = server.Visitor();
        await reader.SignInByForm("buyer");
        var pdf = await Pdf(reader, id, language);
        var words = await PdfText.Places(pdf);
        words.Should().AllSatisfy(word => Math.Min(word.Left, word.Right).Should().BeGreaterThan(Margin - 1, word.Word));
        (words.Sum(word => word.Word.Count(letter => letter == 'Щ')), words.Sum(word => word.Word.Count(letter => letter == 'Ж'))).Should().Be((3 * 64, 3 * 64), "no letter is lost");
        words.Count(word => word.Word.Contains("128", StringComparison.Ordinal)).Should().BeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task An_invoice_asks_for_the_sum_with_the_account_and_the_reference()
    {
        using var buyer = server.Visitor();
        await buyer.SignInByForm("buyer");
        using var made = await buyer.SendForm("/my/wallet", "/my/wallet/invoices", new Dictionary<string, string>(StringComparer.Ordinal) { ["amount"] = "1234567,89" });
        made.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var id = Guid.ParseExact(made.Headers.Location!.OriginalString["/documents/".Length..], "N");
        var document = (await new DocumentQueries(server.Database).One(id, CancellationToken.None))!;
        (await PdfText.Read(await Pdf(buyer, id, "ru"))).Should().ContainAll("Счёт на пополнение", "1 234 567,89 ₸", FrontOptions.DemoAccount, document.Content.PaidBy!.Value.Grouped, BuyerBin.ToString(), "991240000013");
        document.Content.PaidBy.Should().Be(PaymentReference.For(BuyerBin, server.Time.GetUtcNow().Year, document.Number));
        (await buyer.GetStringAsync("/documents")).Should().Contain($"/documents/{id:N}");

        using var nothing = await buyer.SendForm("/my/wallet", "/my/wallet/invoices", new Dictionary<string, string>(StringComparer.Ordinal) { ["amount"] = "0" });
        nothing.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Nobody_sees_the_documents_of_others()
    {
        var id = await Issue(DocumentKind.FeeInvoice, 2);
        using var stranger = server.Visitor();
        await stranger.SignInByForm("buyer-group");
        foreach (var address in (string[])[$"/documents/{id:N}", $"/documents/{id:N}/pdf"]) (await stranger.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await stranger.GetStringAsync("/documents")).Should().NotContain(id.ToString("N"));
        using var visitor = server.Visitor();
        foreach (var address in (string[])["/documents", $"/documents/{id:N}", $"/documents/{id:N}/pdf"]) (await visitor.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.Redirect);
        foreach (var role in (string[])["regulator", "operator", "seller"])
        {
            using var reader = server.Visitor();
            await reader.SignInByForm(role);
            (await reader.GetAsync($"/documents/{id:N}")).StatusCode.Should().Be(HttpStatusCode.OK, role);
        }
    }

    /// <summary>A document's id follows from its deal's, and a deal's from what everyone may know: it opens nothing.</summary>
    [Fact]
    public async Task Who_only_knows_the_deal_learns_nothing_of_its_documents()
    {
        var id = await Issue(DocumentKind.SettlementStatement, 6);
        using var visitor = server.Visitor();
        using var answer = await visitor.GetAsync($"/check/{id:N}");
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).Should().NotContainAny("1,000,000", "SS-2026-", (await new DocumentQueries(server.Database).One(id, CancellationToken.None))!.Content.Parties[0].Name);
    }

    [Fact]
    public async Task Two_who_ask_at_once_get_one_pdf_and_after_a_failure_the_next_is_made()
    {
        var document = (await new DocumentQueries(server.Database).One(await Issue(DocumentKind.FeeInvoice, 8), CancellationToken.None))!;
        var files = Directory.CreateTempSubdirectory("ainalym-shelf-").FullName;
        await using var scope = server.App.Services.CreateAsyncScope();
        var (pressed, fails) = (0, true);
        var shelf = new PaperShelf(
            new DocumentQueries(server.Database), new ContentShelf(files, "documents"), scope.ServiceProvider, NullLoggerFactory.Instance, scope.ServiceProvider.GetRequiredService<JournalClock>(),
            async (_, _) =>
            {
                await Task.Yield();
                if (fails) throw new StorageException("no");
                return [(byte)Interlocked.Increment(ref pressed)];
            });
        for (var n = 0; n < 2; n++) await FluentActions.Awaiting(() => shelf.Pdf(document, CultureInfo.GetCultureInfo("ru-KZ"), CancellationToken.None)).Should().ThrowAsync<StorageException>();
        fails = false;
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => shelf.Pdf(document, CultureInfo.GetCultureInfo("ru-KZ"), CancellationToken.None))));
        made.Should().AllSatisfy(bytes => bytes.Should().Equal([1]));
        pressed.Should().Be(1);

        Directory.Delete(Path.Combine(files, "documents"), recursive: true);
        (await shelf.Pdf(document, CultureInfo.GetCultureInfo("ru-KZ"), CancellationToken.None)).Should().Equal([2], "a lost file is made anew");
        (await shelf.Pdf(document, CultureInfo.GetCultureInfo("ru-KZ"), CancellationToken.None)).Should().Equal([2]);
        Directory.Delete(files, recursive: true);
    }

    [Fact]
    public async Task Without_a_chromium_the_page_is_to_be_printed()
    {
        var files = Directory.CreateTempSubdirectory("ainalym-no-press-").FullName;
        await using (var app = FrontHost.Build(new FrontOptions(files, Urls: "http://127.0.0.1:0") { Time = server.Time, Chromium = Path.Combine(files, "none"), BankAccounts = [new(TextValue.Parse<Iban>(FrontOptions.DemoAccount), Currency.Kzt)] }, FrontPorts.Embedded))
        {
            await app.StartAsync();
            await DemoOrganisations.Register(app.Services.GetRequiredService<IDatabase>(), server.Time);
            using var buyer = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.Single()) };
            buyer.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
            await buyer.SignInByForm("buyer");
            using var made = await buyer.SendForm("/my/wallet", "/my/wallet/invoices", new Dictionary<string, string>(StringComparer.Ordinal) { ["amount"] = "10" });
            var page = made.Headers.Location!.OriginalString;
            (await buyer.GetStringAsync(page)).Should().Contain("print this page instead").And.NotContain("/pdf");
            using var pdf = await buyer.GetAsync($"{page}/pdf");
            pdf.Headers.Location!.OriginalString.Should().Be(page);
        }

        Directory.Delete(files, recursive: true);
    }

    [Fact]
    public async Task A_code_of_no_document_is_told_and_a_void_one_says_so()
    {
        using var visitor = server.Visitor();
        foreach (var code in (string[])["00000000000070008000000000000001", "x"]) (await visitor.GetAsync($"/check/{code}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        var id = await Issue(DocumentKind.SettlementStatement, 3);
        var document = (await new DocumentQueries(server.Database).One(id, CancellationToken.None))!;
        await using var scope = server.App.Services.CreateAsyncScope();
        var voided = await scope.ServiceProvider.GetRequiredService<DocumentDesk>().Void(document.Series, new VoidNumber(CommandIds.New(TimeProvider.System), document.Number, "Ошибка в сумме"), new Caller(id, id, Roles.Operator), CancellationToken.None);
        voided.Refusals.Should().BeEmpty();
        (await visitor.GetStringAsync($"/check/{document.CheckCode}")).Should().Contain("was issued here and is void").And.Contain("Ошибка в сумме");
    }

    [Fact]
    public async Task A_paper_from_before_there_were_codes_is_known_and_names_nobody()
    {
        var issued = await Issue(DocumentKind.Contract, 7);
        var documents = new DocumentQueries(server.Database);
        var (content, id) = ((await documents.One(issued, CancellationToken.None))!.Content, CommandIds.Derived(server.Time.GetUtcNow(), "test/document/uncoded"));
        var old = new IssueDocument(CommandIds.New(TimeProvider.System), id, DocumentKind.Contract, "deal7", content);
        (await server.App.Services.GetRequiredService<IGrains>().Handle(DocumentSeriesGrain.Kind, "CT-2026", old, Caller.House)).Refusals.Should().BeEmpty();
        using var visitor = server.Visitor();
        var said = await visitor.GetStringAsync($"/check/{id:N}");
        said.Should().Contain((await documents.One(id, CancellationToken.None))!.FullNumber).And.Contain("Contract of sale").And.NotContainAny([.. content.Parties.Select(party => party.Name), "1,000,000"]);
    }

    [Fact]
    public async Task The_operator_takes_a_number_out_of_use_and_it_stays_listed()
    {
        var id = await Issue(DocumentKind.AcceptanceAct, 4);
        var document = (await new DocumentQueries(server.Database).One(id, CancellationToken.None))!;
        var number = $"/document-series/{document.Series}/{document.Number}/void";
        using var pages = server.Visitor();
        await pages.SignInByForm("operator");
        using var without = await pages.SendForm($"/document-series?series={document.Series}", number, new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = " " });
        without.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        using var made = await pages.SendForm($"/document-series?series={document.Series}", number, new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = "Взвешено дважды" });
        made.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await pages.GetStringAsync($"/document-series?series={document.Series}")).Should().Contain(document.FullNumber).And.Contain("Взвешено дважды");

        using var operators = await server.Program("operator");
        (await operators.Write(HttpMethod.Post, $"/api/v1{number}", new { reason = "Ещё раз" }).Problem()).Should().Be((409, "settlement.document-series.already-void", null));
        (await operators.Write(HttpMethod.Post, $"/api/v1/document-series/{document.Series}/999999/void", new { reason = "x" }).Problem()).Code.Should().Be("settlement.document-series.number-not-found");
        (await operators.Write(HttpMethod.Post, "/api/v1/document-series/XX-2026/1/void", new { reason = "x" }).Problem()).Should().Be((404, "journal.request.not-found", null));
        using var regulator = await server.Program("regulator");
        var listed = (await regulator.GetAsync($"/api/v1/document-series/{document.Series}").Json()).GetProperty("items").EnumerateArray().ToList();
        listed.Select(item => item.GetProperty("number").GetString()).Should().Equal(Enumerable.Range(1, listed.Count).Select(n => $"{document.Series}-{n:D6}"), "no number is left out");
        listed.Single(item => item.GetProperty("number").GetString() == document.FullNumber).GetProperty("void_reason").GetString().Should().Be("Взвешено дважды");
        foreach (var key in (string[])["buyer", "seller"])
        {
            using var stranger = await server.Program(key);
            (await stranger.GetAsync($"/api/v1/document-series/{document.Series}")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
            (await stranger.Write(HttpMethod.Post, $"/api/v1{number}", new { reason = "x" })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        }

        (await regulator.Write(HttpMethod.Post, $"/api/v1{number}", new { reason = "x" })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    /// <summary>Who got a PDF before keeps that; whoever asks later gets another, which says that it is void.</summary>
    [Fact]
    public async Task A_void_document_is_served_as_void_and_may_be_issued_anew()
    {
        var id = await Issue(DocumentKind.FeeInvoice, 21);
        var documents = new DocumentQueries(server.Database);
        var document = (await documents.One(id, CancellationToken.None))!;
        using var seller = server.Visitor();
        await seller.SignInByForm("seller");
        var before = await Pdf(seller, id, "ru");

        using var pages = server.Visitor();
        await pages.SignInByForm("operator");
        var (series, number) = ($"/document-series?series={document.Series}", $"/document-series/{document.Series}/{document.Number}");
        using var voided = await pages.SendForm(series, $"{number}/void", new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = "Не та организация" });
        voided.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var after = await Pdf(seller, id, "ru");
        after.Should().NotEqual(before);
        (await Pdf(seller, id, "ru")).Should().Equal(after);
        (await PdfText.Read(after)).Should().Contain("Не та организация").And.Contain("Аннулирован");
        (await PdfText.Read(before)).Should().NotContain("Аннулирован");

        using var anew = await pages.SendForm(series, $"{number}/replacement", new Dictionary<string, string>(StringComparer.Ordinal));
        anew.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var replacement = (await documents.At(document.Series, (await documents.One(id, CancellationToken.None))!.ReplacedBy!.Value, CancellationToken.None))!;
        (await seller.GetStringAsync($"/documents/{id:N}?lang=en")).Should().Contain(replacement.FullNumber).And.Contain("Void");
        (await seller.GetStringAsync($"/documents/{replacement.DocumentId}")).Should().Contain($"in place of {document.FullNumber}", Exactly.Once());
        (await seller.GetStringAsync($"/check/{document.CheckCode}")).Should().Contain(replacement.FullNumber);
        (await pages.GetStringAsync(series)).Should().Contain(replacement.FullNumber).And.NotContain($"{number}/replacement");

        using var operators = await server.Program("operator");
        (await operators.Write(HttpMethod.Post, $"/api/v1{number}/replacement", new { }).Problem()).Should().Be((409, "settlement.document-series.already-replaced", null));
        (await operators.Write(HttpMethod.Post, $"/api/v1/document-series/{document.Series}/{replacement.Number}/replacement", new { }).Problem()).Code.Should().Be("settlement.document-series.not-void");
        (await seller.PostAsync($"{number}/replacement", null)).StatusCode.Should().NotBe(HttpStatusCode.OK);
        using var buyers = await server.Program("seller");
        (await buyers.Write(HttpMethod.Post, $"/api/v1{number}/replacement", new { })).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        for (var told = false; !told; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            var notices = (await buyers.GetAsync("/api/v1/notices").Json()).GetProperty("items").EnumerateArray().Select(notice => (notice.GetProperty("kind").GetString(), notice.GetProperty("link").GetString())).ToList();
            told = notices.Contains(("document-voided", $"/documents/{id:N}")) && notices.Contains(("document-replaced", $"/documents/{replacement.DocumentId}"));
        }
    }

    [Fact]
    public async Task A_program_has_the_same_documents()
    {
        var id = await Issue(DocumentKind.FeeInvoice, 5);
        using var seller = await server.Program("seller");
        (await seller.GetAsync("/api/v1/documents").Json()).GetProperty("items").EnumerateArray().Should().Contain(item => item.GetProperty("document_id").GetString() == id.ToString("N"));
        var whole = await seller.GetAsync($"/api/v1/documents/{id}").Json();
        (whole.GetProperty("document").GetProperty("total").GetString(), whole.GetProperty("content").GetProperty("parties").GetArrayLength()).Should().Be(("1000000.00 KZT", 2));
        var file = await seller.GetByteArrayAsync($"/api/v1/documents/{id}/pdf?lang=ru");
        file.Should().StartWith("%PDF"u8.ToArray());
        using var stranger = await server.Program("buyer-group");
        foreach (var address in (string[])[$"/api/v1/documents/{id}", $"/api/v1/documents/{id}/pdf"]) (await stranger.GetAsync(address).Problem()).Should().Be((404, "journal.request.not-found", null));
        (await stranger.GetStringAsync("/api/v1/documents")).Should().NotContain(id.ToString("N"));

        var key = CommandIds.New(TimeProvider.System);
        var invoice = await seller.Write(HttpMethod.Post, "/api/v1/wallet/invoices", new { amount = "1500.00 KZT" }, key).Json();
        (await seller.Write(HttpMethod.Post, "/api/v1/wallet/invoices", new { amount = "1500.00 KZT" }, key).Json()).GetProperty("document_id").GetGuid().Should().Be(invoice.GetProperty("document_id").GetGuid());
        (await seller.Write(HttpMethod.Post, "/api/v1/wallet/invoices", new { amount = "1501.00 KZT" }, key).Problem()).Should().Be((422, "journal.command-id-reused", null), "an invoice for another amount is another");
        (await seller.Write(HttpMethod.Post, "/api/v1/wallet/invoices", new { amount = "0 KZT" }).Problem()).Should().Be((422, "settlement.payout.amount-not-positive", "amount"));
        (await seller.Write(HttpMethod.Post, "/api/v1/wallet/invoices", new { amount = "much" }).Problem()).Field.Should().Be("amount");
    }

    private async Task<Organisation> Organisation(string key)
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        var bin = DemoOrganisations.BinOf(DemoOrganisations.All.Index().Single(demo => demo.Item.Key == key).Index);
        return (await scope.ServiceProvider.GetRequiredService<OrganisationQueries>().ByBin(bin, CancellationToken.None))!;
    }

    private async Task<Guid> Issue(DocumentKind kind, int n, DocumentSection? says = null)
    {
        var (seller, buyer) = (await Party("seller"), await Party("buyer"));
        return await Issue(kind, n, _ => Task.FromResult(new DocumentContent(
            1, kind == DocumentKind.FeeInvoice ? new([new("platform", null, "Ainalym", null), seller]) : new([seller, buyer]),
            new([says ?? new DocumentSection("goods", new([new("mass", Mass.FromTonnes(20)), new("moisture", Share.FromPercent(13)), new("price", PricePerTonne.From(5_000_000, Currency.Kzt))]))]), new Money(100_000_000, Currency.Kzt))));

        async Task<DocumentParty> Party(string key)
        {
            var organisation = await Organisation(key);
            return new(key, organisation.Id, organisation.Name, organisation.Bin);
        }
    }

    private async Task<Guid> Issue(DocumentKind kind, int n, Func<PaperContents, Task<DocumentContent>> says)
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        var at = server.Time.GetUtcNow();
        var id = CommandIds.Derived(at, $"test/document/{n}/{kind}");
        await scope.ServiceProvider.GetRequiredService<DocumentDesk>().Issue(kind, id, at, $"deal{n}", await says(scope.ServiceProvider.GetRequiredService<PaperContents>()), CancellationToken.None);
        return id;
    }

    private static async Task<byte[]> Pdf(HttpClient client, Guid id, string language)
    {
        using var answer = await client.GetAsync($"/documents/{id:N}/pdf?lang={language}");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/pdf");
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
