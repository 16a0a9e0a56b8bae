using System.Text.Json;
using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Dapper;

namespace Ainalym.Identity.Notices;

/// <summary>Something that an organisation's people should know.</summary>
/// <param name="Kind">Its text stands under this name.</param>
/// <param name="Link">The page that it is about.</param>
/// <param name="Facts">Fill the text, in the reader's own language.</param>
public sealed record Notice(Guid Organisation, string Kind, string Link, params IReadOnlyList<Fact> Facts);

/// <summary>A notice as it is kept.</summary>
public sealed record NoticeRow
{
    public required string OrganisationId { get; init; }

    /// <summary>Of the event that it tells of, and its place among the notices of that event.</summary>
    public required long Position { get; init; }
    public required long Nth { get; init; }
    public required string Kind { get; init; }
    public required string Link { get; init; }
    public required string FactsJson { get; init; }
    public required long AtMs { get; init; }

    public IReadOnlyList<Fact> Facts => JsonSerializer.Deserialize(FactsJson, NoticeJson.Default.FactArray)!;

    /// <summary>Tells of another bank account for payouts, which anyone of the organisation may still stop.</summary>
    public const string AccountNamed = "payout-account-named";

    /// <summary>How long an account waits before it is paid to.</summary>
    public static TimeSpan AccountWaits { get; } = TimeSpan.FromHours(24);

    /// <summary>What one person has read another may not have: this one is new to everybody while it can be stopped.</summary>
    public bool StaysNew(DateTimeOffset now) => Kind == AccountNamed && AtMs > (now - AccountWaits).ToUnixTimeMilliseconds();
}

