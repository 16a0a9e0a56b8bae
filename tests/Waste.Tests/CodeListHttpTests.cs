using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Waste.Tests;

/// <summary>The routes of the lists, on the edge that all modules share.</summary>
public sealed class CodeListHttpTests : IAsyncLifetime
{
    private readonly WebApplication app = Build();

    private HttpClient Http => field ??= app.GetTestClient();

    public async ValueTask InitializeAsync() => await app.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("waste-codes?size=1000", 842)]
    [InlineData("waste-codes", 100)]
    [InlineData("grades?size=1000", 170)]
    [InlineData("regions", 20)]
    [InlineData("waste-codes?on=2021-08-06&size=1000", 842)]
    [InlineData("waste-codes?on=2021-08-05", 0)]
    [InlineData("regions?on=2022-06-07", 0)]
    [InlineData("regions?on=2022-06-08", 20)]
    public async Task Each_list_gives_the_entries_of_the_day(string list, int count) => (await Codes(list)).Should().HaveCount(count);

    [Theory]
    [InlineData("waste-codes?q=16 06", "16 06 01*", "16 06 02*", "16 06 03*", "16 06 04", "16 06 05", "16 06 06*")]
    [InlineData("waste-codes?q=16.06.01*", "16 06 01*")]
    [InlineData("regions?q=75", "750000000")]
    [InlineData("grades?q=1.05", "1.05.00", "1.05.01")]
    [InlineData("waste-codes?q=свинцовые", "16 06 01*")]
    [InlineData("waste-codes?q=lead batteries", "16 06 01*")]
    [InlineData("grades?q=3a 2787", "3А")]
    [InlineData("grades?q=mc-5б", "МС-5Б")]
    [InlineData("regions?q=алматы", "190000000", "750000000")]
    [InlineData("regions?q=астана", "710000000")]
    [InlineData("regions?q=nowhere")]
    public async Task A_search_finds_words_of_code_and_name_in_any_language(string list, params string[] codes) =>
        (await Codes(list)).Should().Equal(codes);

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repeat()
    {
        var all = await Codes("waste-codes?size=1000");
        var read = new List<string>();
        string? next = null;
        do
        {
            using var page = await Json($"waste-codes?size=200{(next is null ? "" : $"&after={next}")}");
            read.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()!));
            next = page.RootElement.TryGetProperty("next", out var after) ? after.GetString() : null;
        }
        while (next is not null && read.Count < 2000);
        read.Should().Equal(all);
    }

    [Theory]
    [InlineData("waste-codes?size=0", "kernel.number.too-small", "size")]
    [InlineData("waste-codes?size=1001", "kernel.number.too-large", "size")]
    [InlineData("waste-codes?size=x", "kernel.number.not-a-number", "size")]
    [InlineData("grades?on=16.03.2026", "journal.request.malformed", "on")]
    [InlineData("grades?on=2026-02-29", "journal.request.malformed", "on")]
    [InlineData("regions?after=x", "journal.request.cursor-malformed", "after")]
    public async Task A_parameter_that_cannot_be_read_is_a_400_that_names_it(string list, string code, string field)
    {
        using var answer = await Http.GetAsync($"/api/v1/code-lists/{list}", TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        problem.RootElement.GetProperty("code").GetString().Should().Be(code);
        problem.RootElement.GetProperty("field").GetString().Should().Be(field);
    }

    [Fact]
    public async Task A_query_of_100_characters_is_read_and_one_of_101_is_not()
    {
        (await Codes($"grades?q={new string('x', 100)}")).Should().BeEmpty();
        using var answer = await Http.GetAsync($"/api/v1/code-lists/grades?q={new string('x', 101)}", TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Who_has_the_list_already_is_told_so()
    {
        using var first = await Http.GetAsync("/api/v1/code-lists/regions?on=2026-03-16", TestContext.Current.CancellationToken);
        first.Headers.CacheControl!.ToString().Should().Be("public, max-age=3600");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/code-lists/regions?on=2026-03-16") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var unchanged = await Http.SendAsync(again, TestContext.Current.CancellationToken);
        unchanged.StatusCode.Should().Be(HttpStatusCode.NotModified);
        using var other = new HttpRequestMessage(HttpMethod.Get, "/api/v1/code-lists/regions?q=Almaty") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var changed = await Http.SendAsync(other, TestContext.Current.CancellationToken);
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        changed.Headers.CacheControl!.ToString().Should().Be("public, max-age=300");
        new[] { first.Headers.ETag, changed.Headers.ETag }.Should().OnlyHaveUniqueItems().And.NotContainNulls();
    }

    [Fact]
    public async Task An_entry_has_its_names_and_says_how_sure_its_dates_are()
    {
        using var page = await Json("waste-codes?q=160601&on=2026-03-16");
        page.RootElement.GetProperty("items")[0].GetRawText().Should().Be(
            """{"code":"16 06 01*","hazardous":true,"chapter":"16","mirrors":[],"name":{"en":"lead batteries","ru":"свинцовые аккумуляторы"},"own_translation":true,"validity":{"from":"2021-08-06","source":"Waste Classifier, Order No. 314 of 06.08.2021 (V2100023903); entries from Decision 2014/955/EU, whose numbering it adopts","dates_assumed":true}}""");
    }

    [Fact]
    public void Every_route_is_open_to_everyone_and_says_so()
    {
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        routes.Should().HaveCount(3).And.OnlyContain(route => route.Metadata.GetMetadata<IAllowAnonymous>() != null);
    }

    private async Task<IReadOnlyList<string>> Codes(string list)
    {
        using var page = await Json(list);
        return [.. page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()!)];
    }

    private async Task<JsonDocument> Json(string list)
    {
        using var answer = await Http.GetAsync($"/api/v1/code-lists/{list}", TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, body);
        answer.Content.Headers.ContentType.Should().Be(new MediaTypeHeaderValue("application/json", "utf-8"));
        return JsonDocument.Parse(body);
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddEdge([WasteModule.Module]).AddWaste().AddSingleton(TimeProvider.System);
        var app = builder.Build();
        app.UseRequestLocalization();
        app.UseExceptionHandler(_ => { });
        app.MapGroup("/api/v1").MapWaste();
        return app;
    }
}
