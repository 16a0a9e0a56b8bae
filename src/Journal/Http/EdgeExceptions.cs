using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal.Http;

/// <summary>The outermost edge: what a request threw becomes a problem. Nothing of a stack trace leaves the house.</summary>
public sealed partial class EdgeExceptions(ILogger<EdgeExceptions> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested) return true;
        await ProblemOf(exception, httpContext).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The problem that answers this exception; it is logged when it is the house's own.</summary>
    public Problem ProblemOf(Exception exception, HttpContext http)
    {
        switch (exception)
        {
            case RefusedRequest refused:
                return Problems.From(refused.Refusals);
            case BadHttpRequestException unreadable:
                return Problems.From(UnreadableRequests.Explain(unreadable, http));
            case StorageException:
                StorageFailed(log, exception, http.Request.Method);
                return Problems.From(RequestRefusal.StorageUnavailable);
            default:
                Unexpected(log, exception, http.Request.Method);
                return Problems.From(RequestRefusal.Unexpected);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The journal could not be read or written for a {Method}.")]
    private static partial void StorageFailed(ILogger log, Exception exception, string method);

    [LoggerMessage(2, LogLevel.Error, "A {Method} failed unexpectedly.")]
    private static partial void Unexpected(ILogger log, Exception exception, string method);
}
