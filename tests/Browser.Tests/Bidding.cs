using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ainalym.Browser.Tests;

/// <summary>Bidding as two people at two computers see it.</summary>
public sealed partial class Bidding(Demo demo)
{
    private const string Price = "[data-price]";
    private const string LiveState = "[data-live-state]";

    [Fact]
    public async Task Two_browsers_on_one_lot_see_the_same_price_within_a_second()
    {
        var lot = await demo.Publish();
        var bidder = await demo.NewUser("buyer");
        var watcher = await demo.NewUser("buyer-pet", language: "kk");
        foreach (var page in (IPage[])[bidder, watcher])
        {
            await page.GotoAsync($"/lots/{lot}");
            await Live(page);
        }

        await Offer(watcher, "50000");
        await Live(watcher);
        await watcher.EvaluateAsync("new MutationObserver(() => window.seen = Date.now()).observe(document.querySelector('[data-price]'), { childList: true, characterData: true, subtree: true })");
        await bidder.ReloadAsync();
        await Offer(bidder, "48000");
        await Expect(watcher.Locator("[data-standing].good")).ToBeVisibleAsync();

        var committed = (await demo.Get($"lots/{lot}/bids")).GetProperty("items")[0];
        var seen = DateTimeOffset.FromUnixTimeMilliseconds(await watcher.EvaluateAsync<long>("window.seen"));
        (seen - committed.GetProperty("at").GetDateTimeOffset()).Should().BePositive().And.BeLessThan(TimeSpan.FromSeconds(1));
        committed.GetProperty("price").GetString().Should().Be("48500.00 KZT");
        foreach (var page in (IPage[])[bidder, watcher]) Digits(await page.InnerTextAsync(Price)).Should().StartWith("48500");
        (await watcher.InnerTextAsync("[data-standing]")).Should().Be(await watcher.GetAttributeAsync("[data-standing]", "data-lead"));
        (await bidder.InnerTextAsync("[data-standing]")).Should().Be(await bidder.GetAttributeAsync("[data-standing]", "data-outbid"));
        await Close(bidder, watcher);
    }

    [Fact]
    public async Task A_browser_that_loses_the_network_comes_back_without_a_gap()
    {
        var lot = await demo.Publish();
        using var first = await demo.Program("buyer");
        using var second = await demo.Program("buyer-metal");
        await using var wire = new Wire(demo.Address);
        var page = await (await demo.NewVisitor(address: wire.Address)).NewPageAsync();
        await page.GotoAsync($"/lots/{lot}");
        await Live(page);
        await Demo.Bid(first, lot, 46_000);
        await Expect(page.Locator("[data-bids]")).ToHaveTextAsync("1");

        await wire.Cut();
        await Expect(page.Locator(LiveState)).Not.ToHaveAttributeAsync("data-state", "live");
        for (var n = 1; n <= 6; n++) await Demo.Bid(n % 2 == 0 ? first : second, lot, 46_000 + (n * 2_000));
        (await page.InnerTextAsync("[data-bids]")).Should().Be("1", "nothing comes over a wire that is cut");
        wire.Mend();
        await Expect(page.Locator("[data-bids]")).ToHaveTextAsync("7", new() { Timeout = 20_000 });
        await Live(page);

        // The same rows and price as a page that was never away shows.
        var fresh = await (await demo.NewVisitor()).NewPageAsync();
        await fresh.GotoAsync($"/lots/{lot}");
        (await page.InnerTextAsync(Price)).Should().Be(await fresh.InnerTextAsync(Price));
        (await Column(page, 1)).Should().Equal(await Column(fresh, 1));
        (await Column(page, 2)).Should().Equal(await Column(fresh, 2)).And.HaveCount(7);
        (await Column(page, 3)).Should().Equal(await Column(fresh, 3));
        await Close(page, fresh);
    }

    /// <summary>A page's place in the journal is taken before the page is read, so the first news may be what it shows.</summary>
    [Fact]
    public async Task News_that_the_page_shows_already_changes_nothing()
    {
        var lot = await demo.Publish();
        using var buyer = await demo.Program("buyer");
        using var other = await demo.Program("buyer-pet");
        for (var n = 1; n <= 4; n++) await Demo.Bid(n % 2 == 0 ? buyer : other, lot, 50_000 + (n * 2_000));
        var page = await (await demo.NewVisitor()).NewPageAsync();
        await page.RouteAsync($"**/lots/{lot}", async route =>
        {
            var answer = await route.FetchAsync();
            var html = await answer.TextAsync();
            await route.FulfillAsync(new() { Response = answer, Body = Position().Replace(html, mark => $"data-position=\"{long.Parse(mark.Groups["at"].Value, CultureInfo.InvariantCulture) - 3}\"") });
        });
        await page.GotoAsync($"/lots/{lot}");
        await Live(page);
        var price = await page.InnerTextAsync(Price);
        await Demo.Bid(other, lot, 90_000);
        await Expect(page.Locator(Price)).Not.ToHaveTextAsync(price);
        (await page.InnerTextAsync("[data-bids]")).Should().Be("5");
        (await Column(page, 3)).Should().HaveCount(5).And.OnlyHaveUniqueItems();
        await Close(page);
    }

    [Fact]
    public async Task A_browser_without_network_says_so()
    {
        var lot = await demo.Publish();
        var page = await (await demo.NewVisitor(language: "ru")).NewPageAsync();
        await page.GotoAsync($"/lots/{lot}");
        await Live(page);
        await page.Context.SetOfflineAsync(true);
        await Expect(page.Locator(LiveState)).ToHaveAttributeAsync("data-state", "offline");
        (await page.InnerTextAsync(LiveState)).Should().Be(await page.GetAttributeAsync(LiveState, "data-offline"));
        await page.Context.SetOfflineAsync(false);
        await Live(page);
        await Close(page);
    }

