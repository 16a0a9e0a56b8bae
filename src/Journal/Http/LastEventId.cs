using System.Globalization;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Http;

namespace Ainalym.Journal.Http;

/// <summary>
/// Where a stream of server-sent events goes on: after this journal position. None when the client starts anew. A browser that comes back says it in the header; a page that
/// opens the stream, in the address, as it may set no header.
/// </summary>
public readonly record struct LastEventId(long? Position)
{
    public const string Header = "Last-Event-ID";

    public const string Parameter = "after";

    /// <exception cref="RefusedRequest">Given, but not a whole number from 0.</exception>
    public static ValueTask<LastEventId> BindAsync(HttpContext http)
    {
        var said = http.Request.Headers[Header];
        var field = Header;
        if (said.Count == 0 || said[0] is null or "") (said, field) = (http.Request.Query[Parameter], Parameter);
        if (said.Count == 0 || said[0] is null or "") return ValueTask.FromResult(new LastEventId(null));
        return long.TryParse(said[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? ValueTask.FromResult(new LastEventId(position))
            : throw new RefusedRequest(new Refusal(RequestRefusal.LastEventIdMalformed).About(field));
    }
}
