using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace Ainalym.Browser.Tests;

/// <summary>What the pages' script does beside the live part.</summary>
public sealed class Scripts(Demo demo)
{
    /// <summary>250 KB (of 1,024 bytes) over the wire, with the map and its script, without photos.</summary>
    private const long MostOfABoard = 250 * 1024;

    [Theory, InlineData(360, 740), InlineData(1280, 900)]
    public async Task A_first_visit_to_the_board_takes_250_KB_at_most(int width, int height)
    {
        var context = await demo.NewVisitor("kk", width: width, height: height);
        var page = await context.NewPageAsync();
        var wire = await context.NewCDPSessionAsync(page);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        wire.Event("Network.requestWillBeSent").OnEvent += (_, sent) => addresses[sent!.Value.GetProperty("requestId").GetString()!] = sent.Value.GetProperty("request").GetProperty("url").GetString()!;
        wire.Event("Network.loadingFinished").OnEvent += (_, loaded) => sizes[loaded!.Value.GetProperty("requestId").GetString()!] = (long)loaded.Value.GetProperty("encodedDataLength").GetDouble();
        await wire.SendAsync("Network.enable");
        await page.GotoAsync("/lots");
        await page.Locator("[data-map]").ScrollIntoViewIfNeededAsync();
        await page.Locator("[data-map][data-ready]").WaitForAsync();

        var taken = sizes.Where(size => !addresses[size.Key].Contains("/photos/", StringComparison.Ordinal)).ToList();
        taken.Should().HaveCountGreaterThan(5, "the page, its style, its script, letters and the map");
        var total = taken.Sum(size => size.Value);
        TestContext.Current.TestOutputHelper!.WriteLine($"{total} bytes: {string.Join(", ", taken.Select(size => $"{new Uri(addresses[size.Key]).AbsolutePath} {size.Value}"))}");
        total.Should().BeInRange(30_000, MostOfABoard);
        await context.CloseAsync();
    }

    [Fact]
    public async Task The_award_is_worked_out_again_in_the_visitors_browser()
    {
        foreach (var format in (string[])["ascending", "sealed", "fixed-price"])
        {
            var lot = await demo.SomeLot($"l.status = 'awarded' AND l.format = '{format}'");
            var page = await (await demo.NewVisitor()).NewPageAsync();
            await page.GotoAsync($"/lots/{lot}/audit");
            await page.Locator(".verdict.ok").WaitForAsync();
            var price = decimal.Parse((await demo.Get($"lots/{lot}")).GetProperty("lot").GetProperty("award_price").GetString()!.Split(' ')[0], CultureInfo.InvariantCulture);
            (await page.InnerTextAsync("[data-own=price]")).Should().Be(string.Create(CultureInfo.InvariantCulture, $"{price:N2}\u00a0₸/t"));
            await page.Context.CloseAsync();
        }
    }

    /// <summary>A file whose outcome is not what its own bids give is found out.</summary>
    [Fact]
    public async Task A_changed_audit_file_does_not_match()
    {
        var lot = await demo.SomeLot("l.status = 'awarded' AND l.format = 'ascending' AND s.bids > 1");
        var page = await (await demo.NewVisitor()).NewPageAsync();
        await page.RouteAsync("**/api/v1/lots/*/audit", async route =>
        {
            var answer = await route.FetchAsync();
            var file = JsonNode.Parse(await answer.TextAsync())!;
            file["outcome"]!["price"] = "1.00 KZT";
            await route.FulfillAsync(new() { Response = answer, Body = file.ToJsonString(JsonSerializerOptions.Default) });
        });
        await page.GotoAsync($"/lots/{lot}/audit");
        await page.Locator(".verdict.not").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_a_seller_types_is_kept_and_photos_are_sent_with_a_small_copy()
    {
        var page = await demo.NewUser("seller-shymkent");
        await page.GotoAsync("/lots/new");
        await page.FillAsync("#description", "typed, not sent");
        await page.SetInputFilesAsync("#photo", [Photo("jpg"), Photo("webp")]);
        await Expect(page.Locator("[data-photos] li")).ToHaveCountAsync(2);
        var draft = page.Locator("[data-draft-state]");
        await Expect(draft).ToHaveTextAsync((await draft.GetAttributeAsync("data-saved"))!);
        var shown = await page.Locator("[data-photos] img").First.GetAttributeAsync("src");
        var full = await page.Locator("[data-photos] input").First.InputValueAsync();
        shown.Should().NotBe($"/photos/{full}", "lists show the small copy");

        await page.FillAsync("#place", "left at once");
        await page.GotoAsync("/my/lots");
        await page.ClickAsync(".drafts a");
        (await page.InputValueAsync("#description")).Should().Be("typed, not sent");
        (await page.InputValueAsync("#place")).Should().Be("left at once");
        (await page.Locator("[data-photos] li").CountAsync()).Should().Be(2);

        await page.SetInputFilesAsync("#photo", new Microsoft.Playwright.FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "no photo"u8.ToArray() });
        await Expect(page.Locator("[data-photo-state]")).ToContainTextAsync("notes.txt: ");
        (await page.Locator("[data-photos] li").CountAsync()).Should().Be(2);
        await page.Context.CloseAsync();
    }

    private static string Photo(string extension) => Path.Combine(AppContext.BaseDirectory, "photos", "sample." + extension);
}
