using System.Globalization;
using Ainalym.Journal;
using Orleans;
using Orleans.Runtime;

namespace Ainalym.Cluster;

/// <summary>Which processes are alive, in two small tables of the house's own database: any process may die, the first one too.</summary>
internal sealed class SiloTable(IDatabase db) : IMembershipTable
{
    internal sealed record Row(long TableEdition, string? Silo, long? Edition, long? Status, string? Host, string? Name, long? ProxyPort, string? Suspects, long? StartedMs, long? AliveMs);

    private const string All = """
        SELECT t.edition AS TableEdition, s.silo AS Silo, s.edition AS Edition, s.status AS Status, s.host AS Host, s.name AS Name,
            s.proxy_port AS ProxyPort, s.suspects AS Suspects, s.started_ms AS StartedMs, s.alive_ms AS AliveMs
        FROM silo_editions t LEFT JOIN silos s ON s.edition <= t.edition
        """;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public async Task<MembershipTableData> ReadAll() => Read(await db.Query<Row>(All));

    public async Task<MembershipTableData> ReadRow(SiloAddress key) => Read(await db.Query<Row>($"{All} AND s.silo = @silo", new { silo = key.ToParsableString() }));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Change(
        """
        INSERT INTO silos (silo, edition, status, host, name, proxy_port, suspects, started_ms, alive_ms)
        SELECT @silo, @edition, @status, @host, @name, @proxyPort, @suspects, @startedMs, @aliveMs
        FROM silo_editions WHERE edition = @seen AND NOT EXISTS (SELECT 1 FROM silos WHERE silo = @silo)
        """,
        entry,
        etag: "0",
        tableVersion);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Change(
        """
        UPDATE silos SET edition = @edition, status = @status, host = @host, name = @name, proxy_port = @proxyPort, suspects = @suspects, started_ms = @startedMs, alive_ms = @aliveMs
        WHERE silo = @silo AND edition = @was AND EXISTS (SELECT 1 FROM silo_editions WHERE edition = @seen)
        """,
        entry,
        etag,
        tableVersion);

    public Task UpdateIAmAlive(MembershipEntry entry) =>
        db.Write(writing => writing.Run("UPDATE silos SET alive_ms = @aliveMs WHERE silo = @silo", new { silo = entry.SiloAddress.ToParsableString(), aliveMs = Ms(entry.IAmAliveTime) }));

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => db.Write(writing => writing.Run(
        "DELETE FROM silos WHERE status = @dead AND alive_ms < @before AND started_ms < @before",
        new { dead = (long)SiloStatus.Dead, before = beforeDate.ToUnixTimeMilliseconds() }));

    /// <summary>A database is one cluster's, so its id does not matter.</summary>
    public Task DeleteMembershipTableEntries(string clusterId) => db.Write(writing => writing.Run("DELETE FROM silos"));

    /// <summary>All or nothing, as the lane runs it: the row, if it is as it was read, and the table's edition.</summary>
    private Task<bool> Change(string sql, MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        var row = new
        {
            silo = entry.SiloAddress.ToParsableString(),
            edition = (long)tableVersion.Version,
            status = (long)entry.Status,
            host = entry.HostName ?? "",
            name = entry.SiloName ?? "",
            proxyPort = (long)entry.ProxyPort,
            suspects = string.Join(' ', (entry.SuspectTimes ?? []).Select(vote => string.Create(CultureInfo.InvariantCulture, $"{vote.Item1.ToParsableString()}={Ms(vote.Item2)}"))),
            startedMs = Ms(entry.StartTime),
            aliveMs = Ms(entry.IAmAliveTime),
            was = long.Parse(etag, CultureInfo.InvariantCulture),
            seen = long.Parse(tableVersion.VersionEtag, CultureInfo.InvariantCulture),
        };
        return db.Write(writing => writing.Run(sql, row) == 1 && writing.Run("UPDATE silo_editions SET edition = @edition WHERE one = 1", row) == 1);
    }

    private static MembershipTableData Read(IReadOnlyList<Row> rows)
    {
        var edition = rows[0].TableEdition;
        var entries = rows.Where(row => row.Silo is not null).Select(row => Tuple.Create(EntryOf(row), Text(row.Edition!.Value))).ToList();
        return new(entries, new TableVersion(checked((int)edition), Text(edition)));
    }

    private static MembershipEntry EntryOf(Row row) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(row.Silo!),
        Status = (SiloStatus)row.Status!.Value,
        HostName = row.Host!,
        SiloName = row.Name!,
        ProxyPort = checked((int)row.ProxyPort!.Value),
        StartTime = At(row.StartedMs!.Value),
        IAmAliveTime = At(row.AliveMs!.Value),
        SuspectTimes = [.. row.Suspects!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(vote => vote.Split('=')).Select(vote =>
            Tuple.Create(SiloAddress.FromParsableString(vote[0]), At(long.Parse(vote[1], CultureInfo.InvariantCulture))))],
    };

    /// <summary>Orleans keeps times as UTC without saying so.</summary>
    private static long Ms(DateTime utc) => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeMilliseconds();

    private static DateTime At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
