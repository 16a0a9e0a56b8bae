using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Antiforgery;

namespace Ainalym.Front.Edge;

/// <summary>Every form of our pages carries an antiforgery token, also one without fields: the framework alone refuses only where a handler reads the form.</summary>
internal static class FormGuard
{
    public static RouteGroupBuilder WithFormGuard(this RouteGroupBuilder pages)
    {
        pages.WithMetadata(new RequireAntiforgeryTokenAttribute());
        pages.AddEndpointFilter(Check);
        return pages;
    }

    private static ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        !HttpMethods.IsGet(context.HttpContext.Request.Method) && !HttpMethods.IsHead(context.HttpContext.Request.Method) && context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true }
            ? throw new RefusedRequest(RequestRefusal.FormExpired)
            : next(context);
}
