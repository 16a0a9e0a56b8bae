using System.Globalization;
using Ainalym.Journal;
using Ainalym.Journal.Tests;
using Ainalym.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace Ainalym.Cluster.Tests;

/// <summary>What the contract does not ask: where a grain lives, what the server added, and what goes wrong on the way.</summary>
public sealed class ReachingTests : IDisposable
{
    private readonly Given given = new(Silos.Open);

    public void Dispose() => given.Dispose();

    [Fact]
    public async Task A_grain_lives_in_one_process_and_is_reached_from_the_other()
    {
        await using var one = given.House();
        await using var two = given.House();
        await one.Add("a", 1, id: 1);
        for (var n = 2; n <= 20; n++) (await two.Add("a", 1, id: n)).Version.Should().Be(n);
        (one.GrainsInMemory, two.GrainsInMemory).Should().Be((1, 0));
    }

    [Fact]
    public async Task A_grain_comes_to_life_in_the_other_process_when_its_own_is_closed()
    {
        await using var one = given.House();
        await using (var two = given.House())
        {
            await two.Add("a", 1, id: 1);
            await one.Add("a", 1, id: 2);
            one.GrainsInMemory.Should().Be(0);
        }

        (await one.Add("a", 1, id: 3)).Version.Should().Be(3);
        one.GrainsInMemory.Should().Be(1);
    }

    [Fact]
    public async Task A_reminder_and_a_follower_reach_the_grain_where_it_lives()
    {
        var time = new SteppingTime(Given.Noon);
        await using var one = given.House(time: time);
        await using var two = given.House(time: time);
        await one.Send("a", new Note(Given.Id(1), $"remind {Given.Noon.AddMinutes(1).ToString("O", CultureInfo.InvariantCulture)}"));
        time.Set(Given.Noon.AddMinutes(2));
        await two.Reminders.FireDue(CancellationToken.None);
        (await one.Send("a", new Note(Given.Id(2), $"due {Given.Noon.AddMinutes(1):O}"))).Should().BeEquivalentTo(new { Version = 2L, Position = 0L });
        two.GrainsInMemory.Should().Be(0);
    }

    [Fact]
    public async Task What_the_server_added_crosses_too()
    {
        var facts = new List<string?>();
        var kind = TallyGrain.Kind with
        {
            Decide = (tally, command, now) =>
            {
                lock (facts) facts.Add((command as Add)?.Fact);
                return TallyGrain.Kind.Decide(tally, command, now);
            },
        };
        using var across = new Given(Silos.OpenBehindGateway);
        await using var house = across.House(Given.Module(kind));
        await house.Grains.Handle(kind, "a", new Add(Given.Id(1), 5) { Fact = "read today" }, Given.Buyer);
        facts.Should().Equal("read today");
    }

    [Fact]
    public async Task Several_refusals_cross_with_their_facts_and_fields()
    {
        Refusal[] refusals = [new Refusal(TallyRefusal.TooMuch, 10, "x", Given.Noon) { Field = "amount_kg" }, new Refusal(TallyRefusal.Empty)];
        var kind = TallyGrain.Kind with { Decide = (_, _, _) => refusals };
        using var across = new Given(Silos.OpenBehindGateway);
        await using var house = across.House(Given.Module(kind));
        (await house.Grains.Handle(kind, "a", new Add(Given.Id(1), 5), Given.Buyer)).Refusals.Should().Equal(refusals);
    }

    public static TheoryData<Type> Failures => [typeof(OrleansException), typeof(TimeoutException), typeof(InvalidOperationException), typeof(TaskCanceledException), typeof(ObjectDisposedException)];

    [Theory, MemberData(nameof(Failures))]
    public async Task However_the_way_fails_the_command_is_handled_here(Type failure)
    {
        using var alone = new Given();
        await using var house = alone.House();
        var lost = failure == typeof(ObjectDisposedException) ? new ObjectDisposedException("directory") : (Exception)Activator.CreateInstance(failure, failure.Name)!;
        var grains = new OrleansGrains(house.Grains, () => throw lost, NullLogger.Instance);
        (await grains.Handle(TallyGrain.Kind, "a", new Add(Given.Id(1), 5), Given.Buyer)).Version.Should().Be(1);
        (await grains.Handle(TallyGrain.Kind, "a", new Add(Given.Id(1), 5), Given.Buyer)).Repeated.Should().BeTrue();
    }

    [Fact]
    public async Task Who_gives_up_is_not_handled_elsewhere()
    {
        using var alone = new Given();
        await using var house = alone.House();
        using var gone = new CancellationTokenSource();
        var grains = new OrleansGrains(house.Grains, () =>
        {
            gone.Cancel();
            throw new OperationCanceledException(gone.Token);
        }, NullLogger.Instance);
        var asking = () => grains.Handle(TallyGrain.Kind, "a", new Add(Given.Id(1), 5), Given.Buyer, gone.Token);
        await asking.Should().ThrowAsync<OperationCanceledException>();
        (await house.Add("a", 5, id: 1)).Repeated.Should().BeFalse();
    }

    [Fact]
    public async Task A_storage_that_fails_where_the_grain_lives_is_told_as_such()
    {
        await using var one = given.House();
        await using var two = given.House();
        await one.Add("a", 1, id: 1);
        await one.Database.Write(writing => writing.Scalar<long>("PRAGMA max_page_count = 1"));
        var sending = async () =>
        {
            for (var n = 2; n < 3_000; n++) await two.Send("a", new Note(Given.Id(n), new string('x', 5_000) + n));
        };
        (await sending.Should().ThrowAsync<StorageException>()).WithMessage("*disk is full*");
        await one.Database.Write(writing => writing.Scalar<long>("PRAGMA max_page_count = 1000000"));
    }

    [Fact]
    public async Task A_bug_in_a_rule_is_an_exception_at_the_caller_and_nothing_is_written()
    {
        var kind = TallyGrain.Kind with { Decide = (_, _, _) => throw new InvalidOperationException("A rule is wrong.") };
        using var across = new Given((modules, options) => Silos.Open(modules, options, gateway: true, here => here));
        await using var house = across.House(Given.Module(kind));
        await FluentActions.Awaiting(() => house.Grains.Handle(kind, "a", new Add(Given.Id(1), 5), Given.Buyer)).Should().ThrowAsync<InvalidOperationException>().WithMessage("A rule is wrong.");
        house.Verified().Events.Should().Be(0);
    }

    [Fact]
    public async Task What_no_silo_answers_is_handled_in_this_process()
    {
        using var alone = new Given((modules, options) => Silos.Open(modules, options, gateway: false, here => here));
        await using var house = alone.House();
        await house.Add("a", 1, id: 1);
        await ((IAsyncDisposable)house.Grains).DisposeAsync();
        (await house.Add("a", 1, id: 2)).Version.Should().Be(2);
        (await house.Add("a", 1, id: 1)).Repeated.Should().BeTrue();
    }
}
