using Ainalym.Kernel;

namespace Ainalym.Journal;

/// <summary>Now, in whole milliseconds, and never before what was given earlier in this process, whatever the machine's clock does.</summary>
public sealed class JournalClock(TimeProvider time)
{
    private long last;

    public TimeProvider Time => time;

    public DateTimeOffset Now()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        while (true)
        {
            var before = Volatile.Read(ref last);
            if (now <= before) return DateTimeOffset.FromUnixTimeMilliseconds(before);
            if (Interlocked.CompareExchange(ref last, now, before) == before) return DateTimeOffset.FromUnixTimeMilliseconds(now);
        }
    }
}
