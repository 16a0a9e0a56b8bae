using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Ainalym.Front.Api;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

/// <summary>
/// Nobody sees or touches what is another's: wallets, deals, documents, payouts, drafts. The routes are found by themselves, pages and API, so a new one is tried or stands on a list with the reason why not.
/// A stranger has the same answer as where there is no such thing.
/// </summary>
public sealed partial class Strangers(WholeStory story) : IClassFixture<WholeStory>
{
    private const string Lot = "lotId";

    /// <summary>Open to everyone by what they are about, each with the reason.</summary>
    private static readonly Dictionary<string, string> Public = new(StringComparer.Ordinal)
    {
        ["GET /lots/{lotId:guid}"] = "the market is public; bidders are numbers",
        ["GET /lots/{lotId:guid}/audit"] = "anyone may work an award out again",
        ["GET /api/v1/lots/{lotId:guid}"] = "the market is public",
        ["GET /api/v1/lots/{lotId:guid}/bids"] = "bidders are numbers",
        ["GET /api/v1/lots/{lotId:guid}/audit"] = "anyone may work an award out again",
        ["GET /api/v1/lots/{lotId:guid}/live"] = "the same news for everyone, without an end",
        ["GET /photos/{hash}"] = "opened by a hash that nobody can guess",
        ["GET /api/v1/photos/{hash}"] = "opened by a hash that nobody can guess",
        ["GET /check/{code}"] = "opened by a code that stands on the paper",
        ["GET /prices/{grade}"] = "names nobody",
        ["GET /api/v1/prices/{grade}"] = "names nobody",
        ["GET /trial-balances/{currency}/{day}"] = "names nobody",
        ["GET /trial-balances/{currency}/{day}/token"] = "names nobody",
        ["GET /api/v1/trial-balances/{currency}"] = "names nobody",
        ["GET /api/v1/trial-balances/{currency}/{day}"] = "names nobody",
        ["GET /assets/{name}"] = "files of the site",
        ["GET /openapi/{documentName}.json"] = "the API's description",
    };

