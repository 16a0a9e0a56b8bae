using Ainalym.Kernel;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal.Following;

/// <summary>Sends the commands of reminders that have fallen due. One process at a time has the turn; firing twice would be harmless.</summary>
internal sealed class ReminderRunner(IDatabase database, IGrains grains, Kinds kinds, Leases leases, JournalClock clock, ILogger log)
{
    private const int PageSize = 200;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

    /// <summary>Reminders that were answered and are where they were, refused or not: their command would be answered the same again, so it is not sent until they are moved.</summary>
    private readonly HashSet<DueReminder> answered = [];

    internal sealed record DueReminder(string Stream, string Name, long DueMs);

    /// <summary>When the next reminder falls due.</summary>
    public async Task<DateTimeOffset?> Next(CancellationToken ct)
    {
        var due = await database.Query<DueReminder>(
            $"SELECT stream AS Stream, name AS Name, due_ms AS DueMs FROM reminders ORDER BY due_ms, stream, name {database.Page}", new { n = answered.Count + 1 }, ct);
        return due.FirstOrDefault(reminder => !answered.Contains(reminder)) is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next.DueMs) : null;
    }

    /// <summary>Fires all that are due now.</summary>
    /// <returns>How many were fired.</returns>
    public async Task<int> FireDue(CancellationToken ct)
    {
        var fired = new HashSet<DueReminder>();
        while (true)
        {
            var (now, n) = (clock.Now().ToUnixTimeMilliseconds(), PageSize + answered.Count);
            var page = await database.Query<DueReminder>(
                $"SELECT stream AS Stream, name AS Name, due_ms AS DueMs FROM reminders WHERE due_ms <= @now ORDER BY due_ms, stream, name {database.Page}",
                new { now, n }, ct);
            answered.UnionWith(page.Where(fired.Contains));
            DueReminder[] due = [.. page.Where(reminder => !answered.Contains(reminder))];
            if (due.Length == 0 && page.Count < n)
            {
                // All that is due was seen: what is not among it has moved.
                answered.IntersectWith(page);
                return fired.Count;
            }

            await Task.WhenAll(due.Select(reminder => Fire(reminder, ct)));
            fired.UnionWith(due);
        }
    }

    public async Task Run(CancellationToken ct)
    {
        Lease? lease = null;
        var renewed = clock.Now();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var now = clock.Now();
                if (lease is null || now - renewed > leases.Length / 3)
                {
                    lease = lease is null ? await leases.TryTake("reminders", ct) : await leases.Move(lease, lease.Checkpoint);
                    renewed = now;
                }

                if (lease is not null) await FireDue(ct);
                await Task.Delay(lease is null ? leases.Length / 3 : Often, clock.Time, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
            catch (LeaseLostException)
            {
                lease = null;
            }
            catch (Exception error)
            {
                log.LogError(error, "Reminders could not be sent; they will be tried again");
                lease = null;
                await Task.WhenAny(Task.Delay(Often * 5, clock.Time, ct));
            }
        }

        if (lease is not null) await leases.GiveBack(lease);
    }

    private async Task Fire(DueReminder reminder, CancellationToken ct)
    {
        var (kind, id) = kinds.Of(reminder.Stream);
        var due = DateTimeOffset.FromUnixTimeMilliseconds(reminder.DueMs);
        var commandId = CommandIds.Derived(due, $"{reminder.Stream}/{reminder.Name}");
        if (await kind.Remind(grains, id, commandId, reminder.Name, due, ct) is { } refusal)
            log.LogWarning("The reminder {Reminder} of {Stream} was refused: {Refusal}", reminder.Name, reminder.Stream, refusal.Name);
    }
}
