using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ainalym.Front.Tests;

public sealed class Failures(FrontServer server)
{
    [Fact]
    public async Task Broken_storage_is_a_503_with_the_command_id_to_repeat()
    {
        using var visitor = server.Visitor();
        visitor.DefaultRequestHeaders.Add("Idempotency-Key", "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f");
        var answer = await visitor.PostAsync("/api/v1/no-storage", null);
        answer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().Should().Be("journal.request.storage-unavailable");
        problem.GetProperty("command_id").GetString().Should().Be("01890f5e-8b8f-7cc0-98c5-dc0c0c07398f");
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("secret");
    }

    [Fact]
    public async Task A_bug_tells_its_trace_id_and_nothing_else()
    {
        using var visitor = server.Visitor();
        var document = await visitor.PostAsync("/api/v1/bug", null);
        (await Task.FromResult(document).Problem()).Should().Be((500, "journal.request.unexpected", null));
        (await document.Content.ReadAsStringAsync()).Should().NotContain("secret").And.Contain("trace_id");

        var page = await visitor.GetAsync("/bug");
        page.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        page.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        (await page.Content.ReadAsStringAsync()).Should().NotContain("secret").And.Contain("Something failed");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/bug")]
    [InlineData("/assets/site.css")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        using var visitor = server.Visitor();
        var headers = (await visitor.GetAsync(path)).Headers;
        var policy = headers.GetValues("Content-Security-Policy").Single();
        policy.Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
        headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
        headers.Contains("Permissions-Policy").Should().BeTrue();
        headers.Contains("Server").Should().BeFalse();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task The_house_says_that_it_is_well(string path)
    {
        using var visitor = server.Visitor();
        (await visitor.GetStringAsync(path)).Should().Be("Healthy");
    }
}
