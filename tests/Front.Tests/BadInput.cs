using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Ainalym.Front.Tests;

/// <summary>Whatever is sent, the answer names the field and the reason, and nothing is stored.</summary>
public sealed class BadInput(FrontServer server)
{
    private static readonly string Good = """{"bin":"991240000003","name":"Name","region":"75","role":"buyer","email":"a@b.kz","password":"three plain words"}""";

    public static TheoryData<string, int, string, string?> Bodies => new()
    {
        { "", 400, "journal.request.body-missing", null },
        { "null", 400, "journal.request.body-missing", null },
        { "[]", 400, "journal.request.wrong-type", null },
        { "{", 400, "journal.request.not-json", null },
        { Good + "{}", 400, "journal.request.not-json", null },
        { Good.Replace("\"75\"", "75", StringComparison.Ordinal), 400, "journal.request.wrong-type", "region" },
        { Good.Replace("\"75\"", "-75", StringComparison.Ordinal), 400, "journal.request.wrong-type", "region" },
        { Good.Replace("\"75\"", "99999999999999999999999999", StringComparison.Ordinal), 400, "journal.request.wrong-type", "region" },
        { Good.Replace("\"75\"", "null", StringComparison.Ordinal), 400, "journal.request.wrong-type", "region" },
        { Good.Replace("\"75\"", "{\"a\":[]}", StringComparison.Ordinal), 400, "journal.request.wrong-type", "region" },
        { Good.Replace(",\"region\":\"75\"", "", StringComparison.Ordinal), 400, "journal.request.field-missing", "region" },
        { Good.Replace("\"region\"", "\"Region\"", StringComparison.Ordinal), 400, "journal.request.field-unknown", "Region" },
        { Good.Replace("{", "{\"is_demo\":true,", StringComparison.Ordinal), 400, "journal.request.field-unknown", "is_demo" },
        { Good.Replace("991240000003", "991240000004", StringComparison.Ordinal), 400, "kernel.bin.check-digit", "bin" },
        { Good.Replace("991240000003", "99124000000", StringComparison.Ordinal), 400, "kernel.bin.not-twelve-digits", "bin" },
        { Good.Replace("\"75\"", "\"99\"", StringComparison.Ordinal), 422, "kernel.region.unknown", "region" },
        { Good.Replace("buyer", "operator", StringComparison.Ordinal), 422, "identity.registration.role-not-offered", "role" },
        { Good.Replace("Name", "N", StringComparison.Ordinal), 422, "identity.registration.name-missing", "name" },
        { Good.Replace("Name", @"Na\u0000me", StringComparison.Ordinal), 422, "identity.registration.name-unreadable", "name" },
        { Good.Replace("Name", new string('N', 201), StringComparison.Ordinal), 422, "identity.registration.name-too-long", "name" },
        { Good.Replace("a@b.kz", "", StringComparison.Ordinal), 422, "identity.registration.email-missing", "email" },
        { Good.Replace("a@b.kz", "a@b", StringComparison.Ordinal), 422, "identity.registration.email-malformed", "email" },
        { Good.Replace("a@b.kz", "A <a@b.kz>", StringComparison.Ordinal), 422, "identity.registration.email-malformed", "email" },
        { Good.Replace("three plain words", "too short", StringComparison.Ordinal), 422, "identity.registration.password-too-short", "password" },
        { Good.Replace("three plain words", new string('x', 129), StringComparison.Ordinal), 422, "identity.registration.password-too-long", "password" },
        { Good.Replace("three plain words", "aaaaabbbbb", StringComparison.Ordinal), 422, "identity.registration.password-too-simple", "password" },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_with_its_reason(string body, int status, string code, string? field)
    {
        var before = await server.Organisations();
        using var visitor = server.Visitor();
        visitor.DefaultRequestHeaders.Add("Idempotency-Key", "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f");
        (await visitor.PostText("/api/v1/registrations", body).Problem()).Should().Be((status, code, field));
        (await server.Organisations()).Should().Be(before);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        using var visitor = server.Visitor();
        visitor.DefaultRequestHeaders.Add("Idempotency-Key", "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f");
        var body = Encoding.Latin1.GetBytes(Good.Replace("Name", "Nam\u00FF\u00FE", StringComparison.Ordinal));
        (await visitor.PostBytes("/api/v1/registrations", body).Problem()).Status.Should().Be(400);
    }

    [Fact]
    public async Task A_body_above_one_mebibyte_is_refused_and_one_just_below_is_read()
    {
        using var visitor = server.Visitor();
        (await visitor.PostText("/api/v1/sign-in", $$"""{"email":"a","password":"{{new string('x', 1024 * 1024)}}"}""").Problem()).Should().Be((413, "journal.request.body-too-large", null));
        (await visitor.PostText("/api/v1/sign-in", $$"""{"email":"a","password":"{{new string('x', (1024 * 1024) - 30)}}"}""").Problem()).Should().Be((401, "identity.sign-in.not-accepted", null));
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        using var visitor = server.Visitor();
        (await visitor.PostAsync("/api/v1/sign-in", new StringContent("<a/>", Encoding.UTF8, "text/xml")).Problem()).Should().Be((415, "journal.request.media-type", null));
    }

    [Theory]
    [InlineData("n=1", "journal.request.field-missing", "id")]
    [InlineData("id=7&n=1", "journal.request.not-uuid", "id")]
    [InlineData("id=01890f5e-8b8f-7cc0-98c5-dc0c0c07398f&n=x", "kernel.number.not-a-number", "n")]
    [InlineData("id=01890f5e-8b8f-7cc0-98c5-dc0c0c07398f&n=99999999999", "kernel.number.not-a-number", "n")]
    [InlineData("id=01890f5e-8b8f-7cc0-98c5-dc0c0c07398f&n=1&after=%%%", "journal.request.cursor-malformed", "after")]
    [InlineData("id=01890f5e-8b8f-7cc0-98c5-dc0c0c07398f&n=1&after=eA", "journal.request.cursor-malformed", "after")]
    public async Task A_bad_parameter_is_named(string query, string code, string field)
    {
        using var visitor = server.Visitor();
        (await visitor.GetAsync($"/api/v1/ask?{query}").Problem()).Should().Be((400, code, field));
    }

    [Theory]
    [InlineData(null, "journal.request.idempotency-key-missing")]
    [InlineData("", "journal.request.idempotency-key-malformed")]
    [InlineData("7", "journal.request.idempotency-key-malformed")]
    [InlineData("00000000-0000-0000-0000-000000000000", "journal.request.idempotency-key-malformed")]
    public async Task A_write_without_a_good_idempotency_key_is_refused(string? key, string code)
    {
        using var visitor = server.Visitor();
        if (key is not null) visitor.DefaultRequestHeaders.TryAddWithoutValidation("Idempotency-Key", key);
        (await visitor.PostAsJsonAsync("/api/v1/registrations", server.NewOrganisation()).Problem()).Should().Be((400, code, "Idempotency-Key"));
    }

    [Fact]
    public async Task A_document_with_several_problems_names_them_all()
    {
        using var visitor = server.Visitor();
        var problem = await visitor.Register(new { bin = "1", name = "", region = "1", role = "x", email = "x", password = "x" }).Json();
        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString())
            .Should().Equal("bin", "name", "region", "role", "email", "password");
        problem.GetProperty("errors").EnumerateArray().Should().OnlyContain(error => error.GetProperty("title").GetString()!.Length > 20);
    }

    [Fact]
    public async Task Script_in_text_is_shown_encoded()
    {
        using var browser = server.Visitor();
        var page = await browser.SendForm("/sign-in", "/sign-in", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["email"] = "\"><script>alert('Ж')</script>",
            ["password"] = "x",
            ["return"] = "\"><script>",
        });
        page.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        var html = await page.Content.ReadAsStringAsync();
        html.Should().Contain("&lt;script&gt;alert(&#x27;Ж&#x27;)").And.NotContain("<script>");
    }
}
