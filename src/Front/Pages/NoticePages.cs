using System.Security.Claims;
using Ainalym.Identity.Notices;
using Ainalym.Journal.Http;

namespace Ainalym.Front.Pages;

/// <summary>What an organisation was told, the latest first.</summary>
internal static class NoticePages
{
    public static void MapNoticePages(this IEndpointRouteBuilder pages) => pages.MapGet("/my/notices", Show).RequireAuthorization(Policies.SignedIn);

    /// <summary>Who looks at the first page has read all that stands there.</summary>
    private static async Task<IResult> Show(ClaimsPrincipal user, NoticeQueries notices, CancellationToken ct, Cursor? after = null)
    {
        var page = await notices.Page(user.Organisation, after, ct);
        var unread = after is null ? await notices.Unread(user.Organisation, ct) : 0;
        if (unread > 0) await notices.Read(user.Organisation, page.Items[0].Position, ct);
        return Page.Of<NoticesPage>(new { Notices = page.Items, page.Next, Unread = unread });
    }
}
