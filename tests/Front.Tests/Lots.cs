using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Support;

namespace Ainalym.Front.Tests;

/// <summary>Lots as programs and browsers meet them, through the whole house.</summary>
public sealed class Lots(FrontServer server)
{
    [Fact]
    public async Task A_lot_is_published_by_the_API_and_bid_on_by_page_and_by_API()
    {
        var lot = await Publish();
        using var browser = await Browser("buyer");
        var page = await browser.GetStringAsync($"/lots/{lot}");
        page.Should().Contain("At least 45,000.00\u00A0₸/t".Replace("\u00A0", "&#xA0;", StringComparison.Ordinal));

        var answer = await browser.SendForm($"/lots/{lot}", $"/lots/{lot:N}/bids", Maximum("60000"));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await browser.GetStringAsync(answer.Headers.Location)).Should().Contain("Your bid has been taken").And.Contain("You lead").And.Contain("60,000.00");

        using var other = await server.Program("buyer-pet");
        var bid = await Bid(other, lot, "52000").Json();
        bid.GetProperty("leading").GetBoolean().Should().BeFalse();
        bid.GetProperty("price").GetString().Should().Be("53000.00 KZT");

        using var visitor = server.Visitor();
        var seen = await visitor.GetStringAsync($"/lots/{lot}");
        seen.Should().Contain("Bidder 1").And.Contain("Bidder 2").And.NotContain("60,000").And.NotContain("<form method=\"post\" action=\"/lots");
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_bid()
    {
        var lot = await Publish();
        using var browser = await Browser("buyer");
        var fields = Maximum("50000");
        fields["command_id"] = CommandIds.New(TimeProvider.System).ToString();
        for (var n = 0; n < 3; n++) (await browser.SendForm($"/lots/{lot}", $"/lots/{lot:N}/bids", fields)).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await browser.GetAsync($"/api/v1/lots/{lot}").Json()).GetProperty("lot").GetProperty("bids").GetInt64().Should().Be(1);
    }

    [Theory]
    [InlineData("44999.99", HttpStatusCode.Conflict, "45,000.00")]
    [InlineData("", HttpStatusCode.BadRequest, "maximum-error-0")]
    [InlineData("<script>", HttpStatusCode.BadRequest, "value=\"&lt;script&gt;\"")]
    [InlineData("-1", HttpStatusCode.BadRequest, "maximum-error-0")]
    [InlineData("1e9", HttpStatusCode.BadRequest, "maximum-error-0")]
    [InlineData("99999999999999999999999999", HttpStatusCode.BadRequest, "maximum-error-0")]
    [InlineData("50000.001", HttpStatusCode.BadRequest, "maximum-error-0")]
    [InlineData("50000 USD", HttpStatusCode.Conflict, "KZT")]
    public async Task A_bad_bid_is_told_on_the_page_and_nothing_is_stored(string maximum, HttpStatusCode status, string told)
    {
        var lot = await Publish();
        using var browser = await Browser("buyer");
        var answer = await browser.SendForm($"/lots/{lot}", $"/lots/{lot:N}/bids", Maximum(maximum));
        answer.StatusCode.Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Replace("&#xA0;", " ", StringComparison.Ordinal).Should().Contain(told).And.NotContain("<script>");
        (await browser.GetAsync($"/api/v1/lots/{lot}").Json()).GetProperty("lot").GetProperty("bids").GetInt64().Should().Be(0);
    }

    [Fact]
    public async Task An_affiliate_of_the_seller_may_not_bid()
    {
        var lot = await Publish();
        using var affiliate = await server.Program("buyer-group");
        (await Bid(affiliate, lot, "50000").Problem()).Should().Be((409, "market.lot.affiliate-may-not-bid", null));
    }

    [Fact]
    public async Task Who_becomes_an_affiliate_after_the_listing_may_not_bid_from_then_on()
    {
        var seller = await server.NewProgram("seller");
        var buyer = await server.NewProgram("buyer");
        using var asSeller = seller.Program;
        using var asBuyer = buyer.Program;
        using var asOperator = await server.Program("operator");
        var lot = await PublishBy(asSeller);
        (await Bid(asBuyer, lot, "50000")).StatusCode.Should().Be(HttpStatusCode.OK);

        (await asOperator.PutAsJsonAsync($"/api/v1/organisations/{seller.Id}/head", new { head_bin = buyer.Bin })).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await Bid(asBuyer, lot, "60000").Problem()).Should().Be((409, "market.lot.affiliate-may-not-bid", null));
    }

    [Fact]
    public async Task A_sellers_text_is_shown_encoded()
    {
        var lot = await Publish("Картон & \"Қағаз\"");
        using var visitor = server.Visitor();
        (await visitor.GetStringAsync($"/lots/{lot}")).Should().Contain("Картон &amp; &quot;Қағаз&quot;");
    }

    [Fact]
    public async Task The_board_shows_open_lots_by_their_filter()
    {
        var lot = await Publish();
        using var visitor = server.Visitor();
        (await visitor.GetStringAsync("/lots?region=75&material=paper&format=ascending")).Should().Contain($"/lots/{lot:N}");
        (await visitor.GetStringAsync("/lots?region=71&material=paper")).Should().NotContain($"/lots/{lot:N}");
        (await visitor.GetStringAsync("/lots?region=&material=&format=")).Should().Contain($"/lots/{lot:N}");
        (await visitor.GetAsync("/lots?region=x")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await visitor.GetAsync("/lots?format=x")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await visitor.GetAsync("/lots?after=x")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await visitor.GetAsync($"/lots/{Guid.Empty}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_lot_has_a_tag_that_changes_with_it()
    {
        var lot = await Publish();
        using var buyer = await server.Program("buyer");
        var tag = (await buyer.GetAsync($"/api/v1/lots/{lot}")).Headers.ETag!;
        buyer.DefaultRequestHeaders.IfNoneMatch.Add(tag);
        (await buyer.GetAsync($"/api/v1/lots/{lot}")).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await Bid(buyer, lot, "50000")).EnsureSuccessStatusCode();
        (await buyer.GetAsync($"/api/v1/lots/{lot}")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fixed_price_lot_is_bought_by_page()
    {
        var lot = await Publish(format: "fixed-price");
        using var browser = await Browser("buyer");
        var answer = await browser.SendForm($"/lots/{lot}", $"/lots/{lot:N}/purchase", new Dictionary<string, string>(StringComparer.Ordinal));
        (await browser.GetStringAsync(answer.Headers.Location)).Should().Contain("The lot is yours").And.Contain("Check the outcome");
        (await browser.GetAsync($"/api/v1/lots/{lot}/audit")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>Nobody could give a guarantee for it, or pay: this server has an account in tenge only.</summary>
    [Fact]
    public async Task A_lot_in_a_currency_that_the_house_has_no_account_in_is_refused()
    {
        using var seller = await server.Program("seller");
        var lot = JsonSerializer.SerializeToNode(LotRequests.Cardboard(server.Time.GetUtcNow(), format: "sealed"))!;
        lot["opening_price"] = "100.00 USD";
        (await seller.Write(HttpMethod.Post, "/api/v1/lots", lot).Problem()).Should().Be((422, "market.lot.no-account-in-currency", "opening_price"));
        lot["opening_price"] = "100.00 KZT";
        (await seller.Write(HttpMethod.Post, "/api/v1/lots", lot)).StatusCode.Should().Be(HttpStatusCode.Created);
    }

    private async Task<Guid> Publish(string description = "Картон", string format = "ascending")
    {
        using var seller = await server.Program("seller");
        return await PublishBy(seller, description, format);
    }

    private async Task<Guid> PublishBy(HttpClient seller, string description = "Картон", string format = "ascending")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/lots") { Content = JsonContent.Create(LotRequests.Cardboard(server.Time.GetUtcNow(), description, format)) };
        request.Headers.Add("Idempotency-Key", CommandIds.New(TimeProvider.System).ToString());
        var answer = await seller.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lot_id").GetGuid();
    }

    private static Task<HttpResponseMessage> Bid(HttpClient buyer, Guid lot, string maximum)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/lots/{lot}/bids") { Content = JsonContent.Create(new { maximum }) };
        request.Headers.Add("Idempotency-Key", CommandIds.New(TimeProvider.System).ToString());
        return buyer.SendAsync(request);
    }

    private async Task<HttpClient> Browser(string key)
    {
        var browser = server.Visitor();
        var answer = await browser.SendForm("/sign-in", "/sign-in", new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = $"{key}@demo.ainalym.kz", ["password"] = "ainalym-demo" });
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return browser;
    }

    private static Dictionary<string, string> Maximum(string maximum) => new(StringComparer.Ordinal) { ["maximum"] = maximum };
}
