using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Journal.Tests;

public sealed class FollowingTests : IDisposable
{
    private readonly Given given = new();

    public void Dispose() => given.Dispose();

    [Fact]
    public async Task A_projection_catches_up_and_goes_on_from_its_checkpoint()
    {
        await using var house = given.House();
        for (var n = 0; n < 5; n++) await house.Add("a", 10, n);
        await house.CatchUp();
        (await Total(house)).Should().Be(50);
        await house.Add("b", 7, id: 99);
        await house.CatchUp();
        (await Total(house)).Should().Be(57);
    }

    [Fact]
    public async Task A_projection_rebuilt_is_the_projection()
    {
        await using var house = given.House();
        for (var n = 0; n < 1_200; n++) await house.Add($"t{n % 3}", 1, n);
        await house.CatchUp();
        await house.Database.Write(writing => writing.Run("UPDATE tally_totals SET total = -1"));
        (await house.Rebuild("test/totals", progress: null, CancellationToken.None)).Should().Be(1_200);
        (await Total(house)).Should().Be(1_200);
    }

    [Fact]
    public async Task A_rebuild_of_an_unknown_name_lists_the_known_ones()
    {
        await using var house = given.House();
        await FluentActions.Awaiting(() => house.Rebuild("nothing", progress: null, CancellationToken.None))
            .Should().ThrowAsync<ArgumentException>().WithMessage("*reminders, test/tally, test/totals*");
    }

    [Fact]
    public async Task A_lease_is_held_by_one_and_taken_over_when_it_runs_out()
    {
        var time = new SteppingTime(Given.Noon);
        await using var one = given.House(time: time);
        await using var two = given.House(time: time);
        var leasesOfOne = new Leases(one.Lane, one.Database, one.Clock, TimeSpan.FromSeconds(10));
        var leasesOfTwo = new Leases(two.Lane, two.Database, two.Clock, TimeSpan.FromSeconds(10));

        var first = await leasesOfOne.TryTake("f", CancellationToken.None);
        (await leasesOfTwo.TryTake("f", CancellationToken.None)).Should().BeNull();
        first = await leasesOfOne.Move(first!, 5);
        time.Set(Given.Noon.AddSeconds(11));
        var second = await leasesOfTwo.TryTake("f", CancellationToken.None);
        second.Should().BeEquivalentTo(new { Checkpoint = 5L });

        await FluentActions.Awaiting(() => leasesOfOne.Move(first, 6)).Should().ThrowAsync<LeaseLostException>();
        (await leasesOfTwo.Move(second!, 7)).Checkpoint.Should().Be(7);
    }

