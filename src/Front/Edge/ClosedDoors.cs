using Ainalym.Front.Pages;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.Extensions;

namespace Ainalym.Front.Edge;

/// <summary>Who may not enter: a program gets a 401 or 403 document; a person is led to the sign-in page, or told that the role does not suffice.</summary>
internal sealed class ClosedDoors : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        var isPage = PageRequests.IsPage(context);
        if (context.User.CallerOrNull is not null) return (isPage ? ProblemPage.Of(Problems.From(RequestRefusal.NotAllowed)) : (IResult)Problems.From(RequestRefusal.NotAllowed)).ExecuteAsync(context);
        if (!isPage)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.From(RequestRefusal.NotSignedIn).ExecuteAsync(context);
        }

        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.GetEncodedPathAndQuery() : "/";
        context.Response.Redirect($"/sign-in?return={Uri.EscapeDataString(back)}");
        return Task.CompletedTask;
    }
}
