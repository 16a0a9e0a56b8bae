using System.Globalization;
using System.Security.Claims;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Identity.Notices;

/// <summary>The route to what an organisation was told, under <c>/api/v1/notices</c>. A program that asks has read nothing in people's stead: what is new on the pages stays new.</summary>
public static class NoticeEndpoints
{
    private const int Shown = 50;

    public static void MapNotices(this IEndpointRouteBuilder api) => api.MapGet("/notices", List).WithTags("Notices").RequireAuthorization(Policies.SignedIn)
        .WithName("ListNotices").WithSummary("What the organisation was told, the latest first.");

    /// <summary>An organisation's notices from the latest on, with the cursor to go on by.</summary>
    public static async Task<PageOf<NoticeRow>> Page(this NoticeQueries notices, Guid organisation, Cursor? after, CancellationToken ct) =>
        PageOf<NoticeRow>.From(await notices.Latest(organisation, after?.At ?? long.MaxValue, int.TryParse(after?.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var nth) ? nth : 0, Shown + 1, ct), Shown,
            notice => new Cursor(notice.Position, notice.Nth.ToString(CultureInfo.InvariantCulture)));

    private static async Task<Ok<PageOf<NoticeAnswer>>> List(ClaimsPrincipal user, NoticeQueries notices, CancellationToken ct, Cursor? after = null)
    {
        var page = await notices.Page(user.Organisation, after, ct);
        return TypedResults.Ok(new PageOf<NoticeAnswer>([.. page.Items.Select(NoticeAnswer.From)], page.Next));
    }
}

/// <param name="Kind">What it tells.</param>
/// <param name="Link">The page that it is about.</param>
/// <param name="Facts">What its text is filled with, in order.</param>
/// <param name="Position">Of the event that it tells of, in the journal.</param>
public sealed record NoticeAnswer(string Kind, string Link, IReadOnlyList<Fact> Facts, DateTimeOffset At, long Position)
{
    internal static NoticeAnswer From(NoticeRow row) => new(row.Kind, row.Link, row.Facts, DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs), row.Position);
}
