using Ainalym.Journal.Following;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal;

/// <summary>A clock that stands until it is moved.</summary>
public sealed class SteppingTime(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref ticks), TimeSpan.Zero);

    /// <exception cref="ArgumentOutOfRangeException">The clock does not go back.</exception>
    public void Set(DateTimeOffset to)
    {
        if (to.UtcTicks < Volatile.Read(ref ticks)) throw new ArgumentOutOfRangeException(nameof(to), to, $"The clock stands at {GetUtcNow():O} and does not go back.");
        Volatile.Write(ref ticks, to.UtcTicks);
    }
}

/// <summary>The house with a clock that is moved by hand, for replay, demo and deadline tests: reminders fire in their order, each at its own time. Nothing sleeps.</summary>
public sealed class SteppingHouse : IAsyncDisposable
{
    private readonly SteppingTime time;

    private SteppingHouse(House house, SteppingTime time) => (House, this.time) = (house, time);

    public House House { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <param name="reach">Stands between the house and its grains; for tests in which the house dies on the way.</param>
    public static SteppingHouse Open(IReadOnlyList<HouseModule> modules, HouseOptions options, DateTimeOffset start, ILoggerFactory logs, Func<IGrains, IGrains>? reach = null)
    {
        var time = new SteppingTime(start);
        return new(House.Open(modules, options with { Time = time }, logs, reach), time);
    }

    /// <summary>Moves the clock to <paramref name="to"/>, stopping at each reminder on the way; followers catch up after each.</summary>
    public async Task AdvanceTo(DateTimeOffset to, CancellationToken ct = default)
    {
        await House.CatchUp(ct);
        while (await House.Reminders.Next(ct) is { } due && due <= to)
        {
            if (due > Now) time.Set(due);
            await House.Reminders.FireDue(ct);
            await House.CatchUp(ct);
        }

        if (to > Now) time.Set(to);
    }

    /// <summary>Moves the clock without looking at reminders; for callers who know that none falls due before.</summary>
    public void SetClock(DateTimeOffset to) => time.Set(to);

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
