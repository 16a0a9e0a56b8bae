using Ainalym.Front.Pages;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Diagnostics;

namespace Ainalym.Front.Edge;

/// <summary>What a page's request threw is told on a page; for programs the edge writes a problem document.</summary>
internal sealed class PageExceptions(EdgeExceptions edge) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!PageRequests.IsPage(httpContext) || httpContext.RequestAborted.IsCancellationRequested) return false;
        await ProblemPage.Of(edge.ProblemOf(exception, httpContext)).ExecuteAsync(httpContext);
        return true;
    }
}
