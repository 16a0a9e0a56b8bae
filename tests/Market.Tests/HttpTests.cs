using System.Text.Json;
using System.Text.Json.Nodes;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

public sealed class HttpTests : IAsyncLifetime
{
    private static readonly (Guid, string) AsSeller = (Seller, "Seller");
    private static readonly (Guid, string) AsAliya = (Aliya, "Buyer");
    private static readonly (Guid, string) AsBolat = (Bolat, "Buyer");
    private static readonly (Guid, string) AsOperator = (Dana, "Operator");
    private MarketServer server = null!;

    public async ValueTask InitializeAsync() => server = await MarketServer.Start();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_lot_is_published_bid_on_closed_and_audited()
    {
        var lotId = await Publish(Good());
        var (status, bid, _) = await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "5000.00", revision = 1 }, AsAliya);
        status.Should().Be(200);
        (Text(bid, "price"), (bool?)bid!["leading"], (int?)bid["bidder"]).Should().Be(("1000.00 KZT", true, 1));

        var (refused, problem, _) = await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "1050" }, AsBolat);
        refused.Should().Be(409);
        Text(problem, "code").Should().Be("market.lot.below-minimum-bid");
        Text(problem!["facts"]![0], "value").Should().Be("1100.00 KZT");

        (await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "3000 KZT" }, AsBolat)).Status.Should().Be(200);
        var (_, lot, _) = await server.Send(HttpMethod.Get, $"lots/{lotId}");
        (Text(lot!["lot"], "price"), Text(lot, "least_bid"), Text(lot["lot"], "status")).Should().Be(("3100.00 KZT", "3200.00 KZT", "open"));
        (await server.Send(HttpMethod.Get, $"lots/{lotId}/audit")).Status.Should().Be(409);

        await server.CloseAt(lotId, Close);
        var (found, file, _) = await server.Send(HttpMethod.Get, $"lots/{lotId}/audit");
        found.Should().Be(200);
        var read = file.Deserialize(MarketJson.Default.AuditDocument)!;
        AuditFile.Recompute(read).Should().Be(new AuditOutcome(1, Tenge(3100), TextValue.Parse<Money>("62000.00 KZT"), AwardedBy.Auction));
        var (_, won, _) = await server.Send(HttpMethod.Get, "lots/won", caller: AsAliya);
        Text(won!["items"]![0], "award_amount").Should().Be("62000.00 KZT");
    }

    [Fact]
    public async Task A_repeated_publication_is_the_same_lot()
    {
        var key = Guid.CreateVersion7(Noon);
        var first = await server.Send(HttpMethod.Post, "lots", Good(), AsSeller, key);
        var again = await server.Send(HttpMethod.Post, "lots", Good(), AsSeller, key);
        again.Status.Should().Be(201);
        again.Body!.ToJsonString().Should().Be(first.Body!.ToJsonString());
        var another = await server.Send(HttpMethod.Post, "lots", Good(), AsSeller, Guid.Parse("a8098c1a-f86e-41da-bd1a-00112444be1e"));
        another.Status.Should().Be(201);
    }

    [Fact]
    public async Task A_repeated_bid_has_the_same_answer_though_its_salt_is_new()
    {
        var lot = Good();
        lot["format"] = "sealed";
        lot.Remove("step_ladder");
        var lotId = await Publish(lot);
        var key = Guid.CreateVersion7(Noon);
        var first = await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "5000" }, AsAliya, key);
        var again = await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "5000" }, AsAliya, key);
        first.Status.Should().Be(200);
        Text(first.Body, "commitment").Should().HaveLength(64);
        again.Body!.ToJsonString().Should().Be(first.Body!.ToJsonString());
        var changed = await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "5001" }, AsAliya, key);
        (changed.Status, Text(changed.Body, "code")).Should().Be((422, "journal.command-id-reused"));
    }

    [Fact]
    public async Task Before_the_close_a_sealed_amount_is_on_no_route()
    {
        var lot = Good();
        lot["format"] = "sealed";
        lot.Remove("step_ladder");
        var lotId = await Publish(lot);
        await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "7777.77" }, AsAliya);
        foreach (var path in (string[])[$"lots/{lotId}", $"lots/{lotId}/bids", $"lots/{lotId}/mine", $"lots/{lotId}/audit", "lots", "lots/mine"])
        {
            foreach (var caller in ((Guid, string)?[])[null, AsAliya, AsBolat, AsSeller, AsOperator])
                (await server.Send(HttpMethod.Get, path, caller: caller)).Body?.ToJsonString().Should().NotContainAny("7777.77", "777777");
        }

        await server.CloseAt(lotId, Close);
        (await server.Send(HttpMethod.Get, $"lots/{lotId}/audit")).Body!.ToJsonString().Should().Contain("7777.77 KZT");
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_field_by_field_all_at_once()
    {
        var lot = Good();
        lot["mass_kg"] = "20 t";
        lot["waste_code"] = "15 01";
        lot["opening_price"] = "-5";
        lot["step_ladder"] = new JsonArray(new JsonObject { ["step"] = "x" });
        var (status, problem, _) = await server.Send(HttpMethod.Post, "lots", lot, AsSeller);
        status.Should().Be(400);
        problem!["errors"]!.AsArray().Select(error => Text(error, "field")).Should().BeEquivalentTo("mass_kg", "waste_code", "opening_price", "step_ladder[0].step");
    }

    [Fact]
    public async Task What_may_not_be_published_is_told_field_by_field_all_at_once()
    {
        var lot = Good();
        lot["grade"] = "no such grade";
        lot["place"] = "<script>";
        lot["closes_at"] = Noon.AddDays(91);
        lot["waste_code"] = "15 01 01*";
        var (status, problem, _) = await server.Send(HttpMethod.Post, "lots", lot, AsSeller);
        status.Should().Be(422);
        problem!["errors"]!.AsArray().Select(error => Text(error, "code")).Should().BeEquivalentTo(
            "market.lot.unknown-grade", "market.lot.hazard-mark-wrong", "market.lot.text-not-plain", "market.lot.closes-too-late", "market.lot.pick-up-before-close");
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "form", "\"heap\"" }, { "format", "1" }, { "latitude", "\"north\"" }, { "latitude", "1e400" }, { "pick_up_from", "\"soon\"" }, { "closes_at", "\"2026-13-01T00:00:00Z\"" },
        { "mass_kg", "5" }, { "soft_close_minutes", "99999999999" }, { "place", "null" }, { "surprise", "1" }, { "step_ladder", "{}" }, { "step_ladder", "[null]" },
    };

    [Theory, MemberData(nameof(Malformed))]
    public async Task A_malformed_field_is_a_400_that_names_it(string field, string json)
    {
        var text = Good().ToJsonString();
        var lot = JsonNode.Parse(text)!.AsObject();
        lot.Remove(field);
        var body = lot.ToJsonString()[..^1] + $",\"{field}\":{json}}}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "lots") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("said", $"{Seller}/Seller");
        request.Headers.Add(IdempotencyKey.Header, Guid.CreateVersion7(Noon).ToString());
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        ((int)response.StatusCode).Should().Be(400);
        Text(problem, "field").Should().StartWith(field);
    }

    [Fact]
    public async Task The_board_pages_and_filters()
    {
        for (var n = 0; n < 3; n++) await Publish(Good());
        var (_, first, _) = await server.Send(HttpMethod.Get, "lots?size=2&region=75&format=ascending&grade=1.04.00&material=paper");
        first!["items"]!.AsArray().Should().HaveCount(2);
        var (_, second, _) = await server.Send(HttpMethod.Get, $"lots?size=2&after={Text(first, "next")}");
        second!["items"]!.AsArray().Should().HaveCount(1);
        second["next"].Should().BeNull();
        (await server.Send(HttpMethod.Get, "lots?region=10")).Body!["items"]!.AsArray().Should().BeEmpty();
        foreach (var (query, code) in (List<(string, string)>)[("region=x", "kernel.region.not-a-region-code"), ("format=x", "journal.request.not-in-list"), ("after=x", "journal.request.cursor-malformed"), ("size=x", "kernel.number.not-a-number")])
        {
            var (status, problem, _) = await server.Send(HttpMethod.Get, "lots?" + query);
            (status, Text(problem, "code")).Should().Be((400, code));
        }
    }

    [Fact]
    public async Task Bids_page_newest_first()
    {
        var lotId = await Publish(Good());
        for (var n = 1; n <= 3; n++) await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = $"{n}0000" }, n % 2 == 0 ? AsAliya : AsBolat);
        var (_, first, _) = await server.Send(HttpMethod.Get, $"lots/{lotId}/bids?size=2");
        first!["items"]!.AsArray().Select(bid => (int)bid!["bidder"]!).Should().Equal(1, 2);
        var (_, second, _) = await server.Send(HttpMethod.Get, $"lots/{lotId}/bids?size=2&after={Text(first, "next")}");
        second!["items"]!.AsArray().Select(bid => (int)bid!["bidder"]!).Should().Equal(1);
        (await server.Send(HttpMethod.Get, $"lots/{lotId}/mine", caller: AsAliya)).Body!.ToJsonString().Should().Be("""{"bidder":2,"maximum":"20000.00 KZT"}""");
    }

    [Fact]
    public async Task A_lot_has_an_etag_that_changes_with_each_event()
    {
        var lotId = await Publish(Good());
        var etag = (await server.Send(HttpMethod.Get, $"lots/{lotId}")).Headers.ETag!.ToString();
        (await server.Send(HttpMethod.Get, $"lots/{lotId}", etag: etag)).Status.Should().Be(304);
        await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "5000" }, AsAliya);
        (await server.Send(HttpMethod.Get, $"lots/{lotId}", etag: etag)).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_seller_changes_and_withdraws_its_lot_and_nobody_elses()
    {
        var lotId = await Publish(Good());
        var other = (Dana, "Seller");
        (await server.Send(HttpMethod.Put, $"lots/{lotId}", Good(), other)).Body!["code"]!.ToString().Should().Be("market.lot.not-the-seller");
        (await server.Send(HttpMethod.Put, $"lots/{lotId}", Good(), AsSeller)).Status.Should().Be(200);
        (await server.Send(HttpMethod.Post, $"lots/{lotId}/bids", new { maximum = "5000", revision = 1 }, AsAliya)).Body!["code"]!.ToString().Should().Be("market.lot.lot-changed-since");
        (await server.Send(HttpMethod.Post, $"lots/{lotId}/cancel", caller: AsSeller)).Status.Should().Be(200);
        (await server.Send(HttpMethod.Get, $"lots/{lotId}/audit")).Body!["code"]!.ToString().Should().Be("market.lot.no-audit-file");
    }

    [Fact]
    public async Task A_fixed_price_lot_is_bought()
    {
        var lot = Good();
        lot["format"] = "fixed-price";
        lot.Remove("step_ladder");
        var lotId = await Publish(lot);
        var (status, receipt, _) = await server.Send(HttpMethod.Post, $"lots/{lotId}/purchase", new { revision = 1 }, AsAliya);
        (status, Text(receipt, "price"), Text(receipt, "amount")).Should().Be((200, "1000.00 KZT", "20000.00 KZT"));
        (await server.Send(HttpMethod.Post, $"lots/{lotId}/purchase", new { }, AsBolat)).Body!["code"]!.ToString().Should().Be("market.lot.lot-ended");
    }

    [Fact]
    public async Task The_operator_stops_one_clock_or_all()
    {
        var (one, two) = (await Publish(Good()), await Publish(Good()));
        (await server.Send(HttpMethod.Post, $"lots/{one}/freeze", caller: AsOperator)).Status.Should().Be(200);
        (await server.Send(HttpMethod.Post, "lots/freeze", caller: AsOperator)).Body!.ToJsonString().Should().Be("""{"lots":1}""");
        Text((await server.Send(HttpMethod.Get, $"lots/{two}")).Body!["lot"], "status").Should().Be("frozen");
        (await server.Send(HttpMethod.Post, $"lots/{two}/resume", caller: AsOperator)).Status.Should().Be(200);
        (await server.Send(HttpMethod.Post, "lots/resume", caller: AsOperator)).Body!.ToJsonString().Should().Be("""{"lots":1}""");
    }

    [Fact]
    public async Task An_unknown_lot_is_a_404()
    {
        foreach (var path in (string[])["", "/bids", "/audit"])
            (await server.Send(HttpMethod.Get, $"lots/{Id(99)}{path}")).Status.Should().Be(404);
        (await server.Send(HttpMethod.Post, $"lots/{Id(99)}/bids", new { maximum = "5" }, AsAliya)).Status.Should().Be(404);
    }

    /// <summary>Whoever reads is welcome; whoever acts has the role for it.</summary>
    [Fact]
    public void Every_route_has_its_policy()
    {
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToDictionary(
            route => route.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName,
            route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "everyone" : route.Metadata.GetOrderedMetadata<IAuthorizeData>()[^1].Policy);
        routes.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["ListOpenLots"] = "everyone",
            ["GetLot"] = "everyone",
            ["ListBids"] = "everyone",
            ["WatchLots"] = "everyone",
            ["WatchLot"] = "everyone",
            ["GetAuditFile"] = "everyone",
            ["GetTotals"] = "everyone",
            ["ListPrices"] = "everyone",
            ["GetPriceHistory"] = "everyone",
            ["GetPhoto"] = "everyone",
            ["UploadPhoto"] = Policies.SignedIn,
            ["ListLot"] = Policies.Sell,
            ["ChangeLot"] = Policies.Sell,
            ["CancelLot"] = Policies.Sell,
            ["ListMyLots"] = Policies.Sell,
            ["PlaceBid"] = Policies.Trade,
            ["BuyLot"] = Policies.Trade,
            ["WithdrawGuarantee"] = Policies.Trade,
            ["ListDeals"] = Policies.SignedIn,
            ["GetDeal"] = Policies.SignedIn,
            ["AnswerOffer"] = Policies.Trade,
            ["FileComplaint"] = Policies.SignedIn,
            ["DecideComplaint"] = Policies.Operate,
            ["AcceptContract"] = Policies.SignedIn,
            ["PayDeal"] = Policies.Trade,
            ["ProposePickUp"] = Policies.SignedIn,
            ["RecordLoading"] = Policies.SignedIn,
            ["RecordWeighing"] = Policies.Trade,
            ["VoidWeighing"] = Policies.Trade,
            ["EndReceipt"] = Policies.Trade,
            ["ConfirmReceipt"] = Policies.Sell,
            ["RaiseDispute"] = Policies.SignedIn,
            ["AddEvidence"] = Policies.SignedIn,
            ["UploadEvidence"] = Policies.SignedIn,
            ["GetEvidence"] = Policies.SignedIn,
            ["ForeseeDispute"] = Policies.Operate,
            ["DecideDispute"] = Policies.Operate,
            ["ResumeHandover"] = Policies.Operate,
            ["OfferToSecond"] = Policies.Sell,
            ["ListLotsWon"] = Policies.Trade,
            ["ListLotsBidOn"] = Policies.Trade,
            ["GetMyPartInLot"] = Policies.SignedIn,
            ["FreezeLot"] = Policies.Operate,
            ["ResumeLot"] = Policies.Operate,
            ["FreezeAllLots"] = Policies.Operate,
            ["ResumeAllLots"] = Policies.Operate,
        });
    }

    private async Task<Guid> Publish(JsonObject lot)
    {
        var (status, body, _) = await server.Send(HttpMethod.Post, "lots", lot, AsSeller);
        status.Should().Be(201, "{0}", body);
        return Guid.Parse(Text(body, "lot_id")!);
    }

    internal static JsonObject Good() => new()
    {
        ["grade"] = "1.04.00",
        ["waste_code"] = "150101",
        ["mass_kg"] = "20000",
        ["form"] = "bales",
        ["moisture_percent"] = "10",
        ["contamination_percent"] = "1.5",
        ["region"] = "75",
        ["place"] = "Алматы, Суюнбая 2",
        ["latitude"] = 43.25,
        ["longitude"] = 76.95,
        ["pick_up_from"] = "2026-03-03",
        ["pick_up_to"] = "2026-03-10",
        ["description"] = "Гофрокартон",
        ["format"] = "ascending",
        ["opening_price"] = "1000",
        ["guarantee_percent"] = "0",
        ["closes_at"] = Close,
        ["step_ladder"] = new JsonArray(new JsonObject { ["step"] = "100" }),
    };

    private static string? Text(JsonNode? node, string name) => node?[name]?.ToString();
}
