using System.Text.Json;
using Ainalym.Front;
using Ainalym.Journal.Http;
using Microsoft.Playwright;

namespace Ainalym.Browser.Tests;

/// <summary>What holds on every page, for everyone who may open it.</summary>
public sealed class Everywhere(Demo demo)
{
    private const int Phone = 360;

    private static readonly Texts Texts = new(FrontHost.Modules);

    private static readonly string Axe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));

    /// <summary>Name, address and who looks; an address is completed with a lot of the demo where it has a condition in braces.</summary>
    private static readonly (string Name, string Address, string? User, int Status)[] Pages =
    [
        ("home", "/", null, 200),
        ("board", "/lots", null, 200),
        ("board-filtered", "/lots?material=paper&closing=week&order=largest", null, 200),
        ("board-empty", "/lots?search=zzzz", null, 200),
        ("lot", "/lots/{l.status = 'open' AND s.bids > 3}", null, 200),
        ("lot-sealed", "/lots/{l.status = 'open' AND l.format = 'sealed'}", "buyer", 200),
        ("lot-fixed-price", "/lots/{l.status = 'open' AND l.format = 'fixed-price'}", "buyer", 200),
        ("lot-to-bid-on", "/lots/{l.status = 'open' AND l.format = 'ascending' AND s.bids > 1}", "buyer", 200),
        ("lot-frozen", "/lots/{l.status = 'frozen'}", null, 200),
        ("lot-awarded", "/lots/{l.status = 'awarded'}", null, 200),
        ("lot-unsold", "/lots/{l.status = 'unsold'}", null, 200),
        ("audit", "/lots/{l.status = 'awarded' AND l.format = 'ascending'}/audit", null, 200),
        ("audit-sealed", "/lots/{l.status = 'awarded' AND l.format = 'sealed'}/audit", null, 200),
        ("prices", "/prices", null, 200),
        ("prices-of-grade", "/prices/1.01.00", null, 200),
        ("prices-by-month", "/prices/1.01.00?step=month", null, 200),
        ("sign-in", "/sign-in", null, 200),
        ("register", "/register", null, 200),
        ("not-found", "/nowhere", null, 404),
        ("lot-not-found", "/lots/00000000000000000000000000000001", null, 404),
        ("not-allowed", "/operator", "buyer", 403),
        ("my-bids", "/my/bids", "buyer", 200),
        ("my-bids-none", "/my/bids", "buyer-group", 200),
        ("my-lots", "/my/lots", "seller", 200),
        ("new-lot", "/lots/new", "seller", 200),
        ("edit-lot", "/lots/{l.status = 'open' AND s.bids = 0 AND l.seller_id = (SELECT organisation_id FROM users WHERE email = 'seller@demo.ainalym.kz')}/edit", "seller", 200),
        ("my-deals", "/my/deals", "seller", 200),
        ("my-deals-turn", "/my/deals?turn=1", "buyer", 200),
        ("my-deals-none", "/my/deals", "buyer-group", 200),
        ("deals-operator", "/my/deals", "operator", 200),
        .. new[] { "contract", "unpaid", "handover", "received", "disputed", "settled", "defaulted" }.Select(stage => ($"deal-{stage}", $"/deals/{{d.stage = '{stage}'}}", (string?)"operator", 200)),
        ("deal-mine", "/deals/{d.stage = 'handover' AND d.buyer_id = (SELECT organisation_id FROM users WHERE email = 'buyer@demo.ainalym.kz')}", "buyer", 200),
        ("deal-not-mine", "/deals/{d.stage = 'settled'}", "buyer-group", 404),
        ("wallet", "/my/wallet", "buyer", 200),
        ("wallet-dollars", "/my/wallet?currency=USD", "buyer", 200),
        ("trial-balance", "/trial-balance", "operator", 200),
        ("trial-balances", "/trial-balances", null, 200),
        ("trial-balance-signed", "/trial-balances/KZT/{signed-day}", null, 200),
        ("wallet-empty", "/my/wallet", "seller", 200),
        ("notices", "/my/notices", "seller", 200),
        ("notices-buyer", "/my/notices", "buyer", 200),
        ("documents", "/documents", "seller", 200),
        ("document-contract", "/documents/{d.kind = 'contract'}", "operator", 200),
        ("document-act", "/documents/{d.kind = 'acceptance-act'}", "operator", 200),
        ("document-invoice", "/documents/{d.kind = 'top-up-invoice'}", "buyer", 200),
        ("document-fee", "/documents/{d.kind = 'fee-invoice'}", "operator", 200),
        ("series", "/document-series", "operator", 200),
        ("series-regulator", "/document-series?series=SS-2026", "regulator", 200),
        ("series-unknown", "/document-series?series=XX-2026", "operator", 404),
        ("check", "/check/{d.kind = 'contract'}", null, 200),
        ("check-unknown", "/check/0", null, 404),
        ("payouts", "/my/payouts", "seller", 200),
        ("payouts-none", "/my/payouts", "buyer", 200),
        ("operator", "/operator", "operator", 200),
        ("defaults", "/operator/defaults", "operator", 200),
        ("deal-draft", "/deals/{d.stage = 'contract'}/contract", "operator", 200),
        ("bank", "/operator/bank", "operator", 200),
    ];

    public static TheoryData<string, bool> Looks => new(Enum.GetValues<ColorScheme>().Where(theme => theme is ColorScheme.Light or ColorScheme.Dark)
        .SelectMany(theme => (IEnumerable<(string, bool)>)[("phone", theme == ColorScheme.Dark), ("desktop", theme == ColorScheme.Dark)]));

    /// <summary>Axe finds no serious fault, nothing is wider than the screen, and a picture of each page is left under artifacts/screens.</summary>
    [Theory, MemberData(nameof(Looks))]
    public async Task Every_page_is_accessible_and_fits(string size, bool dark)
    {
        var screens = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "screens")).FullName;
        var faults = new List<string>();
        foreach (var user in Pages.GroupBy(page => page.User))
        {
            var (width, height) = size == "phone" ? (Phone, 740) : (1280, 900);
            var page = user.Key is { } key
                ? await demo.NewUser(key, "kk", width: width, height: height, dark: dark)
                : await (await demo.NewVisitor("kk", width: width, height: height, dark: dark)).NewPageAsync();
            var errors = new List<string>();
            page.PageError += (_, error) => errors.Add(error);
            foreach (var (name, address, _, status) in user)
            {
                var answer = await page.GotoAsync(await Complete(address));
                answer!.Status.Should().Be(status, name);
                await page.EvaluateAsync("document.fonts.ready");
                faults.AddRange((await Serious(page)).Select(fault => $"{name}: {fault}"));
                await page.ScreenshotAsync(new() { Path = Path.Combine(screens, $"{name}-{size}-{(dark ? "dark" : "light")}.png"), FullPage = true });
                foreach (var wide in size == "phone" ? [width] : (int[])[768, 1024, width])
                {
                    await page.SetViewportSizeAsync(wide, height);
                    var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                    if (over > 0) faults.Add($"{name} is {over} pixels wider than {wide}");
                }
            }

            faults.AddRange(errors);
            await page.Context.CloseAsync();
        }

        faults.Should().BeEmpty();
    }

    [Theory, InlineData("kk"), InlineData("ru"), InlineData("en")]
    public async Task Every_page_speaks_the_readers_language(string language)
    {
        var skip = Texts.Of("front.skip", Languages.All.Single(culture => culture.Code() == language));
        var context = await demo.NewVisitor(language == "ru" ? "en" : "ru");
        var page = await context.NewPageAsync();
        await page.GotoAsync("/lots");
        await page.ClickAsync($"header a[hreflang={language}]");
        foreach (var (name, address, _, _) in Pages.Where(page => page.User is null))
        {
            await page.GotoAsync(await Complete(address));
            (await page.GetAttributeAsync("html", "lang")).Should().Be(language, name);
            (await page.TextContentAsync(".skip")).Should().Be(skip, name);
        }

        await context.CloseAsync();
    }

    /// <summary>Letters of the other alphabet where all is known by code would be a text that was forgotten.</summary>
    [Fact]
    public async Task English_pages_have_english_words_only()
    {
        var context = await demo.NewVisitor();
        var page = await context.NewPageAsync();
        foreach (var address in (string[])["/sign-in", "/register", "/nowhere", "/prices"])
        {
            await page.GotoAsync(address);
            (await page.InnerTextAsync("main")).Should().NotMatchRegex("[а-яёәғқңөұүһі]{3,}", address);
        }

        await context.CloseAsync();
    }

    /// <summary>In print there is the paper, not the screen's furniture.</summary>
    [Fact]
    public async Task A_lot_is_printed_without_menus_and_buttons()
    {
        var page = await demo.NewUser("buyer");
        await page.GotoAsync(await Complete("/lots/{l.status = 'open' AND l.format = 'ascending'}"));
        (await page.IsVisibleAsync(".bid-panel form button")).Should().BeTrue();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.IsVisibleAsync("header nav")).Should().BeFalse();
        (await page.IsVisibleAsync(".bid-panel form button")).Should().BeFalse();
        (await page.IsVisibleAsync("[data-price]")).Should().BeTrue();
        await page.Context.CloseAsync();
    }

    private static async Task<IReadOnlyList<string>> Serious(IPage page)
    {
        await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.map(fault => ({ id: fault.id, impact: fault.impact, nodes: fault.nodes.map(node => node.html) }))");
        return [.. found.EnumerateArray().Where(fault => fault.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(fault => $"{fault.GetProperty("id").GetString()} {fault.GetProperty("nodes")[0].GetString()}")];
    }

    private async Task<string> Complete(string address)
    {
        var (from, to) = (address.IndexOf('{', StringComparison.Ordinal), address.IndexOf('}', StringComparison.Ordinal));
        if (from < 0) return address;
        var asked = address[(from + 1)..to];
        var found = asked == "signed-day" ? demo.SignedDay() : address.StartsWith("/documents", StringComparison.Ordinal) ? demo.SomeDocument(asked) : address.StartsWith("/check", StringComparison.Ordinal) ? demo.SomeCheckCode(asked)
            : address.StartsWith("/deals", StringComparison.Ordinal) ? demo.SomeDeal(asked) : demo.SomeLot(asked);
        return address[..from] + await found + address[(to + 1)..];
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}
