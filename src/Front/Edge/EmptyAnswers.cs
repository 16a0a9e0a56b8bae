using Ainalym.Front.Pages;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Diagnostics;

namespace Ainalym.Front.Edge;

/// <summary>Where the framework answers with a bare status (404, 405, 413, 415), the reason is added.</summary>
internal static class EmptyAnswers
{
    public static Task Fill(StatusCodeContext empty)
    {
        var http = empty.HttpContext;
        Refusal? reason = http.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => RequestRefusal.NotSignedIn,
            StatusCodes.Status403Forbidden => RequestRefusal.NotAllowed,
            StatusCodes.Status404NotFound => RequestRefusal.NotFound,
            StatusCodes.Status405MethodNotAllowed => RequestRefusal.MethodNotAllowed,
            StatusCodes.Status413PayloadTooLarge => new Refusal(RequestRefusal.BodyTooLarge, FrontModule.LargestBody),
            StatusCodes.Status415UnsupportedMediaType => RequestRefusal.MediaType,
            StatusCodes.Status400BadRequest => RequestRefusal.Unreadable,
            _ => null,
        };
        if (reason is null || HttpMethods.IsHead(http.Request.Method)) return Task.CompletedTask;
        return (PageRequests.IsPage(http) ? ProblemPage.Of(Problems.From(reason)) : (IResult)Problems.From(reason)).ExecuteAsync(http);
    }
}
