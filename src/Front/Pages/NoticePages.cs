using System.Security.Claims;
using Ainalym.Identity.Notices;
using Ainalym.Journal.Http;

namespace Ainalym.Front.Pages;

/// <summary>What an organisation was told, the latest first.</summary>
internal static class NoticePages
{
    public static void MapNoticePages(this IEndpointRouteBuilder pages) => pages.MapGet("/my/notices", Show).RequireAuthorization(Policies.SignedIn);

    /// <summary>Who looks at the first page has read all that stands there, for his organisation.</summary>
    private static async Task<IResult> Show(ClaimsPrincipal user, NoticeQueries notices, TimeProvider time, CancellationToken ct, Cursor? after = null)
    {
        var page = await notices.Page(user.Organisation, after, ct);
        var (read, now) = (await notices.ReadUpTo(user.Organisation, ct), time.GetUtcNow());
        if (after is null && page.Items is [var latest, ..] && latest.Position > read) await notices.Read(user.Organisation, latest.Position, ct);
        return Page.Of<NoticesPage>(new { Notices = page.Items, page.Next, IsNew = (Func<NoticeRow, bool>)(notice => notice.Position > read || notice.StaysNew(now)) });
    }
}
