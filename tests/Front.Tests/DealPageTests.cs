using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Ainalym.Contracts.Settlement;
using Ainalym.Front.Demo;
using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

/// <summary>What people and programs do with deals over HTTP: the contract read before it is accepted, complaints, disputes with evidence, confirmations, second offers, and the counters beside them.</summary>
public sealed class DealPageTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-deals-").FullName;
    private readonly SteppingTime time = new(new DateTimeOffset(2026, 5, 4, 7, 0, 0, TimeSpan.Zero));
    private readonly List<HttpClient> clients = [];
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        app = FrontServer.Build(folder, time);
        await app.StartAsync();
        await DemoOrganisations.Register(app.Services.GetRequiredService<IDatabase>(), time);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_contract_is_read_as_a_draft_before_it_is_accepted_and_by_its_parties_only()
    {
        var (lot, deal) = await Awarded();
        time.Set(time.GetUtcNow().AddDays(1));
        await Asking.Until(async () => await Stage(deal) == "contract");
        foreach (var key in (string[])["seller", "buyer", "operator", "regulator"])
        {
            var reader = await Visit(key);
            (await reader.GetStringAsync($"/deals/{deal}")).Should().Contain($"href=\"/deals/{deal}/contract\"");
            var draft = await reader.GetStringAsync($"/deals/{deal}/contract");
            draft.Should().Contain("Draft.").And.Contain("Deductions for moisture above the stated").And.Contain("Tolerance without consent").And.Contain("Deadlines, in working days").And.Contain("pays within two working days").And.NotContain("/check/");
            (await reader.GetStringAsync($"/deals/{deal}/contract?lang=ru")).Should().Contain(">1,5<").And.NotContain(">1.5<");
        }

        foreach (var key in (string[])["buyer-pet", "seller-astana"])
        {
            using var answer = await (await Visit(key)).GetAsync($"/deals/{deal}/contract");
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, $"{key} is no party");
        }

        using var anyone = await Client().GetAsync($"/deals/{deal}/contract");
        anyone.StatusCode.Should().Be(HttpStatusCode.Redirect);

        await Post("buyer", $"/deals/{deal}", $"/deals/{deal}/contract");
        await Post("seller", $"/deals/{deal}", $"/deals/{deal}/contract");
        var party = await Visit("buyer");
        await Asking.Until(async () => (await party.GetAsync($"/deals/{deal}/contract")).Headers.Location?.OriginalString.StartsWith("/documents/", StringComparison.Ordinal) == true);
        (await party.GetStringAsync($"/lots/{lot}")).Should().Contain($"/deals/{deal}");
    }

    [Fact]
    public async Task A_complaint_is_decided_by_the_page_and_by_the_API_and_the_lot_is_offered_again()
    {
        var (lot, deal) = await Awarded();
        using (var filed = await (await Visit("buyer-pet")).SendForm($"/lots/{lot}", $"/deals/{deal}/complaint", Fields(("reason", "Моя ставка не принята")))) filed.Headers.Location!.OriginalString.Should().Be("/my/bids");
        var desk = await Visit("operator");
        Counter(await desk.GetStringAsync("/operator"), "/my/deals?stage=standstill").Should().Be("1");
        Counter(await desk.GetStringAsync("/operator"), "/my/deals?stage=disputed").Should().Be("nothing");
        (await desk.GetStringAsync("/my/deals?stage=standstill")).Should().Contain($"/deals/{deal}");
        (await desk.GetStringAsync("/my/deals?stage=disputed")).Should().NotContain($"/deals/{deal}");
        var page = await desk.GetStringAsync($"/deals/{deal}");
        page.Should().Contain("<span class=\"tag\">standstill</span>").And.Contain("Your turn").And.Contain("Моя ставка не принята");
        await Post("operator", $"/deals/{deal}", $"/deals/{deal}/complaint/decision", ("upheld", "false"), ("reason", "Ставка пришла после закрытия"));
        (await (await Visit("seller")).GetStringAsync($"/deals/{deal}")).Should().Contain("The complaint was dismissed: Ставка пришла после закрытия").And.Contain("nobody: time passes").And.Contain("data-until");

        foreach (var byPage in (bool[])[true, false])
        {
            var (second, first) = await Awarded();
            (await (await Program("buyer-pet")).Write(HttpMethod.Post, $"/api/v1/deals/{first}/complaint", new { reason = "Ещё одна" })).StatusCode.Should().Be(HttpStatusCode.OK);
            (await (await Program("seller")).Write(HttpMethod.Post, $"/api/v1/deals/{first}/complaint/decision", new { upheld = true, reason = "x" })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
            (await (await Program("operator")).Write(HttpMethod.Post, $"/api/v1/deals/{first}/complaint/decision", new { upheld = true, reason = "Так и есть" })).StatusCode.Should().Be(HttpStatusCode.OK);
            (await Stage(first)).Should().Be("cancelled");
            string offered;
            if (byPage)
            {
                using var sent = await (await Visit("seller")).SendForm($"/deals/{first}", $"/lots/{second}/second-offer", Fields());
                offered = sent.Headers.Location!.OriginalString.Split('/', '?')[2];
                await Post("buyer-pet", $"/deals/{offered}", $"/deals/{offered}/answer", ("accepted", "true"));
            }
            else
            {
                offered = (await (await Program("seller")).Write(HttpMethod.Post, $"/api/v1/lots/{second}/second-offer", new { }).Json()).GetProperty("deal_id").GetGuid().ToString("N");
                (await (await Program("buyer-pet")).Write(HttpMethod.Post, $"/api/v1/deals/{offered}/answer", new { accepted = true })).StatusCode.Should().Be(HttpStatusCode.OK);
            }

            (await Stage(offered)).Should().Be("contract");
        }
    }

    [Fact]
    public async Task A_decision_has_a_deadline_that_is_seen_and_a_late_one_is_named_so()
    {
        var (lot, deal) = await Awarded();
        using (var filed = await (await Visit("buyer-pet")).SendForm($"/lots/{lot}", $"/deals/{deal}/complaint", Fields(("reason", "Моя ставка не принята")))) filed.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var by = (await (await Program("seller")).GetAsync($"/api/v1/deals/{deal}").Json()).GetProperty("deal").GetProperty("by").GetDateTimeOffset();
        by.Should().Be(Ainalym.Market.Rates.WorkDays.After(time.GetUtcNow(), 5));
        var seller = await Visit("seller");
        (await seller.GetStringAsync($"/deals/{deal}")).Should().Contain("The operator decides before").And.Contain($"data-until=\"{by.ToUnixTimeMilliseconds()}\"").And.NotContain("Overdue");
        var there = by.ToOffset(TimeSpan.FromHours(5)).ToString("d MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        (await seller.GetStringAsync("/my/deals")).Should().Contain(there).And.NotContain("Overdue");
        (await (await Visit("operator")).GetStringAsync("/operator")).Should().Contain($"the first due before {there}");

        var (_, second) = await Awarded();
        (await (await Program("buyer-pet")).Write(HttpMethod.Post, $"/api/v1/deals/{second}/complaint", new { reason = "Ещё одна" })).StatusCode.Should().Be(HttpStatusCode.OK);
        var desk = await Visit("operator");
        string.CompareOrdinal(deal, second).Should().BeNegative();
        foreach (var list in (string[])["/my/deals", "/my/deals?stage=standstill"])
        {
            var page = await desk.GetStringAsync(list);
            page.IndexOf(deal, StringComparison.Ordinal).Should().BeInRange(0, page.IndexOf(second, StringComparison.Ordinal), "the first due stands first");
        }

        (await Items("/api/v1/deals?size=1")).Should().Equal([deal, second], "and so it does page by page");
        time.Set(by);
        await Asking.Until(async () => (await (await Visit("seller")).GetStringAsync($"/deals/{deal}")).Contains("The operator has not decided by", StringComparison.Ordinal));
        foreach (var key in (string[])["seller", "buyer", "operator"])
            (await (await Visit(key)).GetStringAsync($"/deals/{deal}")).Should().Contain($"Overdue since {there}").And.Contain("The operator is late with the decision.").And.NotContain("data-until");
        desk = await Visit("operator");
        (await desk.GetStringAsync("/operator")).Should().Contain($"1 overdue, the first since {there}");
        (await desk.GetStringAsync("/my/deals?stage=standstill")).Should().Contain($"Overdue since {there}");
        await Post("operator", $"/deals/{deal}", $"/deals/{deal}/complaint/decision", ("upheld", "false"), ("reason", "Ставка пришла после закрытия"));
        (await (await Visit("seller")).GetStringAsync($"/deals/{deal}")).Should().Contain("data-until").And.NotContain("Overdue");

        async Task<List<string>> Items(string address)
        {
            var found = new List<string>();
            for (string? next = ""; next is not null;)
            {
                var page = await (await Program("operator")).GetAsync(next.Length == 0 ? address : $"{address}&after={next}").Json();
                found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("deal_id").GetGuid().ToString("N")));
                next = page.TryGetProperty("next", out var more) ? more.GetString() : null;
            }

            return found;
        }
    }

    [Fact]
    public async Task A_complaint_from_before_decisions_had_a_deadline_says_since_when_it_is_open_and_stands_first()
    {
        var (dated, deal) = (await Complained(), await Complained());
        var filed = time.GetUtcNow();
        await app.Services.GetRequiredService<IDatabase>().Write(
            writing =>
            {
                var stream = new { deal, event_name = "market.complaint-filed.v1" };
                writing.Run("UPDATE deals SET by_ms = NULL WHERE deal_id = @deal", stream).Should().Be(1);
                return writing.Run("UPDATE events SET data = json_remove(data, '$.decide_by') WHERE name = @event_name AND stream = (SELECT stream FROM streams WHERE name = 'market/deal/' || @deal)", stream);
            },
            CancellationToken.None);
        time.Set(filed.AddDays(2));
        var page = await (await Visit("seller")).GetStringAsync($"/deals/{deal}");
        page.Should().Contain($"Open since {filed.ToOffset(TimeSpan.FromHours(5)).ToString("d MMM", System.Globalization.CultureInfo.InvariantCulture)}").And.NotContain("Overdue").And.NotContain("data-until").And.NotContain("The operator decides before");
        var list = await (await Visit("operator")).GetStringAsync("/my/deals");
        list.IndexOf(deal, StringComparison.Ordinal).Should().BeInRange(0, list.IndexOf(dated, StringComparison.Ordinal));

        async Task<string> Complained()
        {
            var (_, awarded) = await Awarded();
            (await (await Program("buyer-pet")).Write(HttpMethod.Post, $"/api/v1/deals/{awarded}/complaint", new { reason = "Моя ставка" })).StatusCode.Should().Be(HttpStatusCode.OK);
            return awarded;
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_dispute_has_evidence_of_both_kinds_and_is_decided(bool byPage)
    {
        var deal = await Received();
        byte[] photo = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "photos", "sample.jpg")), paper = [.. "%PDF-1.7 акт"u8, .. "\n%%EOF\n"u8];
        if (byPage)
        {
            await Post("seller", $"/deals/{deal}", $"/deals/{deal}/dispute", ("reason", "Не те весы"));
            var buyer = await Visit("buyer");
            using var form = new MultipartFormDataContent();
            foreach (var (name, value) in await buyer.HiddenFields($"/deals/{deal}", $"/deals/{deal}/evidence")) form.Add(new StringContent(value), name);
            form.Add(new StringContent("Наш талон"), "text");
            form.Add(Part(photo, "image/jpeg"), "photo", "scale.jpg");
            form.Add(Part(paper, "application/pdf"), "document", "act.pdf");
            using var added = await buyer.PostAsync($"/deals/{deal}/evidence", form);
            added.StatusCode.Should().Be(HttpStatusCode.Redirect, await added.Content.ReadAsStringAsync());
            var desk = await Visit("operator");
            Counter(await desk.GetStringAsync("/operator"), "/my/deals?stage=disputed").Should().Be("1");
            (await desk.GetStringAsync($"/deals/{deal}?payable_kg=18000")).Should().Contain("Decide: 18,000").And.Contain("To the seller", "the sums are shown before he decides");
            await Post("operator", $"/deals/{deal}?payable_kg=18000", $"/deals/{deal}/dispute/decision", ("payable_kg", "18000"), ("reason", "По талону покупателя"));
        }
        else
        {
            (await (await Program("seller")).Write(HttpMethod.Post, $"/api/v1/deals/{deal}/dispute", new { reason = "Не те весы" })).StatusCode.Should().Be(HttpStatusCode.OK);
            var buyer = await Program("buyer");
            var hash = (await buyer.PostAsync($"/api/v1/deals/{deal}/evidence/documents", new MultipartFormDataContent { { Part(paper, "application/pdf"), "document", "act.pdf" } }).Json()).GetProperty("document").GetString();
            var picture = (await buyer.PostAsync("/api/v1/photos", new MultipartFormDataContent { { Part(photo, "image/jpeg"), "photo", "scale.jpg" } }).Json()).GetProperty("photo").GetString();
            (await buyer.Write(HttpMethod.Post, $"/api/v1/deals/{deal}/evidence", new { text = "Наш талон", photos = new[] { picture }, documents = new[] { hash } })).StatusCode.Should().Be(HttpStatusCode.OK);
            (await (await Program("operator")).Write(HttpMethod.Post, $"/api/v1/deals/{deal}/dispute/decision", new { payable_kg = "18000", reason = "По талону покупателя" })).StatusCode.Should().Be(HttpStatusCode.OK);
        }

        var said = await (await Visit("seller")).GetStringAsync($"/deals/{deal}");
        said.Should().Contain("<span class=\"tag\">settled</span>").And.Contain("Наш талон").And.Contain("/photos/").And.Contain("/evidence/documents/").And.Contain("По талону покупателя").And.Contain("ILLUSTRATIVE");
    }

    /// <summary>23 t were weighed of 20.5 t that were paid for: so much more than the award that the seller is asked.</summary>
    [Fact]
    public async Task Sums_above_what_was_paid_are_shown_with_the_rest_and_without_it_before_anybody_decides()
    {
        var deal = await Received(grossKg: "31000");
        var seller = await Visit("seller");
        var asked = await (await Program("seller")).GetAsync($"/api/v1/deals/{deal}").Json();
        ShowsBoth(await seller.GetStringAsync($"/deals/{deal}"), asked.GetProperty("sums"), asked.GetProperty("once_paid"));
        await Post("seller", $"/deals/{deal}", $"/deals/{deal}/dispute", ("reason", "Не те весы"));

        var desk = await Program("operator");
        var byScale = await desk.GetAsync($"/api/v1/deals/{deal}/dispute/sums").Json();
        byScale.GetProperty("once_paid").GetProperty("payable_kg").GetString().Should().Be("23000.000");
        ShowsBoth(await (await Visit("operator")).GetStringAsync($"/deals/{deal}"), byScale.GetProperty("sums"), byScale.GetProperty("once_paid"));
        var part = await desk.GetAsync($"/api/v1/deals/{deal}/dispute/sums?payable_kg=22000").Json();
        part.GetProperty("once_paid").GetProperty("paid").GetString().Should().Be(part.GetProperty("sums").GetProperty("goods").GetString());
        ShowsBoth(await (await Visit("operator")).GetStringAsync($"/deals/{deal}?payable_kg=22000"), part.GetProperty("sums"), part.GetProperty("once_paid"));
        (await desk.GetAsync($"/api/v1/deals/{deal}/dispute/sums?payable_kg=20000").Json()).TryGetProperty("once_paid", out _).Should().BeFalse("nothing is missing");

        foreach (var (payable, status, code) in (((string, HttpStatusCode, string)[])[("23000.001", HttpStatusCode.UnprocessableEntity, "market.deal.payable-too-large"), ("viel", HttpStatusCode.BadRequest, "kernel.")]))
        {
            using var refused = await desk.GetAsync($"/api/v1/deals/{deal}/dispute/sums?payable_kg={payable}");
            refused.StatusCode.Should().Be(status);
            (await refused.Content.ReadAsStringAsync()).Should().Contain("payable_kg").And.Contain(code);
            using var page = await (await Visit("operator")).GetAsync($"/deals/{deal}?payable_kg={payable}");
            page.StatusCode.Should().Be(status, "the page says the same");
            (await page.Content.ReadAsStringAsync()).Should().NotContain($"action=\"/deals/{deal}/dispute/decision\"", "nothing else is decided than was asked for");
        }

        foreach (var key in (string[])["seller", "buyer", "buyer-pet", "regulator"])
        {
            using var no = await (await Program(key)).GetAsync($"/api/v1/deals/{deal}/dispute/sums");
            no.StatusCode.Should().Be(HttpStatusCode.Forbidden, $"{key} decides nothing");
        }

        using (var anyone = await Client().GetAsync($"/api/v1/deals/{deal}/dispute/sums")) anyone.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using (var unknown = await desk.GetAsync($"/api/v1/deals/{CommandIds.New(time)}/dispute/sums")) unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await Post("operator", $"/deals/{deal}?payable_kg=22000", $"/deals/{deal}/dispute/decision", ("payable_kg", "22000"), ("reason", "По талону"));
        (await Stage(deal)).Should().Be("settled", "the rest was there");
        var settled = await desk.GetAsync($"/api/v1/deals/{deal}").Json();
        settled.GetProperty("sums").GetRawText().Should().Be(part.GetProperty("once_paid").GetRawText(), "it came as it was shown");
        settled.TryGetProperty("once_paid", out _).Should().BeFalse();
        using var over = await desk.GetAsync($"/api/v1/deals/{deal}/dispute/sums");
        (await over.Content.ReadAsStringAsync()).Should().Contain("market.deal.deal-over");

        static void ShowsBoth(string page, System.Text.Json.JsonElement shortOf, System.Text.Json.JsonElement whole)
        {
            page.Should().Contain("To the seller, once the rest is paid").And.Contain("is not paid in time, it is settled out of what is in escrow");
            foreach (var sums in (System.Text.Json.JsonElement[])[shortOf, whole])
                foreach (var name in (string[])["vat", "proceeds"]) page.Should().Contain(Amount(sums.GetProperty(name).GetString()!));
        }

        static string Amount(string money) => decimal.Parse(money[..^4], System.Globalization.CultureInfo.InvariantCulture).ToString("#,##0.00", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_receipt_is_confirmed(bool byPage)
    {
        var deal = await Received();
        var page = await (await Visit("seller")).GetStringAsync($"/deals/{deal}");
        page.Should().Contain("<span class=\"tag\">weight to be confirmed</span>").And.Contain("Your turn").And.Contain("data-until");
        (await (await Visit("seller")).GetStringAsync("/my/deals?turn=1")).Should().Contain("Your turn: 1").And.Contain($"/deals/{deal}");
        (await (await Visit("buyer")).GetStringAsync($"/deals/{deal}")).Should().NotContain("Your turn").And.NotContain($"/deals/{deal}/confirmation");
        if (byPage) await Post("seller", $"/deals/{deal}", $"/deals/{deal}/confirmation");
        else (await (await Program("seller")).Write(HttpMethod.Post, $"/api/v1/deals/{deal}/confirmation", new { })).StatusCode.Should().Be(HttpStatusCode.OK);
        (await Stage(deal)).Should().Be("settled");
    }

    [Theory, InlineData("seller"), InlineData("buyer")]
    public async Task Either_party_records_the_loading_and_then_it_is_weighed(string who)
    {
        var deal = await Agreed();
        (await (await Program("buyer")).Write(HttpMethod.Post, $"/api/v1/deals/{deal}/weighings", Load("28500")).Problem()).Should().Be((409, "market.deal.not-loaded", null));
        foreach (var party in (string[])["seller", "buyer"])
            (await (await Visit(party)).GetStringAsync($"/deals/{deal}")).Should().Contain("Your turn").And.Contain("Either party records the vehicle").And.Contain($"action=\"/deals/{deal}/loading\"").And.NotContain($"action=\"/deals/{deal}/weighings\"");
        await Post(who, $"/deals/{deal}", $"/deals/{deal}/loading", ("vehicle", "777 KZT 02"));
        var (other, kind) = who == "seller" ? ("buyer", "goods-loaded") : ("seller", "goods-loaded-seller");
        await Asking.Until(async () => (await (await Program(other)).GetAsync("/api/v1/notices").Json()).GetProperty("items").EnumerateArray().Any(notice => notice.GetProperty("kind").GetString() == kind));
        (await (await Visit("operator")).GetStringAsync($"/deals/{deal}")).Should().Contain($"The {who} recorded that the goods were loaded: 777 KZT 02");
        (await (await Visit("buyer")).GetStringAsync($"/deals/{deal}")).Should().Contain($"action=\"/deals/{deal}/weighings\"");
        await Do(deal, ("buyer", "weighings", Load("28500")));
    }

    [Fact]
    public async Task What_is_missing_is_said_and_taken_by_itself_once_it_is_there()
    {
        var deal = await Received(grossKg: "51000");
        await Post("seller", $"/deals/{deal}", $"/deals/{deal}/confirmation");
        await Asking.Until(async () => (await (await Program("buyer")).GetAsync("/api/v1/notices").Json()).GetProperty("items").EnumerateArray().Any(notice => notice.GetProperty("kind").GetString() == "payment-failed"));
        var page = await (await Visit("buyer")).GetStringAsync($"/deals/{deal}");
        page.Should().Contain("it is taken by itself").And.Contain("href=\"/my/wallet?currency=KZT\"").And.NotContain($"action=\"/deals/{deal}/payment\"", "there is nothing to press for");
        (await (await Visit("seller")).GetStringAsync($"/deals/{deal}")).Should().Contain("is taken from the buyer").And.NotContain("it is taken by itself");
        await PayIn(1_000_000);
        await Asking.Until(async () => await Stage(deal) == "settled");
    }

    [Fact]
    public async Task Deals_that_failed_are_counted_and_listed()
    {
        var (_, deal) = await Awarded();
        var desk = await Visit("operator");
        Counter(await desk.GetStringAsync("/operator"), "/operator/defaults").Should().Be("nothing");
        time.Set(time.GetUtcNow().AddDays(20));
        await Asking.Until(async () => await Stage(deal) == "contract");
        await Post("seller", $"/deals/{deal}", $"/deals/{deal}/contract");
        time.Set(time.GetUtcNow().AddDays(20));
        await Asking.Until(async () => await Stage(deal) == "defaulted");
        desk = await Visit("operator");
        Counter(await desk.GetStringAsync("/operator"), "/operator/defaults").Should().Be("1");
        (await desk.GetStringAsync("/operator/defaults")).Should().Contain($"/deals/{deal}").And.Contain("buyer defaulted");
        using var other = await (await Visit("seller")).GetAsync("/operator/defaults");
        other.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    /// <summary>20.5 t, bought by the buyer for a little more than 48,000 a tonne, the most that the other bidder would pay.</summary>
    private async Task<(string Lot, string Deal)> Awarded()
    {
        var seller = await Program("seller");
        var lot = (await seller.Write(HttpMethod.Post, "/api/v1/lots", LotRequests.Cardboard(time.GetUtcNow())).Json()).GetProperty("lot_id").GetGuid().ToString("N");
        (await (await Program("buyer-pet")).Write(HttpMethod.Post, $"/api/v1/lots/{lot}/bids", new { maximum = "48000.00 KZT" })).StatusCode.Should().Be(HttpStatusCode.OK);
        (await (await Program("buyer")).Write(HttpMethod.Post, $"/api/v1/lots/{lot}/bids", new { maximum = "50000.00 KZT" })).StatusCode.Should().Be(HttpStatusCode.OK);
        time.Set(time.GetUtcNow().AddDays(5));
        var deal = "";
        await Asking.Until(async () =>
        {
            var deals = (await (await Program("buyer")).GetAsync("/api/v1/deals").Json()).GetProperty("items").EnumerateArray();
            deal = deals.FirstOrDefault(one => one.GetProperty("lot_id").GetGuid().ToString("N") == lot) is { ValueKind: System.Text.Json.JsonValueKind.Object } found ? found.GetProperty("deal_id").GetGuid().ToString("N") : "";
            return deal.Length > 0;
        });
        return (lot, deal);
    }

    /// <summary>Paid for out of two million, and weighed far off the award: the seller has to answer.</summary>
    private async Task<string> Received(string grossKg = "25000")
    {
        var deal = await Agreed();
        await Do(deal, ("seller", "loading", new { vehicle = "123 ABC 02" }), ("buyer", "weighings", Load(grossKg)), ("buyer", "receipt", new { }));
        return deal;
    }

    /// <summary>Paid for, and the day is agreed.</summary>
    private async Task<string> Agreed()
    {
        var (_, deal) = await Awarded();
        time.Set(time.GetUtcNow().AddDays(1));
        await Asking.Until(async () => await Stage(deal) == "contract");
        await PayIn(2_000_000);
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(2);
        await Do(deal, ("seller", "contract", new { }), ("buyer", "contract", new { }), ("buyer", "payment", new { }), ("seller", "pick-up", new { day }), ("buyer", "pick-up", new { day }));
        return deal;
    }

    private async Task Do(string deal, params (string Key, string Step, object Body)[] steps)
    {
        foreach (var (key, step, body) in steps)
            (await (await Program(key)).Write(HttpMethod.Post, $"/api/v1/deals/{deal}/{step}", body)).StatusCode.Should().Be(HttpStatusCode.OK, step);
    }

    private static object Load(string gross) => new { gross_kg = gross, tare_kg = "8000", moisture_percent = "8", contamination_percent = "1.5", ticket = "T-1", vehicle = "123 ABC 02" };

    /// <summary>The buyer's.</summary>
    private async Task PayIn(long tenge)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var bin = DemoOrganisations.BinOf(DemoOrganisations.All.Index().Single(demo => demo.Item.Key == "buyer").Index);
        var buyer = (await scope.ServiceProvider.GetRequiredService<OrganisationQueries>().ByBin(bin, CancellationToken.None))!;
        var paid = new TransferOrder.Post(AccountId.Bank, AccountId.Available(buyer.Id), new Money(tenge * 100, Currency.Kzt), TransferPurpose.TopUp, "entry");
        (await app.Services.GetRequiredService<House>().Addresses.Handle(LedgerAddress.Ledger, "KZT", new MakeTransfers(CommandIds.New(time), [paid]), Caller.House, CancellationToken.None)).Refusals.Should().BeEmpty();
    }

    private async Task<string> Stage(string deal) => (await (await Program("operator")).GetAsync($"/api/v1/deals/{deal}").Json()).GetProperty("deal").GetProperty("stage").GetString()!;

    /// <summary>The form as it stands on the page, filled in; it is taken.</summary>
    private async Task Post(string key, string page, string action, params (string Name, string Value)[] fields)
    {
        using var answer = await (await Visit(key)).SendForm(page, action, Fields(fields));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
    }

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);

    private static ByteArrayContent Part(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    /// <summary>What stands beside a link of the desk.</summary>
    private static string Counter(string page, string link) => Regex.Match(page, $"""href="{Regex.Escape(link)}">[^<]*</a>(?s:.*?)<span class="tag ?[a-z]*">(?<n>[^<]*)</span>\s*</span>\s*</li>""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["n"].Value;

    private HttpClient Client() => Kept(app.Visitor());

    /// <summary>Signed in anew: days may have passed.</summary>
    private async Task<HttpClient> Visit(string key)
    {
        var client = Client();
        await client.SignInByForm(key);
        return client;
    }

    private async Task<HttpClient> Program(string key) => Kept(await app.Program(key));

    private HttpClient Kept(HttpClient client)
    {
        clients.Add(client);
        return client;
    }
}
