using System.Diagnostics;
using Ainalym.Journal.Following;
using Ainalym.Journal.Grains;
using Ainalym.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal.Lanes;

/// <summary>
/// The one way into the journal: takes decisions in the order they were made and writes as many as have gathered in one transaction. Nobody is answered before the batch that
/// carries his answer has committed. It has a thread of its own, as committing waits for the disk.
/// </summary>
internal sealed class Lane : IDisposable
{
    private readonly ILogger log;
    private readonly int most;
    private readonly BatchRunner runner;
    private readonly Thread thread;
    private readonly object door = new();
    private List<LaneEntry> waiting = [];
    private bool idle;
    private bool closed;

    public Lane(IJournalStore store, JournalClock clock, Tail tail, int most, Action<Grain> committed, ILogger log)
    {
        (this.log, this.most) = (log, most);
        runner = new BatchRunner(store, clock, tail, committed);
        thread = new Thread(Run) { IsBackground = true, Name = "lane" };
        thread.Start();
    }

    /// <summary>The last batch could not be written; cleared by the next that can.</summary>
    public StorageException? Failing { get; private set; }

    /// <summary>Entries that wait for the next batch.</summary>
    public int Waiting
    {
        get
        {
            lock (door) return waiting.Count;
        }
    }

    /// <summary>Callers hold their grain's gate, so entries of one grain stand in the order they were decided.</summary>
    /// <exception cref="StorageException">The lane is closed or full.</exception>
    public void Put(LaneEntry entry)
    {
        lock (door)
        {
            if (closed) throw new StorageException("The house is closing. Repeat the command with the same id.");
            if (waiting.Count >= MostWaiting) throw new StorageException("The house is overloaded. Repeat the command with the same id in a moment.");
            waiting.Add(entry);
            if (idle) Monitor.Pulse(door);
        }
    }

    public const int MostWaiting = 200_000;

    public Task<T> Write<T>(Func<Writing, T> write)
    {
        var work = new LaneWork<T>(write);
        Put(work);
        return work.Done;
    }

    /// <summary>Takes nothing more, writes what waits, and ends the thread.</summary>
    public void Dispose()
    {
        lock (door)
        {
            closed = true;
            Monitor.Pulse(door);
        }

        thread.Join();
    }

    private void Run()
    {
        var batch = new List<LaneEntry>(most);
        while (TakeBatch(batch))
        {
            var started = Stopwatch.GetTimestamp();
            using var span = JournalMeters.BatchSpan(batch.Count);
            try
            {
                runner.Run(batch);
                Failing = null;
            }
            catch (StorageException error)
            {
                Failing = error;
                log.LogError(error, "A batch of {Count} could not be written; its callers were told to repeat", batch.Count);
            }

            JournalMeters.Batch(batch.Count, waiting.Count, Stopwatch.GetElapsedTime(started));
            batch.Clear();
        }
    }

    private bool TakeBatch(List<LaneEntry> batch)
    {
        lock (door)
        {
            while (waiting.Count == 0)
            {
                if (closed) return false;
                idle = true;
                Monitor.Wait(door);
                idle = false;
            }

            if (waiting.Count <= most)
            {
                batch.AddRange(waiting);
                waiting.Clear();
            }
            else
            {
                batch.AddRange(waiting.GetRange(0, most));
                waiting.RemoveRange(0, most);
            }

            return true;
        }
    }
}
