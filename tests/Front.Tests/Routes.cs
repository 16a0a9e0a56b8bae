using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

public sealed class Routes(FrontServer server)
{
    [Fact]
    public void Every_route_names_a_policy_or_is_open_to_everyone_by_word()
    {
        var routes = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.RoutePattern.RawText != "/no-policy").ToList();
        routes.Should().HaveCountGreaterThan(12);
        foreach (var route in routes)
        {
            var isOpen = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var policy = route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(asked => !string.IsNullOrEmpty(asked.Policy));
            (isOpen || policy).Should().BeTrue($"{route.DisplayName} must say who may use it");
        }
    }

    [Fact]
    public void Every_form_of_a_page_asks_for_its_token()
    {
        var forms = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true && !route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        forms.Should().HaveCountGreaterThan(2);
        forms.Should().OnlyContain(route => route.Metadata.GetMetadata<IAntiforgeryMetadata>() != null && route.Metadata.GetMetadata<IAntiforgeryMetadata>()!.RequiresValidation);
    }

    [Fact]
    public async Task A_route_without_a_policy_is_closed_even_to_the_operator()
    {
        using var visitor = server.Visitor();
        var answer = await visitor.GetAsync("/no-policy");
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().Be("/sign-in?return=%2Fno-policy");

        using var program = await server.Program("operator");
        (await program.GetAsync("/no-policy")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_program_without_a_token_is_told_so_and_one_in_another_role_too()
    {
        using var visitor = server.Visitor();
        var answer = await visitor.GetAsync("/api/v1/organisations/mine");
        answer.Headers.WwwAuthenticate.Should().ContainSingle().Which.Scheme.Should().Be("Bearer");
        (await Task.FromResult(answer).Problem()).Should().Be((401, "journal.request.not-signed-in", null));

        using var buyer = await server.Program("buyer");
        (await buyer.PutAsync($"/api/v1/organisations/{Guid.Empty}/head", JsonContent.Create(new { })).Problem()).Should().Be((403, "journal.request.not-allowed", null));
    }

    [Fact]
    public async Task Unknown_addresses_and_methods_are_told_as_such()
    {
        using var visitor = server.Visitor();
        (await visitor.GetAsync("/api/v1/nothing").Problem()).Should().Be((404, "journal.request.not-found", null));
        (await visitor.DeleteAsync("/api/v1/sign-in").Problem()).Should().Be((405, "journal.request.method-not-allowed", null));
        (await visitor.GetAsync("/nothing")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await visitor.GetStringAsync("/")).Should().Contain("The open market for recyclables");
    }

    [Fact]
    public async Task A_cookie_opens_no_write_of_the_API()
    {
        using var browser = server.Visitor();
        await browser.SendForm("/sign-in", "/sign-in", new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "buyer@demo.ainalym.kz", ["password"] = "ainalym-demo" });
        (await browser.GetAsync("/api/v1/organisations/mine")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await browser.PostAsync("/api/v1/sign-in/revoke", null).Problem()).Status.Should().Be(401);
    }
}
