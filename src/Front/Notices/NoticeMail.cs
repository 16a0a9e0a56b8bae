using System.Globalization;
using Ainalym.Identity.Notices;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Journal.Http;

namespace Ainalym.Front.Notices;

/// <summary>Writes a notice to one of the organisation's people: in Kazakh and in Russian, as nobody's language is known before he has signed in.</summary>
internal sealed class NoticeMail(House house, MailRoute route, Uri publicUrl)
{
    private static readonly Texts Texts = new(FrontHost.Modules);

    private readonly NoticeQueries notices = new(house.Database);

    public async Task Send(OutboxEntry entry, CancellationToken ct)
    {
        var key = entry.Payload.Split('/');
        if (await notices.One(key[0], long.Parse(key[1], CultureInfo.InvariantCulture), long.Parse(key[2], CultureInfo.InvariantCulture), ct) is not { } notice) return;
        var languages = Languages.All.Where(culture => culture.Code() != "en").ToList();
        var body = $"{string.Join("\n\n", languages.Select(culture => Texts.Of($"front.notice.{notice.Kind}", culture, [.. notice.Facts])))}\n\n{new Uri(publicUrl, notice.Link)}";
        var subject = string.Join(" / ", languages.Select(culture => Texts.Of($"front.mail.{SubjectOf(notice)}", culture)));

        // An effect that names no person is from before each had his own.
        foreach (var address in (await notices.Addresses(notice.OrganisationId, ct)).Where(address => key is not [_, _, _, var user] || user == address.UserId))
            await route(new Mail($"{notice.Position}-{notice.Nth}-{address.UserId}", address.Email, subject, body), ct);
    }

    /// <summary>What a mail is about: who has to do something sees it by the subject.</summary>
    private static string SubjectOf(NoticeRow notice) => notice.Kind switch
    {
        NoticeRow.AccountNamed or "payout-account-withdrawn" => "payout-account",
        "deal-offered" or "contract-offered" or "payment-due" or "payment-failed" or "deal-paid" or "pick-up-proposed" or "receipt-ended" or "dispute-raised" or "decision-due" or "decision-overdue-operator" => "your-turn",
        "complaint-filed" or "complaint-filed-own" or "complaint-dismissed" or "complaint-dismissed-own" or "complaint-upheld-own" or "decision-overdue-own" => "complaint",
        "invoice-paid" or "invoice-short" or "invoice-over" => "money",
        _ when notice.Link.StartsWith("/deals", StringComparison.Ordinal) => "deal",
        _ when notice.Link.StartsWith("/documents", StringComparison.Ordinal) => "document",
        _ => "money",
    };
}
