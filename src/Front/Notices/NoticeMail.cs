using System.Globalization;
using Ainalym.Identity.Notices;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Journal.Http;

namespace Ainalym.Front.Notices;

/// <summary>Writes a notice to each of the organisation's people: in Kazakh and in Russian, as nobody's language is known before he has signed in.</summary>
internal sealed class NoticeMail(House house, MailRoute route, Uri publicUrl)
{
    private static readonly Texts Texts = new(FrontHost.Modules);

    private readonly NoticeQueries notices = new(house.Database);

    public async Task Send(OutboxEntry entry, CancellationToken ct)
    {
        var key = entry.Payload.Split('/');
        if (await notices.One(key[0], long.Parse(key[1], CultureInfo.InvariantCulture), long.Parse(key[2], CultureInfo.InvariantCulture), ct) is not { } notice) return;
        var said = Languages.All.Where(culture => culture.Code() != "en").Select(culture => Texts.Of($"front.notice.{notice.Kind}", culture, [.. notice.Facts])).ToList();
        foreach (var address in await notices.Addresses(notice.OrganisationId, ct))
        {
            var body = $"{string.Join("\n\n", said)}\n\n{new Uri(publicUrl, notice.Link)}";
            await route(new Mail($"{notice.Position}-{notice.Nth}-{address.UserId}", address.Email, string.Join(" / ", said.Select(text => text.Split('.')[0])), body), ct);
        }
    }
}
