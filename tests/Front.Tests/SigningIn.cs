using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ainalym.Front.Tests;

public sealed class SigningIn(FrontServer server)
{
    private const string Password = "three plain words";

    [Fact]
    public async Task An_organisation_registers_and_its_user_signs_in_by_token()
    {
        using var client = server.Visitor();
        var organisation = server.NewOrganisation();
        var answer = await client.Register(organisation);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("organisation_id").GetString();

        Bearer(client, await client.SignIn((string)organisation["email"]!, Password));
        var mine = await client.GetAsync("/api/v1/organisations/mine").Json();
        mine.GetProperty("organisation_id").GetString().Should().Be(id);
        mine.GetProperty("region").GetString().Should().Be("750000000");
        mine.GetProperty("is_demo").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task A_registration_repeated_is_one_registration()
    {
        using var client = server.Visitor();
        var organisation = server.NewOrganisation();
        var key = Guid.Parse("01890f5e-8b8f-7cc0-98c5-dc0c0c073990");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.Register(organisation, key).Json()));
        answers.Select(answer => answer.GetProperty("user_id").GetString()).Distinct(StringComparer.Ordinal).Should().ContainSingle();

        var otherPassword = new Dictionary<string, object?>(organisation, StringComparer.Ordinal) { ["password"] = "other plain words" };
        (await client.Register(otherPassword, key).Problem()).Should().Be((422, "journal.command-id-reused", null));
    }

    [Fact]
    public async Task A_BIN_and_an_address_are_registered_once()
    {
        using var client = server.Visitor();
        var first = server.NewOrganisation();
        (await client.Register(first)).EnsureSuccessStatusCode();
        var second = server.NewOrganisation();
        second["bin"] = first["bin"];
        second["email"] = ((string)first["email"]!).ToUpperInvariant();
        var problem = await client.Register(second).Json();
        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString())
            .Should().Equal("identity.registration.bin-registered", "identity.registration.email-registered");
    }

    [Fact]
    public async Task An_unknown_user_and_a_wrong_password_have_the_same_answer()
    {
        using var client = server.Visitor();
        var unknown = await client.PostAsJsonAsync("/api/v1/sign-in", new { email = "nobody@example.kz", password = Password }).Json();
        var wrong = await client.PostAsJsonAsync("/api/v1/sign-in", new { email = "regulator@demo.ainalym.kz", password = Password }).Json();
        WithoutTrace(unknown).Should().Be(WithoutTrace(wrong));
        unknown.GetProperty("code").GetString().Should().Be("identity.sign-in.not-accepted");

        static string WithoutTrace(JsonElement problem) => string.Join('|', problem.EnumerateObject().Where(field => field.Name != "trace_id"));
    }

    [Fact]
    public async Task The_fifth_wrong_password_locks_out_for_a_quarter_of_an_hour_also_when_all_come_at_once()
    {
        using var client = server.Visitor();
        var organisation = server.NewOrganisation();
        var email = (string)organisation["email"]!;
        (await client.Register(organisation)).EnsureSuccessStatusCode();

        for (var n = 0; n < 4; n++) (await Try("wrong")).Should().Be(HttpStatusCode.Unauthorized);
        (await Try(Password)).Should().Be(HttpStatusCode.OK);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Try("wrong")));
        (await Try(Password)).Should().Be(HttpStatusCode.Unauthorized);
        server.Time.Set(server.Time.GetUtcNow() + TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));
        (await Try(Password)).Should().Be(HttpStatusCode.Unauthorized);
        server.Time.Set(server.Time.GetUtcNow() + TimeSpan.FromMilliseconds(1));
        (await Try(Password)).Should().Be(HttpStatusCode.OK);

        async Task<HttpStatusCode> Try(string password) => (await client.PostAsJsonAsync("/api/v1/sign-in", new { email, password })).StatusCode;
    }

    [Fact]
    public async Task A_refresh_token_gives_new_tokens_until_it_is_revoked()
    {
        using var client = server.Visitor();
        var organisation = server.NewOrganisation();
        (await client.Register(organisation)).EnsureSuccessStatusCode();
        var tokens = await client.SignIn((string)organisation["email"]!, Password);
        var refresh = new { refresh_token = tokens.GetProperty("refresh_token").GetString() };
        Bearer(client, await client.PostAsJsonAsync("/api/v1/sign-in/refresh", refresh).Json());
        (await client.GetAsync("/api/v1/organisations/mine")).StatusCode.Should().Be(HttpStatusCode.OK);

        (await client.PostAsync("/api/v1/sign-in/revoke", null)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await client.PostAsJsonAsync("/api/v1/sign-in/refresh", refresh).Problem()).Should().Be((401, "identity.sign-in.refresh-token-not-accepted", null));
        (await client.PostAsJsonAsync("/api/v1/sign-in/refresh", new { refresh_token = "x" }).Problem()).Status.Should().Be(401);
    }

    [Fact]
    public async Task A_changed_stamp_ends_a_cookie_within_a_minute()
    {
        using var browser = server.Visitor();
        var organisation = server.NewOrganisation();
        (await browser.Register(organisation)).EnsureSuccessStatusCode();
        await browser.SendForm("/sign-in", "/sign-in", Filled(organisation));
        (await browser.GetStringAsync("/")).Should().Contain((string)organisation["email"]!);

        using var program = server.Visitor();
        Bearer(program, await program.SignIn((string)organisation["email"]!, Password));
        (await program.PostAsync("/api/v1/sign-in/revoke", null)).EnsureSuccessStatusCode();
        server.Time.Set(server.Time.GetUtcNow() + TimeSpan.FromSeconds(61));
        (await browser.GetStringAsync("/")).Should().NotContain((string)organisation["email"]!).And.Contain("Sign in");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_with_it_signs_in_and_out()
    {
        using var browser = server.Visitor();
        var bare = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "buyer@demo.ainalym.kz", ["password"] = "ainalym-demo" }));
        bare.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await bare.Content.ReadAsStringAsync()).Should().Contain("no longer valid");
        bare.Headers.Contains("Set-Cookie").Should().BeFalse();

        var organisation = server.NewOrganisation();
        var registered = await browser.SendForm("/register", "/register", organisation.ToDictionary(field => field.Key, field => (string)field.Value!, StringComparer.Ordinal));
        registered.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await browser.GetStringAsync("/")).Should().Contain((string)organisation["email"]!);

        (await browser.PostAsync("/sign-out", null)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await browser.SendForm("/", "/sign-out", new Dictionary<string, string>(StringComparer.Ordinal))).Headers.Location!.ToString().Should().Be("/");
        (await browser.GetStringAsync("/")).Should().NotContain((string)organisation["email"]!);
    }

    [Theory]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/lots/1?a=b", "/lots/1?a=b")]
    public async Task After_signing_in_one_stays_on_this_site(string back, string goes)
    {
        using var browser = server.Visitor();
        var answer = await browser.SendForm($"/sign-in?return={Uri.EscapeDataString(back)}", "/sign-in", new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "buyer@demo.ainalym.kz", ["password"] = "ainalym-demo" });
        answer.Headers.Location!.ToString().Should().Be(goes);
    }

    [Fact]
    public async Task The_register_form_says_every_problem_at_its_field()
    {
        using var browser = server.Visitor();
        var page = await browser.SendForm("/register", "/register", new Dictionary<string, string>(StringComparer.Ordinal) { ["bin"] = "1", ["name"] = "<b>", ["region"] = "75", ["role"] = "seller", ["email"] = "x", ["password"] = "x" });
        page.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var html = await page.Content.ReadAsStringAsync();
        html.Should().Contain("bin-error-0").And.Contain("email-error-0").And.Contain("password-error-0").And.Contain("value=\"&lt;b&gt;\"").And.NotContain("region-error");
    }

    [Fact]
    public async Task Only_the_operator_records_a_head_and_groups_are_one_level_deep()
    {
        using var client = server.Visitor();
        var organisations = Enumerable.Range(0, 3).Select(_ => server.NewOrganisation()).ToList();
        var ids = new List<string>();
        foreach (var organisation in organisations) ids.Add((await client.Register(organisation).Json()).GetProperty("organisation_id").GetString()!);

        using var program = await server.Program("operator");
        (await Record(0, 1)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await Record(0, 1)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await Record(2, 0).Problem()).Should().Be((422, "identity.organisation.head-has-head", "head_bin"));
        (await Record(1, 2).Problem()).Should().Be((409, "identity.organisation.is-head", null));
        (await program.PutAsJsonAsync($"/api/v1/organisations/{Guid.Empty}/head", new { head_bin = (string?)null }).Problem()).Should().Be((404, "identity.organisation.organisation-not-found", null));
        (await program.PutAsJsonAsync($"/api/v1/organisations/{ids[2]}/head", new { head_bin = "991240999995" }).Problem()).Status.Should().BeOneOf(400, 422);

        Task<HttpResponseMessage> Record(int organisation, int head) => program.PutAsJsonAsync($"/api/v1/organisations/{ids[organisation]}/head", new { head_bin = organisations[head]["bin"] });
    }

    private static void Bearer(HttpClient client, JsonElement tokens) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());

    private static Dictionary<string, string> Filled(Dictionary<string, object?> organisation) =>
        new(StringComparer.Ordinal) { ["email"] = (string)organisation["email"]!, ["password"] = Password };
}
