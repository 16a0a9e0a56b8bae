using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ainalym.Front;
using Ainalym.Front.Demo;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Ainalym.Browser.Tests;

/// <summary>The whole way of the money, by the pages that people use and with a clock moved by hand: paid in by a bank statement, bid under a guarantee, won, paid, weighed, settled, paid out.</summary>
public sealed partial class FromTopUpToPayout(Demo demo) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-way-").FullName;
    private readonly SteppingTime time = new(new DateTimeOffset(2026, 5, 4, 7, 0, 0, TimeSpan.Zero));
    private WebApplication app = null!;

    private Uri Address => new(app.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        app = Demo.Build(new FrontOptions(folder, Urls: "http://127.0.0.1:0") { Time = time, BankAccounts = [new(TextValue.Parse<Iban>(FrontOptions.DemoAccount), Currency.Kzt)] });
        await app.StartAsync();
        await DemoOrganisations.Register(app.Services.GetRequiredService<IDatabase>(), time);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// 20.5 t at 47,500 tenge a tonne is 973,750. The scale says 19,872.5 kg with 1.2 points of moisture above the stated: 19,634.03 kg are paid for, 932,616.425 tenge, which is 932,616.43.
    /// Of that the fee is 2 %, 18,652.33, and VAT 16 % of the fee, 2,984.37; 910,979.73 is the seller's. 973,750.00 − 932,616.43 = 41,133.57 goes back to the buyer.
    /// </summary>
    [Fact]
    public async Task A_recycler_pays_in_wins_pays_weighs_and_the_seller_has_his_money()
    {
        await In("seller", async page =>
        {
            await page.GotoAsync("/my/payouts");
            await page.FillAsync("[name=account]", Camt.Account);
            await Send(page, "/my/payouts/account");
        });
        var lot = await Publish();

        var references = new Dictionary<string, string>();
        foreach (var buyer in (string[])["buyer", "buyer-pet"])
        {
            await In(buyer, async page =>
            {
                await page.GotoAsync($"/lots/{lot}");
                (await page.InnerTextAsync(".bid-panel .notice")).Should().Contain("46,125.00\u00a0₸");
                (await page.Locator("[name=maximum]").CountAsync()).Should().Be(0, "he is told before he types");
                await page.ClickAsync(".bid-panel .notice a");
                references[buyer] = (await page.Locator("dl.facts code").AllInnerTextsAsync())[1];
            });
        }

        var invoice = "";
        await In("buyer", async page =>
        {
            await page.GotoAsync("/my/wallet");
            await page.FillAsync("form[action='/my/wallet/invoices'] [name=amount]", "1000000");
            await page.ClickAsync("form[action='/my/wallet/invoices'] button");
            await page.WaitForURLAsync("**/documents/*");
            invoice = new Uri(page.Url).AbsolutePath;
            var asked = Reference().Match(await page.InnerTextAsync("article.sheet")).Value;
            asked.Should().StartWith("RF").And.NotBe(references["buyer"], "an invoice has a reference of its own");
            references["buyer"] = asked;
        });
        await Take("S-0", 0, 950_000, Camt.Entry("B-0", 950_000, written: $"Оплата счёта {references["buyer"]}"));
        await In("buyer", async page =>
        {
            await Come(page, "/my/notices", $"a[href='{invoice}']", 1);
            (await page.InnerTextAsync($"a[href='{invoice}']")).Should().ContainAll("950,000.00\u00a0₸", "50,000.00\u00a0₸ is still missing");
            await page.ClickAsync($"a[href='{invoice}']");
            (await page.InnerTextAsync("p.notice")).Should().Contain("50,000.00\u00a0₸ is still missing");
        });
        await Take("S-1", 950_000, 1_100_000, Camt.Entry("B-1", 50_000, written: references["buyer"]) + Camt.Entry("B-2", 100_000, written: references["buyer-pet"]));
        await In("buyer", async page =>
        {
            await Come(page, "/my/notices", $"a[href='{invoice}']", 2);
            (await page.InnerTextAsync("ul.notices")).Should().Contain("is paid");
        });
        await Bid("buyer", lot, "50000");
        await Bid("buyer-pet", lot, "47000");
        await In("buyer-pet", async page => (await Come(page, "/my/wallet", "a[href^='/lots/']", 1)).Should().NotBeEmpty("his guarantee is held"));

        time.Set(time.GetUtcNow().AddDays(5));
        await In("buyer-pet", async page =>
        {
            await Come(page, "/my/wallet", "a[href^='/lots/']", 0);
            (await Available(page)).Should().Be("100,000.00\u00a0₸", "who lost has his guarantee back at the close");
        });
        var deal = "";
        await In("buyer", async page =>
        {
            await Come(page, $"/lots/{lot}", "a[href^='/deals/']", 1);
            deal = (await page.GetAttributeAsync("a[href^='/deals/']", "href"))!;
            await page.GotoAsync(deal);
            (await page.InnerTextAsync(".bid-panel")).Should().Contain("standstill");
        });

        time.Set(time.GetUtcNow().AddDays(1));
        await Do("buyer", deal, "contract");
        await Do("seller", deal, "contract");
        await In("buyer", async page =>
        {
            await Come(page, deal, $"form[action='{deal}/payment']", 1);
            (await page.InnerTextAsync($"form[action='{deal}/payment'] button")).Should().Contain("973,750.00\u00a0₸");
            await Send(page, $"{deal}/payment");
        });
        await Do("buyer", deal, "pick-up");
        await Do("seller", deal, "pick-up");
        await Do("seller", deal, "loading", ("vehicle", "123 ABC 02"));
        await Do("buyer", deal, "weighings", ("gross_kg", "28012.5"), ("tare_kg", "8140"), ("moisture_percent", "9.2"), ("ticket", "T-1"), ("vehicle", "123 ABC 02"));
        await Do("buyer", deal, "receipt");

        var files = new List<(string Number, string Text)>();
        await In("seller", async page =>
        {
            await Come(page, deal, "a[href^='/documents/']", 4);
            (await page.InnerTextAsync(".bid-panel")).Should().Contain("932,616.43\u00a0₸");
            (await page.InnerTextAsync("dl.sums")).Should().ContainAll("19,634.03", "973,750.00\u00a0₸", "41,133.57\u00a0₸", "18,652.33\u00a0₸", "2,984.37\u00a0₸", "910,979.73\u00a0₸");
            foreach (var address in await page.Locator("a[href^='/documents/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
            {
                await page.GotoAsync(address);
                var file = await (await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download]"))).PathAsync();
                files.Add((await page.TitleAsync(), await PdfText.Read(await File.ReadAllBytesAsync(file))));
            }

            await page.GotoAsync("/my/wallet");
            (await Available(page)).Should().Be("910,979.73\u00a0₸");
            await page.GotoAsync("/my/payouts");
            await page.FillAsync("[name=amount]", "910000");
            await Send(page, "/my/payouts");
        });
        files.Select(file => file.Number[..2]).Should().BeEquivalentTo(["CT", "AA", "SS", "IN"]);
        files.Single(file => file.Number.StartsWith("AA", StringComparison.Ordinal)).Text.Should().ContainAll("28,012.5", "8,140", "19,872.5", "19,634.03", "T-1");
        files.Single(file => file.Number.StartsWith("SS", StringComparison.Ordinal)).Text.Should().ContainAll("932,616.43", "41,133.57", "18,652.33", "2,984.37", "910,979.73");
        files.Single(file => file.Number.StartsWith("IN", StringComparison.Ordinal)).Text.Should().ContainAll("18,652.33", "16%", "2,984.37", "21,636.70");
        await In("buyer", async page =>
        {
            await page.GotoAsync("/my/wallet");
            (await Available(page)).Should().Be("67,383.57\u00a0₸", "a million less the goods");
        });

        var called = "";
        await In("operator", async page =>
        {
            await Come(page, "/operator/bank", "form[action^='/operator/bank/payment-files/']", 1);
            await page.ClickAsync("form[action^='/operator/bank/payment-files/'] button");
            await Come(page, "/operator/bank", "a[download]", 1);
            var order = await File.ReadAllTextAsync(await (await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download]"))).PathAsync());
            order.Should().Contain("pain.001.001").And.Contain(Camt.Account).And.Contain("910000.00");
            called = EndToEnd().Match(order).Groups[1].Value;
        });
        using (var operators = await Demo.Program(Address, "operator"))
        {
            (await operators.GetFromJsonAsync<JsonElement>("/api/v1/bank/payment-files")).GetProperty("items").EnumerateArray().Select(file => (file.GetProperty("number").GetInt64(), file.GetProperty("sum").GetString())).Should().Equal((1, "910000.00 KZT"));
            var filed = (await operators.GetFromJsonAsync<JsonElement>("/api/v1/bank/payouts/filed")).GetProperty("items").EnumerateArray().Should().ContainSingle().Subject;
            (filed.GetProperty("payout").GetProperty("payout_id").GetString(), filed.GetProperty("file_number").GetInt64(), filed.GetProperty("from_account").GetString()).Should().Be((called, 1, FrontOptions.DemoAccount));
        }

        await Take("S-2", 1_100_000, 190_000, Camt.Entry("B-3", 910_000, credit: false, called: called));
        await In("seller", async page =>
        {
            await Come(page, "/my/payouts", "td:has-text('paid')", 1);
            await page.GotoAsync("/my/wallet");
            (await Available(page)).Should().Be("979.73\u00a0₸");
        });
        await In("operator", async page =>
        {
            await page.GotoAsync("/operator/bank");
            (await page.InnerTextAsync(".verdict.ok")).Should().Be("0.00\u00a0₸", "what the bank has is what the ledger says");
            await page.GotoAsync("/trial-balance");
            (await page.InnerTextAsync("main")).Should().ContainAll("18,652.33\u00a0₸", "2,984.37\u00a0₸").And.Contain("the balances add up to zero");
        });
    }

    [GeneratedRegex("RF[0-9]{2}( [0-9]{1,4})+")]
    private static partial Regex Reference();

    [GeneratedRegex("<EndToEndId>([^<]+)</EndToEndId>")]
    private static partial Regex EndToEnd();

    private async Task<string> Publish()
    {
        using var client = await Demo.Program(Address, "seller");
        client.DefaultRequestHeaders.Add("Idempotency-Key", CommandIds.New(time).ToString());
        using var answer = await client.PostAsJsonAsync("/api/v1/lots", LotRequests.Cardboard(time.GetUtcNow(), guarantee: "5"));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lot_id").GetGuid().ToString("N");
    }

    private Task Take(string name, long opening, long closing, string entries) => In("operator", async page =>
    {
        await page.GotoAsync("/operator/bank");
        var statement = Encoding.UTF8.GetBytes(Camt.Document(Camt.Statement(opening, closing, entries, name, FrontOptions.DemoAccount)));
        await page.SetInputFilesAsync("[name=statement]", new FilePayload { Name = $"{name}.xml", MimeType = "application/xml", Buffer = statement });
        await page.ClickAsync("form[action='/operator/bank/statements'] button");
        await page.Locator("main .done").WaitForAsync();
    });

    private Task Bid(string buyer, string lot, string tenge) => In(buyer, async page =>
    {
        await Come(page, $"/lots/{lot}", "[name=maximum]", 1);
        await page.FillAsync("[name=maximum]", tenge);
        await page.ClickAsync($"form[action='/lots/{lot}/bids'] button");
        await page.Locator("[data-standing]").WaitForAsync();
    });

    /// <summary>The deal's next step, by the form that is there once it is his turn.</summary>
    private Task Do(string key, string deal, string step, params (string Field, string Value)[] typed) => In(key, async page =>
    {
        await Come(page, deal, $"form[action='{deal}/{step}']", 1);
        foreach (var (field, value) in typed) await page.FillAsync($"form[action='{deal}/{step}'] [name={field}]", value);
        await Send(page, $"{deal}/{step}");
    });

    private static async Task Send(IPage page, string action)
    {
        await page.ClickAsync($"form[action='{action}'] button");
        await page.Locator("main [role=status]").First.WaitForAsync();
    }

    /// <summary>A browser of that user's own, signed in anew: days may have passed.</summary>
    private async Task In(string key, Func<IPage, Task> does)
    {
        var page = await demo.NewUser(key, address: Address);
        await does(page);
        await page.Context.CloseAsync();
    }

    /// <summary>Looks again until the page has at least so many of what is looked for, or none where none are wanted: followers are behind by moments.</summary>
    private static async Task<IReadOnlyList<string>> Come(IPage page, string address, string selector, int count)
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System))
        {
            await page.GotoAsync(address);
            var found = await page.Locator(selector).AllInnerTextsAsync();
            if (count == 0 ? found.Count == 0 : found.Count >= count) return found;
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(20)) throw new TimeoutException($"{address} has {found.Count} of {selector}, wanted {count}: {await page.InnerTextAsync("main")}");
        }
    }

    private static async Task<string> Available(IPage page) => await page.Locator(".totals b").First.InnerTextAsync();
}