    [Fact]
    public async Task Bidding_goes_without_script_from_the_board_to_the_bid()
    {
        var lot = await demo.Publish();
        var page = await demo.NewUser("buyer-glass", language: "ru", script: false);
        await page.GotoAsync("/lots?order=newest");
        await page.ClickAsync($"a[href='/lots/{lot}']");
        await Offer(page, "44999.99");
        (await page.InnerTextAsync("[role=alert]")).Should().Contain("45", "the least bid is said");
        (await page.InputValueAsync("#maximum")).Should().Be("44999.99", "what was typed stays");
        await Offer(page, "60000");
        (await page.Locator(".done").CountAsync()).Should().Be(1);
        Digits(await page.InnerTextAsync(Price)).Should().StartWith("45000");
        (await page.InnerTextAsync("[data-standing]")).Should().Be(await page.GetAttributeAsync("[data-standing]", "data-lead"));

        // Another bids meanwhile; whoever has no script loads the page again, and misses nothing either.
        using var other = await demo.Program("buyer-pet");
        await Demo.Bid(other, lot, 70_000);
        await page.ReloadAsync();
        (await page.InnerTextAsync("[data-bids]")).Should().Be("2");
        (await page.InnerTextAsync("[data-standing]")).Should().Be(await page.GetAttributeAsync("[data-standing]", "data-outbid"));
        await page.GotoAsync("/my/bids");
        (await page.Locator($"a[href='/lots/{lot}']").CountAsync()).Should().Be(1);
        await Close(page);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_form_sent_twice_is_one_bid(bool script)
    {
        var lot = await demo.Publish();
        var page = await demo.NewUser("buyer", script: script);
        await page.GotoAsync($"/lots/{lot}");
        await page.FillAsync("[name=maximum]", "52000");
        await page.Locator(".bid-panel form[action$='/bids'] button").DblClickAsync();
        await page.Locator(".done").WaitForAsync();
        (await demo.BidsOn(lot)).Should().Be(1);

        // And the same form once more, as a browser's back button gives it.
        var form = await page.Context.APIRequest.GetAsync($"/lots/{lot}");
        var html = await form.TextAsync();
        var sent = page.Context.APIRequest.CreateFormData();
        foreach (var name in (string[])["form_token", "command_id", "revision"]) sent.Append(name, Hidden(html, name));
        sent.Append("maximum", "55000");
        foreach (var _ in (int[])[1, 2])
            (await page.Context.APIRequest.PostAsync($"/lots/{lot}/bids", new() { Form = sent, MaxRedirects = 0 })).Status.Should().Be(302);
        (await demo.BidsOn(lot)).Should().Be(2);
        await Close(page);
    }

    /// <summary>From the address bar to the bid by keyboard alone.</summary>
    [Fact]
    public async Task A_bid_is_made_by_keyboard()
    {
        var lot = await demo.Publish();
        var page = await demo.NewUser("buyer-metal");
        await page.GotoAsync($"/lots/{lot}");
        await page.Keyboard.PressAsync("Tab");
        (await Focused(page)).Should().Be("#main", "the way past the head of the page is the first stop");
        await page.Keyboard.PressAsync("Enter");
        for (var n = 0; n < 20 && await Focused(page) != "maximum"; n++) await page.Keyboard.PressAsync("Tab");
        (await Focused(page)).Should().Be("maximum");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("51000");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".done").WaitForAsync();
        (await demo.BidsOn(lot)).Should().Be(1);
        await Close(page);
    }

    /// <summary>A screen reader is told of a price that moves.</summary>
    [Fact]
    public async Task A_moved_price_is_said()
    {
        var lot = await demo.Publish();
        var page = await (await demo.NewVisitor()).NewPageAsync();
        await page.GotoAsync($"/lots/{lot}");
        await Live(page);
        using var buyer = await demo.Program("buyer");
        await Demo.Bid(buyer, lot, 47_000);
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("45,000.00");
        (await page.GetAttributeAsync("[data-said]", "role")).Should().Be("status");
        await Close(page);
    }

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.name || document.activeElement.getAttribute('href') || document.activeElement.tagName");

    private static async Task Offer(IPage page, string maximum)
    {
        await page.FillAsync("[name=maximum]", maximum);
        await page.ClickAsync(".bid-panel form[action$='/bids'] button");
        await page.WaitForLoadStateAsync();
    }

    private static Task Live(IPage page) => Expect(page.Locator(LiveState)).ToHaveAttributeAsync("data-state", "live", new() { Timeout = 15_000 });

    private static Task<IReadOnlyList<string>> Column(IPage page, int column) => page.Locator($"[data-history] td:nth-child({column.ToString(CultureInfo.InvariantCulture)})").AllInnerTextsAsync();

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string Hidden(string html, string name)
    {
        var from = html.IndexOf("/bids\"", StringComparison.Ordinal);
        var at = html.IndexOf($"name=\"{name}\" value=\"", from, StringComparison.Ordinal) + name.Length + 15;
        return System.Net.WebUtility.HtmlDecode(html[at..html.IndexOf('"', at)]);
    }

    [GeneratedRegex("data-position=\"(?<at>[0-9]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Position();

    private static async Task Close(params IPage[] pages)
    {
        foreach (var page in pages) await page.Context.CloseAsync();
    }
}