[JsonSerializable(typeof(Fact[]))]
[JsonSerializable(typeof(object[][]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class NoticeJson : JsonSerializerContext;

/// <summary>Writes notices, and puts a mail for each and for each of the organisation's people into the outbox. Written again, nothing is twice.</summary>
public static class NoticeRows
{
    public const string Table = "notices";

    /// <summary>Of the outbox's effects.</summary>
    public const string MailKind = "notice-mail";

    public static void Add(Writing writing, IReadOnlyList<(Envelope About, Notice Notice)> notices)
    {
        if (notices.Count == 0) return;
        var rows = notices.GroupBy(entry => entry.About.Position).SelectMany(entries => entries.Select((entry, nth) =>
            (object[])[entry.Notice.Organisation.ToString("N"), entry.About.Position, (long)nth, entry.Notice.Kind, entry.Notice.Link, JsonSerializer.Serialize([.. entry.Notice.Facts], NoticeJson.Default.FactArray), entry.About.At.ToUnixTimeMilliseconds()])).ToArray();
        writing.Run(writing.Engine == Engine.Sqlite ? OnSqlite : OnSqlServer, new { rows = JsonSerializer.Serialize(rows, NoticeJson.Default.ObjectArrayArray) });

        // Organisations of the demo have no people who read mails.
        var ids = notices.Select(entry => entry.Notice.Organisation.ToString("N")).Distinct(StringComparer.Ordinal).ToArray();
        var people = writing.Connection.Query<(string Organisation, string User)>(
            "SELECT u.organisation_id, u.user_id FROM users u JOIN organisations o ON o.organisation_id = u.organisation_id WHERE o.is_demo = 0 AND u.organisation_id IN @ids", new { ids }, writing.Transaction)
            .ToLookup(row => row.Organisation, row => row.User, StringComparer.Ordinal);
        foreach (var row in rows.Where(row => people.Contains((string)row[0])))
        {
            // One effect for all of them is from before each had his own: they have had it.
            var key = FormattableString.Invariant($"{row[0]}/{row[1]}/{row[2]}");
            if (writing.Scalar<long?>("SELECT CAST(1 AS BIGINT) FROM outbox WHERE effect = @effect", new { effect = $"notice/{key}" }) is not null) continue;
            foreach (var user in people[(string)row[0]]) Outbox.Add(writing, $"notice/{key}/{user}", MailKind, $"{key}/{user}");
        }
    }

    /// <summary>Who complained last against a deal's award, by the deal; of the projection too.</summary>
    public const string Complainants = "notice_complainants";

    public static void Complained(Writing writing, string deal, Guid organisation)
    {
        var row = new { deal, organisation = organisation.ToString("N") };
        if (writing.Run("UPDATE notice_complainants SET organisation_id = @organisation WHERE deal_id = @deal", row) == 0)
            writing.Run("INSERT INTO notice_complainants (deal_id, organisation_id) VALUES (@deal, @organisation)", row);
    }

    /// <summary>Who complained, by the deals' ids.</summary>
    public static IReadOnlyDictionary<string, Guid> ComplainantsOf(Writing writing, IReadOnlyList<string> deals) => deals.Count == 0
        ? new Dictionary<string, Guid>(StringComparer.Ordinal)
        : writing.Connection.Query<(string Deal, string Organisation)>("SELECT deal_id, organisation_id FROM notice_complainants WHERE deal_id IN @deals", new { deals }, writing.Transaction)
            .ToDictionary(row => row.Deal, row => Guid.ParseExact(row.Organisation, "N"), StringComparer.Ordinal);

    /// <summary>Who runs the house: few.</summary>
    public static IReadOnlyList<Guid> Operators(Writing writing) =>
        [.. writing.Connection.Query<string>("SELECT organisation_id FROM organisations WHERE role = @role ORDER BY organisation_id", new { role = nameof(Roles.Operator) }, writing.Transaction).Select(id => Guid.ParseExact(id, "N"))];

    private const string OnSqlite = """
        INSERT INTO notices (organisation_id, position, nth, kind, link, facts, at_ms)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(@rows) WHERE true
        ON CONFLICT DO NOTHING
        """;

    internal const string OnSqlServer = """
        INSERT INTO notices (organisation_id, position, nth, kind, link, facts, at_ms)
        SELECT j.organisation_id, j.position, j.nth, j.kind, j.link, j.facts, j.at_ms
        FROM OPENJSON(@rows) WITH (organisation_id NVARCHAR(32) '$[0]', position BIGINT '$[1]', nth BIGINT '$[2]', kind NVARCHAR(64) '$[3]', link NVARCHAR(200) '$[4]', facts NVARCHAR(MAX) '$[5]', at_ms BIGINT '$[6]') j
        WHERE NOT EXISTS (SELECT 1 FROM notices n WHERE n.organisation_id = j.organisation_id COLLATE Latin1_General_100_BIN2 AND n.position = j.position AND n.nth = j.nth)
        """;
}

/// <summary>Reads notices, and remembers how far an organisation has read.</summary>
public sealed class NoticeQueries(IDatabase db)
{
    /// <summary>More are not counted.</summary>
    public const int MostUnread = 99;

    private const string Columns = "organisation_id AS OrganisationId, position AS Position, nth AS Nth, kind AS Kind, link AS Link, facts AS FactsJson, at_ms AS AtMs";

    /// <summary>An organisation's notices, the latest first.</summary>
    /// <param name="before">Goes on after the notice of this position and place.</param>
    public Task<IReadOnlyList<NoticeRow>> Latest(Guid organisation, long before, long nth, int n, CancellationToken ct) => db.Query<NoticeRow>(
        $"SELECT {Columns} FROM notices WHERE organisation_id = @organisation AND (position < @before OR (position = @before AND nth < @nth)) ORDER BY position DESC, nth DESC {db.Page}", new { organisation = organisation.ToString("N"), before, nth, n }, ct);

    public Task<NoticeRow?> One(string organisation, long position, long nth, CancellationToken ct) => db.Single<NoticeRow>(
        $"SELECT {Columns} FROM notices WHERE organisation_id = @organisation AND position = @position AND nth = @nth", new { organisation, position, nth }, ct);

    /// <summary>How many came since the organisation last looked, at most <see cref="MostUnread"/>, and those that nobody reads away: <see cref="NoticeRow.StaysNew"/>.</summary>
    public async Task<int> Unread(Guid organisation, DateTimeOffset now, CancellationToken ct)
    {
        var own = new { organisation = organisation.ToString("N"), kind = NoticeRow.AccountNamed, since = (now - NoticeRow.AccountWaits).ToUnixTimeMilliseconds(), n = MostUnread };
        return (await db.Query<long>(
            $"""
            SELECT position FROM notices
            WHERE organisation_id = @organisation AND (position > COALESCE((SELECT position FROM notices_read WHERE organisation_id = @organisation), 0) OR (kind = @kind AND at_ms > @since))
            ORDER BY position DESC {db.Page}
            """, own, ct)).Count;
    }

    /// <summary>The position up to which the organisation has read; 0 where it never looked.</summary>
    public Task<long> ReadUpTo(Guid organisation, CancellationToken ct) =>
        db.Single<long>("SELECT position FROM notices_read WHERE organisation_id = @organisation", new { organisation = organisation.ToString("N") }, ct);

    /// <summary>The organisation has read up to this position, and does not unread.</summary>
    public Task<int> Read(Guid organisation, long upTo, CancellationToken ct) => db.Write(
        writing =>
        {
            var row = new { organisation = organisation.ToString("N"), upTo };
            var known = writing.Run("UPDATE notices_read SET position = CASE WHEN position < @upTo THEN @upTo ELSE position END WHERE organisation_id = @organisation", row);
            return known > 0 ? known : writing.Run("INSERT INTO notices_read (organisation_id, position) VALUES (@organisation, @upTo)", row);
        },
        ct);

    /// <summary>The addresses of an organisation's people, at most 100.</summary>
    public Task<IReadOnlyList<MailAddressRow>> Addresses(string organisation, CancellationToken ct) => db.Query<MailAddressRow>(
        $"SELECT user_id AS UserId, email AS Email FROM users WHERE organisation_id = @organisation ORDER BY user_id {db.Page}", new { organisation, n = 100 }, ct);
}

/// <summary>Where a person reads mails.</summary>
public sealed record MailAddressRow
{
    public required string UserId { get; init; }
    public required string Email { get; init; }
}
