namespace Ainalym.Front.Edge;

/// <summary>Server-sent events end when the house shuts down; else each open one would hold it up until the time-out.</summary>
internal sealed class LiveAnswers(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    public async Task Invoke(HttpContext http)
    {
        if (!http.Request.Headers.Accept.Any(accept => accept?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true))
        {
            await next(http);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.RequestAborted = either.Token;
        await next(http);
    }
}
