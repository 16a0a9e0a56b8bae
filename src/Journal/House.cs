using Ainalym.Journal.Following;
using Ainalym.Journal.Grains;
using Ainalym.Journal.Lanes;
using Ainalym.Journal.Sqlite;
using Ainalym.Journal.Storage;
using Ainalym.Kernel;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal;

/// <summary>
/// The journal with all that lives on it, in one process. Opening it migrates the database and starts the lane; <see cref="Start"/> starts what works by the clock
/// (reminders, followers, beats). Closing it drains the lane.
/// </summary>
public sealed class House : IAsyncDisposable
{
    private readonly IJournalStore store;
    private readonly Lane lane;
    private readonly LocalGrains grains;
    private readonly Snapshots snapshots;
    private readonly HouseOptions options;
    private readonly ILogger log;
    private readonly IReadOnlyList<HouseModule> modules;
    private readonly IReadOnlyList<FollowerRunner> followers;
    private readonly ReminderRunner reminders;
    private readonly CancellationTokenSource closing = new();
    private readonly List<Task> running = [];

    /// <param name="reach">Makes, of the grains of this process, the grains of all processes; without it there is only this one.</param>
    internal House(IJournalStore store, IReadOnlyList<HouseModule> modules, HouseOptions options, ILoggerFactory logs, Func<IGrains, IGrains>? reach = null)
    {
        (this.store, this.options) = (store, options);
        this.modules = [HouseModule.Journal, .. modules];
        Logs = logs;
        log = logs.CreateLogger<House>();
        Clock = new JournalClock(options.Time);
        store.Migrate(this.modules, Clock.Now().ToUnixTimeMilliseconds());
        Kinds = new Kinds(this.modules.SelectMany(module => module.Kinds));
        Tail = new Tail(store, Kinds);
        snapshots = new Snapshots(options.SnapshotEvery, log);
        lane = new Lane(store, Clock, Tail, options.MostInBatch, snapshots.Consider, log);
        grains = new LocalGrains(store, lane, Clock);
        Grains = reach?.Invoke(grains) ?? grains;
        Addresses = new Addresses(Grains, Kinds);
        Database = new Database(store, lane, Kinds);
        Secrets = new Secrets(Database);
        var leases = new Leases(lane, Database, Clock, options.Lease);
        followers =
        [
            .. this.modules.SelectMany(module => module.Projections).Select(projection => new FollowerRunner(projection, leases, lane, Tail, Clock, log)),
            .. this.modules.SelectMany(module => module.Followers).Select(make => new FollowerRunner(make(this), leases, Tail, Clock, log)),
        ];
        reminders = new ReminderRunner(Database, Grains, Kinds, leases, Clock, log);
        Outbox = new Outbox(lane, Database, Clock, this.modules.SelectMany(module => module.Senders).ToDictionary(sender => sender.Key, sender => sender.Value(this), StringComparer.Ordinal), log);
        Beats = new Beats(Database, Clock, leases.Owner);
    }

    /// <summary>Holds what the house keeps beside the journal.</summary>
    public string DataFolder => options.DataFolder;

    /// <summary>The way to every grain, wherever it lives.</summary>
    public IGrains Grains { get; }

    /// <summary>The way to the grains of modules by the addresses they publish.</summary>
    public Addresses Addresses { get; }

    public IDatabase Database { get; }

    /// <summary>For followers who have something to say to who runs the house.</summary>
    public ILoggerFactory Logs { get; }

    public Kinds Kinds { get; }

    public Tail Tail { get; }

    public Secrets Secrets { get; }

    public Outbox Outbox { get; }

    public JournalClock Clock { get; }

    /// <summary>How many grains are in memory.</summary>
    public int GrainsInMemory => grains.Count;

    /// <summary>Why the last batch could not be written; null when all is well.</summary>
    public StorageException? Failing => lane.Failing;

    internal Beats Beats { get; }

    /// <summary>Decisions that wait for the next batch.</summary>
    public int Waiting => lane.Waiting;

    internal IJournalStore Store => store;

    internal Lane Lane => lane;

    internal ReminderRunner Reminders => reminders;

    internal IReadOnlyList<HouseModule> Modules => modules;

    /// <summary>Opens the house on SQLite in its data folder.</summary>
    /// <exception cref="StorageException">The folder or the file cannot be used; the message says why and what to do. Nothing was changed.</exception>
    public static House Open(IReadOnlyList<HouseModule> modules, HouseOptions options, ILoggerFactory logs) => Open(modules, options, logs, reach: null);