    [Fact]
    public async Task A_lease_given_back_is_free_at_once()
    {
        await using var house = given.House();
        var one = new Leases(house.Lane, house.Database, house.Clock, TimeSpan.FromSeconds(10));
        var two = new Leases(house.Lane, house.Database, house.Clock, TimeSpan.FromSeconds(10));
        await one.GiveBack((await one.TryTake("f", CancellationToken.None))!);
        house.Clock.Time.GetUtcNow().Should().BeAfter(DateTimeOffset.UnixEpoch);
        (await two.TryTake("f", CancellationToken.None)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_follower_that_handles_an_event_twice_does_nothing_twice()
    {
        var seen = new List<long>();
        var module = Given.Module() with { Followers = [house => new Echo(house, seen)] };
        await using (var house = given.House(module))
        {
            await house.Add("a", 5, id: 1);
            await house.CatchUp();
            await house.Database.Write(writing => writing.Run("UPDATE followers SET checkpoint = 0 WHERE name = 'test/echo'"));
        }

        await using (var house = given.House(module))
        {
            await house.CatchUp();
            (await house.Sum("echo")).Should().Be(5);
        }

        seen.Should().StartWith([1L, 2L, 1L, 2L], "the second round began at the beginning");
    }

    /// <summary>Each time it waited for its checkpoint, a busy lane would write more than a page: it would never catch up.</summary>
    [Fact]
    public async Task A_follower_that_is_behind_goes_on_while_the_lane_is_busy()
    {
        const int Many = 1_200;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var free = new ManualResetEventSlim();
        var counting = new Counting();
        await using var house = given.House(Given.Module() with { Followers = [_ => counting] }, new Watch());
        for (var n = 0; n < Many; n++) await house.Add($"t{n % 3}", 1, n);
        await house.Start(patience.Token);
        await counting.Begun.Task.WaitAsync(patience.Token);
        var busy = house.Lane.Write(_ =>
        {
            free.Wait(patience.Token);
            return 0;
        });
        counting.GoOn.SetResult();
        try
        {
            await counting.All(Many).WaitAsync(patience.Token);
        }
        finally
        {
            free.Set();
            await busy;
        }

        while (await house.Database.Single<Sending.SumRow>("SELECT checkpoint AS Sum FROM followers WHERE name = 'test/counting'") is not { Sum: Many }) patience.Token.ThrowIfCancellationRequested();
    }

    /// <summary>However far behind it is: what it has handled is kept now and then, and not handled all over again by who takes over.</summary>
    [Fact]
    public async Task A_follower_that_is_behind_keeps_its_checkpoint_on_the_way()
    {
        const int Many = 1_600;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var time = new Watch();
        var slow = new Slow(time, stopsAt: 1_001);
        await using var house = given.House(Given.Module() with { Followers = [_ => slow] }, time);
        for (var n = 0; n < Many; n++) await house.Add($"t{n % 3}", 1, n);
        await house.Start(patience.Token);
        await slow.Stopped.Task.WaitAsync(patience.Token);
        (await Checkpoint()).Should().Be(1_000);
        slow.GoOn.SetResult();
        while (await Checkpoint() != Many) patience.Token.ThrowIfCancellationRequested();

        async Task<long> Checkpoint() => (await house.Database.Single<Sending.SumRow>("SELECT checkpoint AS Sum FROM followers WHERE name = 'test/slow'"))!.Sum;
    }

    [Fact]
    public async Task A_reminder_fires_at_its_time_and_once()
    {
        await using var stepping = given.Stepping();
        var house = stepping.House;
        await house.Send("a", new Note(Given.Id(1), $"remind {Given.Noon.AddMinutes(30):O}"));
        await stepping.AdvanceTo(Given.Noon.AddMinutes(29));
        (await NoteOf(house)).Should().StartWith("remind");
        await stepping.AdvanceTo(Given.Noon.AddMinutes(31));
        (await NoteOf(house)).Should().Be($"due {Given.Noon.AddMinutes(30):O}");
        (await house.Reminders.Next(CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task A_reminder_fired_by_two_processes_is_one_fact()
    {
        var time = new SteppingTime(Given.Noon);
        await using var one = given.House(time: time);
        await using var two = given.House(time: time);
        await one.Send("a", new Note(Given.Id(1), $"remind {Given.Noon.AddMinutes(1):O}"));
        time.Set(Given.Noon.AddMinutes(2));
        await Task.WhenAll(one.Reminders.FireDue(CancellationToken.None), two.Reminders.FireDue(CancellationToken.None));
        one.Verified().Should().BeEquivalentTo(new { Events = 2L, Difference = (string?)null });
    }

    /// <summary>The grain may live on a node whose clock is behind that of the node which sends reminders: what was due there is due here, and a refusal would be remembered for ever.</summary>
    [Fact]
    public async Task A_reminder_comes_no_earlier_than_it_was_due_whatever_the_clock_says()
    {
        var kind = TallyGrain.Make(remembers: true, format: 1);
        await using var house = given.House(Given.Module(kind), new SteppingTime(Given.Noon));
        await house.Send("a", new Note(Given.Id(1), $"remind {Given.Noon.AddMinutes(1):O}"));
        (await kind.Remind(house.Grains, "a", Given.Id(2), "note", Given.Noon.AddMinutes(1), CancellationToken.None)).Should().BeNull();
        (await NoteOf(house)).Should().Be($"due {Given.Noon.AddMinutes(1):O}");
        house.Tail.After(1, 1).Should().ContainSingle().Which.At.Should().Be(Given.Noon.AddMinutes(1));
    }

    /// <summary>Its command would be answered the same again.</summary>
    [Fact]
    public async Task A_reminder_that_changes_nothing_is_sent_once_until_it_is_moved()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var stepping = given.Stepping();
        var house = stepping.House;
        const int Many = 450;
        for (var n = 0; n < Many; n++) await house.Send($"b{n}", new Note(Given.Id(n), $"busy to {Given.Noon.AddMinutes(1):O}"));
        await house.Send("a", new Note(Given.Id(Many), $"remind {Given.Noon.AddMinutes(2):O}"));
        stepping.SetClock(Given.Noon.AddMinutes(3));
        (await house.Reminders.FireDue(patience.Token)).Should().Be(Many + 1);
        (await NoteOf(house)).Should().Be($"due {Given.Noon.AddMinutes(2):O}");
        (await house.Reminders.Next(patience.Token)).Should().BeNull();
        (await house.Reminders.FireDue(patience.Token)).Should().Be(0);

        await house.Send("b7", new Note(Given.Id(Many + 1), $"busy to {Given.Noon.AddMinutes(5):O}"));
        (await house.Reminders.Next(patience.Token)).Should().Be(Given.Noon.AddMinutes(5));
        await stepping.AdvanceTo(Given.Noon.AddMinutes(6), patience.Token);
        (await house.Reminders.Next(patience.Token)).Should().BeNull();
    }

    [Fact]
    public async Task A_running_house_fires_reminders_and_feeds_followers_by_itself()
    {
        await using var house = given.House();
        await house.Start(CancellationToken.None);
        await house.Send("a", new Note(Given.Id(1), $"remind {house.Clock.Now().AddMilliseconds(100):O}"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        for (var position = 1L; (await NoteOf(house))?.StartsWith("due", StringComparison.Ordinal) != true; position = house.Tail.Position)
            await house.Tail.Grown(position).WaitAsync(patience.Token);
        while (await house.Database.Single<Sending.SumRow>("SELECT checkpoint AS Sum FROM followers WHERE name = 'test/totals'") is not { Sum: >= 2 })
            patience.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task The_tail_gives_every_event_once_and_in_order_also_those_of_another_process()
    {
        await using var here = given.House();
        await using var there = given.House();
        for (var n = 0; n < 50; n++) await (n % 3 == 0 ? there : here).Add($"t{n % 4}", 1, n);
        here.Tail.Look();
        var read = new List<long>();
        while (here.Tail.After(read.Count, 7) is { Count: > 0 } page) read.AddRange(page.Select(envelope => envelope.Position));
        read.Should().Equal(Enumerable.Range(1, 50).Select(n => (long)n));
    }

    [Fact]
    public async Task An_outage_is_told_only_when_nobody_beat_within_the_gap()
    {
        var time = new SteppingTime(Given.Noon);
        var told = new List<Outage>();
        var module = Given.Module() with
        {
            AfterOutage = (_, outage, _) =>
            {
                told.Add(outage);
                return Task.CompletedTask;
            },
        };
        await using (var first = given.House(module, time)) await first.Start(CancellationToken.None);
        told.Should().BeEmpty("a new house was never down");

        time.Set(Given.Noon.AddSeconds(60));
        await using (var soon = given.House(module, time)) await soon.Start(CancellationToken.None);
        told.Should().BeEmpty("60 seconds are within the gap");

        time.Set(Given.Noon.AddSeconds(121));
        await using (var late = given.House(module, time)) await late.Start(CancellationToken.None);
        told.Should().Equal(new Outage(Given.Noon.AddSeconds(60), TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task An_effect_is_sent_once_and_tried_again_after_a_failure()
    {
        var sent = new List<string>();
        var fails = true;
        var module = Given.Module() with
        {
            Senders = new Dictionary<string, Func<House, OutboxSender>>
            {
                ["mail"] = _ => (entry, _) =>
                {
                    if (fails) throw new InvalidOperationException("The mail server is away.");
                    sent.Add(entry.Key);
                    return Task.CompletedTask;
                },
            },
        };
        var time = new SteppingTime(Given.Noon);
        await using var house = given.House(module, time);
        await house.Database.Write(writing =>
        {
            Outbox.Add(writing, "k1", "mail", "hello");
            Outbox.Add(writing, "k1", "mail", "hello");
            return 0;
        });
        (await house.Outbox.SendDue(CancellationToken.None)).Should().Be(0);
        fails = false;
        (await house.Outbox.SendDue(CancellationToken.None)).Should().Be(0, "it waits a second first");
        time.Set(Given.Noon.AddSeconds(2));
        (await house.Outbox.SendDue(CancellationToken.None)).Should().Be(1);
        time.Set(Given.Noon.AddHours(2));
        (await house.Outbox.SendDue(CancellationToken.None)).Should().Be(0);
        sent.Should().Equal("k1");
    }

    private static async Task<long> Total(House house) => (await house.Database.Single<Sending.SumRow>("SELECT total AS Sum FROM tally_totals WHERE one = 1"))!.Sum;

    private static async Task<string?> NoteOf(House house) => (await house.Database.Single<NoteRow>("SELECT note AS Text FROM tallies WHERE tally_id = 'a'"))?.Text;

    private sealed record NoteRow(string? Text);

    /// <summary>Waits at its first event until it may go on.</summary>
    private sealed class Counting() : Follower("test/counting")
    {
        private readonly TaskCompletionSource all = new();
        private int wanted = int.MaxValue;
        private int seen;

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when it has seen so many events.</summary>
        public Task All(int count)
        {
            wanted = count;
            if (Volatile.Read(ref seen) >= count) all.TrySetResult();
            return all.Task;
        }

        public override async Task Handle(Envelope envelope, CancellationToken ct)
        {
            Begun.TrySetResult();
            await GoOn.Task.WaitAsync(ct);
            if (Interlocked.Increment(ref seen) >= Volatile.Read(ref wanted)) all.TrySetResult();
        }
    }

    /// <summary>A clock and a watch that stand until they are moved.</summary>
    private sealed class Watch : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Given.Noon.AddTicks(GetTimestamp());

        public override long GetTimestamp() => Volatile.Read(ref ticks);

        public void Move(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
    }

    /// <summary>Takes a millisecond for each event, and waits at one of them.</summary>
    private sealed class Slow(Watch time, long stopsAt) : Follower("test/slow")
    {
        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task Handle(Envelope envelope, CancellationToken ct)
        {
            time.Move(TimeSpan.FromMilliseconds(1));
            if (envelope.Position != stopsAt) return;
            Stopped.SetResult();
            await GoOn.Task.WaitAsync(ct);
        }
    }

    private sealed class Echo(House house, List<long> seen) : Follower("test/echo")
    {
        public override async Task Handle(Envelope envelope, CancellationToken ct)
        {
            seen.Add(envelope.Position);
            if (envelope is { Id: not "echo", Event: Added added })
                await house.Grains.Handle(TallyGrain.Kind, "echo", new Add(CommandIdFor(envelope), added.Amount), Caller.House, ct);
        }
    }
}
