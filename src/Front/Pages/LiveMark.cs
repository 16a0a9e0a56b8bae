using Ainalym.Journal.Following;

namespace Ainalym.Front.Pages;

/// <summary>Where the journal stood when the page's request came: its script asks for news after that. Taken before anything is read, so nothing can fall between.</summary>
public sealed class LiveMark(Tail tail, TimeProvider time)
{
    public long Position { get; } = tail.Position;

    public long NowMs { get; } = time.GetUtcNow().ToUnixTimeMilliseconds();

    internal static ValueTask<object?> Take(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.RequestServices.GetRequiredService<LiveMark>();
        return next(context);
    }
}