    /// <summary>About nothing of another's though they name something, each with the reason. What the reading ones show is looked into below.</summary>
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        ["GET /api/v1/wallet/{currency}"] = "names a currency; the wallet is the caller's",
        ["GET /api/v1/wallet/{currency}/statement"] = "names a currency; the wallet is the caller's",
        ["GET /api/v1/wallet/{currency}/statement.csv"] = "names a currency; the wallet is the caller's",
        ["GET /api/v1/wallet/{currency}/holds"] = "names a currency; the wallet is the caller's",
        ["GET /api/v1/lots/{lotId:guid}/mine"] = "the caller's own part in a lot that everyone knows",
        ["POST /lots/{lotId:guid}/bids"] = "any buyer may bid",
        ["POST /lots/{lotId:guid}/purchase"] = "any buyer may buy",
        ["POST /lots/{lotId:guid}/guarantee"] = "takes back the caller's own guarantee",
        ["POST /api/v1/lots/{lotId:guid}/bids"] = "any buyer may bid",
        ["POST /api/v1/lots/{lotId:guid}/purchase"] = "any buyer may buy",
        ["DELETE /api/v1/lots/{lotId:guid}/guarantee"] = "takes back the caller's own guarantee",
    };

    /// <summary>A draft's id is chosen by who writes it: under another's id he has one of his own, or none to remove. The answer is the same as under an id that nobody has.</summary>
    private static readonly string[] OwnUnderTheSameId = ["PUT /lots/drafts/{draftId:guid}", "POST /lots/drafts/{draftId:guid}", "POST /lots/drafts/{draftId:guid}/remove"];

    private static readonly string[] Overseers = ["operator", "regulator"], Traders = ["seller", "buyer", "buyer-pet", "buyer-group", "seller-astana"];

    private readonly IReadOnlyList<Route> routes = [.. story.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Route.Of)];

    [Fact]
    public void Every_route_that_names_something_is_tried_or_stands_on_a_list()
    {
        routes.Should().HaveCountGreaterThan(150);
        var naming = routes.Where(route => route.Names.Count > 0).ToList();
        naming.Where(route => route.IsOpen).Select(route => route.Key).Should().BeEquivalentTo(Public.Keys, "what is open to everyone is so for a reason");
        Own.Keys.Concat(OwnUnderTheSameId).Except(naming.Select(route => route.Key)).Should().BeEmpty("the lists are of routes that are there");
        naming.Where(route => !route.IsOpen && !route.IsOperators && !Own.ContainsKey(route.Key) && !route.Names.Any(name => Things(name) is not null)).Select(route => route.Key)
            .Should().BeEmpty("each names something that strangers can be tried on");
        naming.Count(IsTried).Should().BeGreaterThan(45);
        routes.Count(route => route.IsOperators).Should().BeGreaterThan(30);
    }

    [Fact]
    public async Task A_stranger_is_answered_as_if_the_thing_were_not_there_and_changes_nothing()
    {
        var (wrong, tried) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var clients = await SignIn(Traders);
        var before = await story.Everything();
        foreach (var (key, client) in clients)
        {
            foreach (var (route, name, thing) in Trials().Where(trial => !trial.Thing.Owners.Contains(story.Id(key))))
            {
                var (answer, nothing) = (await client.Send(route, Address(route, name, thing.Id)), await client.Send(route, Address(route, name, story.NewId().ToString("N"))));
                tried.Add(route.Key);
                var asRefused = name == Lot ? (int)answer.Status >= 400 : answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden;
                if (!asRefused && !OwnUnderTheSameId.Contains(route.Key, StringComparer.Ordinal)) wrong.Add($"{key}: {route.Key} answers {answer}");
                else if (answer != nothing && name != Lot) wrong.Add($"{key}: {route.Key} answers {answer}, and {nothing} where there is nothing");
            }
        }

        wrong.Should().BeEmpty();
        tried.Should().BeEquivalentTo(routes.Where(IsTried).Select(route => route.Key));
        await NothingChanged(before);
    }

    /// <summary>They may look, and decide what is theirs to decide; a party's step is not.</summary>
    [Fact]
    public async Task Who_oversees_the_house_does_nothing_in_a_partys_place()
    {
        var wrong = new List<string>();
        var clients = await SignIn(Overseers);
        var before = await story.Everything();
        foreach (var (key, client) in clients)
        {
            foreach (var (route, name, thing) in Trials().Where(trial => trial.Route.Method != "GET"))
            {
                var answer = await client.Send(route, Address(route, name, thing.Id));
                if (answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden)) wrong.Add($"{key}: {route.Key} answers {answer}");
            }
        }

        wrong.Should().BeEmpty();
        await NothingChanged(before);
    }

    [Fact]
    public async Task What_is_the_operators_is_closed_to_all_others()
    {
        var wrong = new List<string>();
        var clients = await SignIn([.. Traders, "regulator"]);
        var before = await story.Everything();
        foreach (var (key, client) in clients)
        {
            foreach (var route in routes.Where(route => route.IsOperators && !(key == "regulator" && route.Policies.Contains(Policies.Inspect, StringComparer.Ordinal))))
            {
                var answer = await client.Send(route, Address(route));
                if (answer.Status != HttpStatusCode.Forbidden) wrong.Add($"{key}: {route.Key} answers {answer}");
            }
        }

        wrong.Should().BeEmpty();
        await NothingChanged(before);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to()
    {
        var wrong = new List<string>();
        using var visitor = new Client(story.App.Visitor(), story.App.Visitor(), "");
        var before = await story.Everything();
        foreach (var route in routes.Where(route => !route.IsOpen))
        {
            foreach (var address in route.Names.Where(name => Things(name) is not null).SelectMany(name => Things(name)!.Select(thing => Address(route, name, thing.Id))).DefaultIfEmpty(Address(route)))
            {
                var answer = await visitor.Send(route, address);
                if (route.IsPage ? answer.Status != HttpStatusCode.Redirect || answer.Where?.StartsWith("/sign-in?return=", StringComparison.Ordinal) != true : answer.Status != HttpStatusCode.Unauthorized) wrong.Add($"{route.Key} answers {answer}");
            }
        }

        wrong.Should().BeEmpty();
        await NothingChanged(before);
    }

    /// <summary>All that can be read without naming a thing of another's, by strangers to all of it and by a visitor: no list, no page, no file of it tells an id, a code, a sum or a word of what is not theirs.</summary>
    [Theory, InlineData("buyer-group"), InlineData("seller-astana"), InlineData(null)]
    public async Task Nothing_that_a_stranger_may_read_tells_of_a_deal(string? key)
    {
        string[] ids = [.. new[] { story.Deals, story.Documents, story.Payouts }.SelectMany(things => things).Select(thing => thing.Id), story.Draft, story.Id("buyer").ToString("N"), story.Id("buyer-pet").ToString("N")];
        string[] secrets =
        [
            .. ids, .. ids.Select(id => Guid.ParseExact(id, "N").ToString("D")), .. story.CheckCodes, story.Evidence.Hash, WholeStory.DraftText, WholeStory.EvidenceText, WholeStory.DisputeText, WholeStory.Iban,
            WholeStory.Reserve, "61,234", WholeStory.Sum, "1,317", WholeStory.Vehicle, "Қағаз Өңдеу", "ПЭТ Флекс",
        ];
        using var client = key is null ? new Client(story.App.Visitor(), story.App.Visitor(), "") : (await SignIn([key])).Single().Value;
        var readable = routes.Where(route => route.Method == "GET" && !route.IsOperators && !IsTried(route) && !route.Pattern.EndsWith("/live", StringComparison.Ordinal) && (route.IsOpen || key is not null)).ToList();
        readable.Should().HaveCountGreaterThan(key is null ? 25 : 40);
        var (wrong, shown) = (new List<string>(), 0);
        foreach (var route in readable)
        {
            foreach (var lot in route.Names.Contains(Lot) ? new[] { story.Lot, story.Sold } : [story.Lot])
            {
                var answer = await client.Send(route, Address(route, Lot, lot), asItIs: true);
                if (answer.Status == HttpStatusCode.OK) shown++;
                wrong.AddRange(secrets.Where(secret => answer.Body.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{route.Key} tells {secret}"));
            }
        }

        wrong.Should().BeEmpty();
        shown.Should().BeGreaterThan(key is null ? 20 : 35);
        if (key is not null) (await client.Program.GetStringAsync("/api/v1/wallet/KZT")).Should().Contain("\"available\":\"0.00 KZT\"");
    }

    /// <summary>Also where the deal is the reader's own: evidence is its deal's. And a document's id, which a bidder who lost could work out from its deal's, opens no public page.</summary>
    [Fact]
    public async Task An_id_or_a_hash_opens_nothing_elsewhere()
    {
        foreach (var (key, deal) in new[] { ("buyer-pet", story.OtherDeal), ("buyer", story.Deals[0].Id), ("seller", story.Deals[0].Id) })
        {
            using var client = (await SignIn([key])).Single().Value;
            foreach (var reader in (HttpClient[])[client.Program, client.Browser])
            {
                var api = reader == client.Program ? "/api/v1" : "";
                (await reader.GetAsync($"{api}/deals/{deal}/evidence/documents/{story.Evidence.Hash}")).StatusCode.Should().Be(HttpStatusCode.NotFound, key);
                (await reader.GetAsync($"{api}/photos/{story.Evidence.Hash}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
            }
        }

        using var visitor = story.App.Visitor();
        foreach (var document in story.Documents) (await visitor.GetAsync($"/check/{document.Id}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    /// <summary>A statement has the same address for everyone: a cache on the way that kept one would hand it to the next who asks.</summary>
    [Theory, InlineData("seller"), InlineData("buyer"), InlineData("operator")]
    public async Task What_is_somebodys_is_kept_by_no_cache_on_the_way(string key)
    {
        var (wrong, shown) = (new List<string>(), 0);
        using var client = (await SignIn([key])).Single().Value;
        foreach (var route in routes.Where(route => route.Method == "GET" && (!route.IsOpen || route is { IsPage: true, Names.Count: 0 })))
        {
            using var answer = await (route.IsPage ? client.Browser : client.Program).GetAsync(Address(route), HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode != HttpStatusCode.OK || (route.IsOpen && answer.Content.Headers.ContentType?.MediaType != "text/html")) continue;
            shown++;
            if (answer.Headers.CacheControl is not ({ NoStore: true } or { Private: true })) wrong.Add($"{route.Key}: {answer.Headers.CacheControl}");
        }

        wrong.Should().BeEmpty();
        shown.Should().BeGreaterThan(25);
    }

    /// <summary>What a name in an address stands for; null where it is no thing of anybody's.</summary>
    private IReadOnlyList<Thing>? Things(string name) => name switch
    {
        "dealId" => story.Deals,
        "documentId" or "id" => story.Documents,
        "payoutId" => story.Payouts,
        "draftId" or "draft" => [new(story.Draft, story.Id("seller"))],
        Lot or "like" => [new(story.Lot, story.Id("seller")), new(story.Sold, story.Id("seller"))],
        _ => null,
    };

    private bool IsTried(Route route) => !route.IsOpen && !route.IsOperators && !Own.ContainsKey(route.Key) && route.Names.Any(name => Things(name) is not null);

    /// <summary>Each route with each thing that each of its names may stand for.</summary>
    private IEnumerable<(Route Route, string Name, Thing Thing)> Trials() =>
        from route in routes where IsTried(route) from name in route.Names from thing in Things(name) ?? [] select (route, name, thing);

    /// <summary>The address with a thing in it; what else it names is real.</summary>
    private string Address(Route route, string? named = null, string thing = "")
    {
        var path = Parameter().Replace(route.Pattern, match => Value(match.Groups["name"].Value));
        var asked = named is not null && route.Asked.Contains(named) ? $"?{named}={thing}" : "";
        return path + asked;

        string Value(string name) => name == named ? thing : Things(name) is { } things ? things[0].Id : name switch
        {
            "hash" => story.Evidence.Hash,
            "account" => FrontOptions.DemoAccount,
            "series" => "CT-2026",
            "documentName" => "v1",
            "name" => "site.css",
            "code" => "x",
            _ => ApiExamples.Parameters[name].Example,
        };
    }

    private async Task<Dictionary<string, Client>> SignIn(IEnumerable<string> keys)
    {
        var clients = new Dictionary<string, Client>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var browser = story.App.Visitor();
            await browser.SignInByForm(key);
            clients[key] = new(await story.App.Program(key), browser, (await browser.HiddenFields("/lots", "/sign-out"))["form_token"]);
        }

        return clients;
    }

    /// <summary>But for drafts of the strangers' own.</summary>
    private async Task NothingChanged(HashSet<string> before)
    {
        var after = await story.Everything();
        before.Except(after).Should().BeEmpty();
        var drafts = Traders.Where(key => key != "seller").Select(key => $"lot_drafts|'{story.Id(key):N}'").ToList();
        after.Except(before).Where(row => !drafts.Any(draft => row.StartsWith(draft, StringComparison.Ordinal))).Should().BeEmpty();
    }

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    /// <summary>Ids, tokens and times of the answer itself, which differ each time.</summary>
    [GeneratedRegex("""[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=name="form_token" value=")[^"]*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Passing();

    /// <summary>A route with one of its methods.</summary>
    /// <param name="Asked">Names of ids in its query.</param>
    private sealed record Route(string Method, string Pattern, string? Operation, IReadOnlyList<string> Policies, bool IsOpen, IReadOnlyList<string> Names, IReadOnlyList<string> Asked)
    {
        public string Key => $"{Method} {Pattern}";

        public bool IsPage => !Pattern.StartsWith("/api/", StringComparison.Ordinal);

        public bool IsOperators => Policies.Contains(Journal.Http.Policies.Operate, StringComparer.Ordinal) || Policies.Contains(Journal.Http.Policies.Inspect, StringComparer.Ordinal);

        public static IEnumerable<Route> Of(RouteEndpoint endpoint)
        {
            string[] inPath = [.. endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name)];
            string[] asked = [.. endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Where(parameter => parameter.ParameterType == typeof(Guid?) && !inPath.Contains(parameter.Name)).Select(parameter => parameter.Name!) ?? []];
            string[] policies = [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).OfType<string>()];
            return (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => new Route(
                method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, policies, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null, [.. inPath, .. asked], asked));
        }
    }

    /// <param name="Body">Without what differs each time.</param>
    private sealed record Answer(HttpStatusCode Status, string? Where, string Body)
    {
        public override string ToString() => $"{(int)Status} {Where}{(Body.Length > 300 ? Body[..300] : Body)}";
    }

    /// <summary>An organisation's program and its browser, with the token that its forms carry.</summary>
    private sealed record Client(HttpClient Program, HttpClient Browser, string Token) : IDisposable
    {
        private static readonly (string Name, string Value)[] Form =
        [
            ("accepted", "true"), ("upheld", "true"), ("reason", "x"), ("text", "x"), ("day", "2026-05-12"), ("vehicle", "x"), ("gross_kg", "2"), ("tare_kg", "1"), ("ticket", "x"), ("payable_kg", "1"),
            ("grade", "1.04.00"), ("waste_code", "15 01 01"), ("mass_kg", "20500"), ("form", "bales"), ("moisture_percent", "8"), ("contamination_percent", "1"), ("region", "750000000"), ("place", "Алматы"),
            ("format", "ascending"), ("opening_price", "45000"), ("closes_at", "2026-05-15T15:00"), ("pick_up_from", "2026-05-18"), ("pick_up_to", "2026-05-20"),
        ];

        /// <summary>As a page's form or the API's own example would.</summary>
        public async Task<Answer> Send(Route route, string address, bool asItIs = false)
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), address);
            if (route.IsPage && route.Method != "GET") request.Content = Filled();
            if (!route.IsPage && route.Method != "GET")
            {
                request.Headers.Add(IdempotencyKey.Header, CommandIds.New(TimeProvider.System).ToString());
                if (route.Operation is "UploadEvidence" or "UploadPhoto" or "TakeStatement") request.Content = Filled(photo: route.Operation == "UploadPhoto");
                else if (ApiExamples.All.GetValueOrDefault(route.Operation!)?.Request is { } body) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            }

            using var answer = await (route.IsPage ? Browser : Program).SendAsync(request);
            var said = await answer.Content.ReadAsStringAsync();
            return new(answer.StatusCode, answer.Headers.Location?.OriginalString, asItIs ? said : Passing().Replace(said, "·"));
        }

        private MultipartFormDataContent Filled(bool photo = false)
        {
            var content = new MultipartFormDataContent { { new StringContent(Token), "form_token" }, { new StringContent(CommandIds.New(TimeProvider.System).ToString()), "command_id" } };
            foreach (var (name, value) in Form) content.Add(new StringContent(value), name);
            foreach (var file in photo ? (string[])["photo"] : ["document", "statement"]) content.Add(new ByteArrayContent("%PDF-1.7 %%EOF"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } }, file, "act.pdf");
            return content;
        }

        public void Dispose()
        {
            Program.Dispose();
            Browser.Dispose();
        }
    }
}
