using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace Ainalym.Kill.Tests;

/// <summary>An order that was answered.</summary>
internal sealed record Done(Trader Who, string Path, Guid CommandId, JsonObject Body, string Receipt);

/// <summary>
/// The house as its clients see it: one process after another, and between a kill and the next start none. What has no answer is said again, under the same id, to the process that comes next.
/// </summary>
internal sealed class Clients
{
    private readonly Lock gate = new();
    private volatile Life life = new();
    private (int Left, TaskCompletionSource Reached) awaited = (0, new());

    /// <summary>One process.</summary>
    private sealed class Life
    {
        public readonly TaskCompletionSource<RealHouse> House = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The process after it, known from the moment of the kill.</summary>
        public volatile Life? Next;
    }

    /// <summary>What was done.</summary>
    public ConcurrentBag<Done> Done { get; } = [];

    /// <summary>How many orders had no answer when the house was killed.</summary>
    public int Unanswered { get; private set; }

    /// <summary>From now on it is asked.</summary>
    /// <returns>Completes after so many answers to orders.</returns>
    public Task Meet(RealHouse house, int answers)
    {
        lock (gate) awaited = (answers, new(TaskCreationOptions.RunContinuationsAsynchronously));
        life.House.SetResult(house);
        return awaited.Reached.Task;
    }

    /// <summary>Kills it while it is being asked.</summary>
    public void Kill(RealHouse house)
    {
        var next = life.Next = new();
        house.Kill();
        life = next;
    }

    /// <summary>Reads.</summary>
    public Task<JsonNode> Look(Trader who, string path) => Ask(http => who.Get(http, path));

    /// <summary>All items of a list, page after page.</summary>
    /// <param name="path">With a question mark.</param>
    public static async IAsyncEnumerable<JsonNode> All(string path, Func<string, Task<JsonNode>> look)
    {
        for (var next = path; ;)
        {
            var page = await look(next);
            foreach (var item in page["items"]!.AsArray()) yield return item!;
            if (page["next"] is not { } after) yield break;
            next = $"{path}&after={Uri.EscapeDataString(after.GetValue<string>())}";
        }
    }

    /// <summary>Orders. What is done is kept for <see cref="Repeat"/>.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> Order(Trader who, string path, Guid commandId, JsonObject body)
    {
        var times = 0;
        var (status, text) = await Ask(http =>
        {
            if (++times > 1) Lost();
            return who.Post(http, path, commandId, body);
        });
        if (status is HttpStatusCode.OK) Done.Add(new(who, path, commandId, body, text));
        lock (gate)
            if (--awaited.Left == 0) awaited.Reached.SetResult();
        return (status, JsonNode.Parse(text)!);
    }

    /// <summary>What is done and is said again is answered as it was.</summary>
    public static async Task Repeat(HttpClient http, IEnumerable<Done> done)
    {
        foreach (var one in done)
        {
            var (status, text) = await one.Who.Post(http, one.Path, one.CommandId, one.Body);
            $"{status} {text}".Should().Be($"OK {one.Receipt}", "{0} was answered so before", one.Path);
        }
    }

    /// <summary>Asks again where the house was killed; an error of one that lives is the caller's.</summary>
    private async Task<T> Ask<T>(Func<HttpClient, Task<T>> ask)
    {
        for (var here = life; ; here = here.Next!)
        {
            var house = await here.House.Task;
            try
            {
                return await ask(house.Http);
            }
            catch (Exception error) when (RealHouse.IsGone(error) && here.Next is not null)
            {
                // The next one is asked.
            }
        }
    }

    private void Lost()
    {
        lock (gate) Unanswered++;
    }
}