    internal static House Open(IReadOnlyList<HouseModule> modules, HouseOptions options, ILoggerFactory logs, Func<IGrains, IGrains>? reach)
    {
        if (options.ConnectionString is not null)
            throw new StorageException("A SQL Server connection string was given, but this host keeps its journal in SQLite. For SQL Server start the cluster host; for SQLite leave out --connection and MARKET_CONNECTION.");
        var store = new SqliteStore(Path.Combine(options.DataFolder, "journal.db"));
        try
        {
            return new House(store, modules, options, logs, reach);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Makes an outage good, then starts reminders, followers, beats and the house-keeping.</summary>
    public async Task Start(CancellationToken ct)
    {
        if (await Beats.Outage(options.OutageGap, ct) is { } outage)
            foreach (var module in modules)
                if (module.AfterOutage is { } makeGood) await makeGood(this, outage, ct);

        await Beats.Beat(ct);
        var until = closing.Token;
        running.AddRange(followers.Select(follower => follower.Run(until)));
        running.Add(reminders.Run(until));
        running.Add(snapshots.Run(lane, until));
        running.Add(Every(TimeSpan.FromMilliseconds(200), "the look at the head", _ => Task.Run(Tail.Look, CancellationToken.None), until));
        running.Add(Every(TimeSpan.FromSeconds(1), "the outbox", ct => Outbox.SendDue(ct), until));
        running.Add(Every(TimeSpan.FromSeconds(5), "the beat", Beats.Beat, until));
        running.Add(Every(TimeSpan.FromSeconds(1), "the checkpoint", _ => Task.Run(() => (store as SqliteStore)?.Checkpoint(), CancellationToken.None), until));
        running.Add(Every(options.IdleGrain / 5, "dropping idle grains", _ => Task.Run(() => grains.DropIdle(options.IdleGrain), CancellationToken.None), until));
    }

    /// <summary>Lets followers and projections catch up with all there is, snapshots too. For a house that was not started: in a started one they catch up by themselves, and would lose their leases to this.</summary>
    public async Task CatchUp(CancellationToken ct = default)
    {
        await Task.WhenAll(followers.Where(follower => follower.IsProjection).Select(projection => projection.Drain(ct)));
        foreach (var follower in followers.Where(follower => !follower.IsProjection)) await follower.Drain(ct);
        await Task.WhenAll(followers.Select(follower => follower.Keep()));
        await snapshots.Drain(lane);
    }

    /// <summary>Checks the journal and every inline row. Long: reports progress and can be cancelled.</summary>
    /// <param name="published">A head published earlier, as <c>position:hash</c>.</param>
    public Verification Verify(string? published, IProgress<string>? progress, CancellationToken ct) => new Verifier(store, Kinds, progress).Verify(published, ct);

    /// <summary>Makes a projection's tables, or a kind's inline rows, anew from the journal. Other processes wait or are told to repeat meanwhile.</summary>
    /// <param name="name">A projection's name, a kind's (<c>market/lot</c>), or <c>reminders</c>.</param>
    /// <returns>How many events, or streams, it was made from.</returns>
    /// <exception cref="ArgumentException">There is no such name; the message lists those there are.</exception>
    public async Task<long> Rebuild(string name, IProgress<string>? progress, CancellationToken ct)
    {
        if (name == Reminder.Table.Name) return new Verifier(store, Kinds, progress).Rebuild([Reminder.Table], ct);
        if (Kinds.All.FirstOrDefault(kind => kind.Name == name) is { } kind) return new Verifier(store, Kinds, progress).Rebuild(kind.Tables, ct);
        var projection = modules.SelectMany(module => module.Projections).FirstOrDefault(projection => projection.Name == name);
        if (projection is null)
        {
            var names = Kinds.All.Select(known => known.Name).Append(Reminder.Table.Name).Concat(modules.SelectMany(module => module.Projections).Select(known => known.Name));
            throw new ArgumentException($"There is nothing called '{name}' to rebuild; there are: {string.Join(", ", names.Order(StringComparer.Ordinal))}.", nameof(name));
        }

        var runner = followers.Single(follower => follower.Name == name);
        await runner.GiveBack();
        await Database.Write(
            writing =>
            {
                foreach (var table in projection.Tables) writing.Run($"DELETE FROM {table}");
                return writing.Run("UPDATE followers SET [checkpoint] = 0, until_ms = 0, fence = fence + 1 WHERE name = @name", new { name });
            },
            ct);
        return await runner.Drain(ct);
    }

    /// <summary>Handles a command that another process sent here, with the grains of this process.</summary>
    /// <param name="stream">The grain's kind and id: <c>market/lot/0192…</c>.</param>
    internal Task<CarriedReceipt> Handle(string stream, ReadOnlyMemory<byte> command, Caller caller)
    {
        var (kind, id) = Kinds.Of(stream);
        return kind.Handle(grains, id, command, caller);
    }

    /// <summary>Drops from memory what was not used for so long.</summary>
    public void DropIdleGrains(TimeSpan idle) => grains.DropIdle(idle);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await Task.WhenAll(running);
        foreach (var follower in followers) await follower.GiveBack();
        if (Grains is IAsyncDisposable reaching) await reaching.DisposeAsync();
        lane.Dispose();
        store.Dispose();
        closing.Dispose();
    }

    private async Task Every(TimeSpan pause, string what, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(pause, options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                try
                {
                    await work(ct);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    log.LogError(error, "{What} failed; it will be tried again", what);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Closing.
        }
    }
}
