using Ainalym.Kernel;

namespace Ainalym.Journal.Tests;

public sealed class Failures : IDisposable
{
    private readonly Given given = new();

    public void Dispose() => given.Dispose();

    [Fact]
    public async Task A_batch_that_cannot_be_written_answers_nobody_and_leaves_no_trace()
    {
        var faults = given.Faulty();
        await using var house = given.House(faults);
        await house.Add("a", 1, id: 1);
        faults.CommitFails = true;
        var failing = () => house.Add("a", 2, id: 2);
        await failing.Should().ThrowAsync<StorageException>();
        house.Failing.Should().NotBeNull();

        faults.CommitFails = false;
        (await house.Add("a", 2, id: 2)).Should().BeEquivalentTo(new { Version = 2L, Repeated = false });
        house.Failing.Should().BeNull();
        house.Verified().Should().BeEquivalentTo(new { Events = 2L, Difference = (string?)null });
    }

    [Fact]
    public async Task A_new_stream_whose_first_batch_failed_can_be_written_later()
    {
        var faults = given.Faulty();
        await using var house = given.House(faults);
        faults.CommitFails = true;
        var failing = () => house.Add("new", 2, id: 1);
        await failing.Should().ThrowAsync<StorageException>();
        faults.CommitFails = false;
        await house.Add("other", 1, id: 2);
        await house.Add("new", 2, id: 1);
        house.Verified().Should().BeEquivalentTo(new { Streams = 2L, Difference = (string?)null });
    }

    [Fact]
    public async Task A_refusal_given_on_state_that_never_committed_is_not_given()
    {
        var faults = given.Faulty();
        await using var house = given.House(faults);
        await house.Add("a", 1, id: 1);
        faults.Hold = new ManualResetEventSlim();
        var side = house.Database.Write(_ => 0);
        var fills = house.Add("a", 999, id: 2);
        var refusedAhead = house.Add("a", 1, id: 3);
        faults.CommitFails = true;
        faults.Hold.Set();
        faults.Hold = null;

        foreach (var sent in (Task[])[fills, refusedAhead])
            await FluentActions.Awaiting(() => sent).Should().ThrowAsync<StorageException>();
        await FluentActions.Awaiting(() => side).Should().ThrowAsync<StorageException>();
        faults.CommitFails = false;
        (await house.Add("a", 1, id: 3)).Refusal.Should().BeNull("what would have filled the tally never happened");
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_looked_up_before_anyone_is_answered()
    {
        var faults = given.Faulty();
        await using var house = given.House(faults);
        faults.CommitAnswerIsLost = true;
        (await house.Add("a", 5, id: 1)).Should().BeEquivalentTo(new { Version = 1L, Position = 1L, Repeated = false });
        (await house.Add("a", 5, id: 1)).Repeated.Should().BeTrue();
        (await house.Sum("a")).Should().Be(5);
    }

    [Fact]
    public async Task An_item_that_cannot_be_written_fails_alone()
    {
        var faults = given.Faulty();
        await using var house = given.House(faults);
        await house.Send("bad", new Note(Given.Id(1), TallyGrain.Poison));
        faults.Hold = new ManualResetEventSlim();
        var first = house.Database.Write(_ => 0);
        Task<Receipt<TallyEvent>>[] good = [.. Enumerable.Range(10, 20).Select(n => house.Add($"good{n % 3}", 1, id: n))];
        var bad = house.Add("bad", 1, id: 2);
        Task<Receipt<TallyEvent>>[] after = [.. Enumerable.Range(40, 20).Select(n => house.Add($"good{n % 3}", 1, id: n))];
        faults.Hold.Set();

        (await Task.WhenAll([.. good, .. after])).Should().OnlyContain(receipt => receipt.Refusal == null);
        await FluentActions.Awaiting(() => bad).Should().ThrowAsync<InvalidOperationException>().WithMessage("*no row nowhere*");
        await first;
        (await house.Send("bad", new Note(Given.Id(3), "cured"))).Version.Should().Be(2);
        (await house.Add("bad", 1, id: 2)).Refusal.Should().BeNull();
        house.Verified().Difference.Should().BeNull();
    }

    [Fact]
    public async Task What_was_decided_but_not_committed_is_gone_after_a_crash_and_may_be_repeated()
    {
        var faults = given.Faulty();
        var crashed = given.House(faults);
        await crashed.Add("a", 1, id: 1);
        faults.CommitFails = true;
        await FluentActions.Awaiting(() => crashed.Add("a", 2, id: 2)).Should().ThrowAsync<StorageException>();

        await using (var house = given.House())
        {
            (await house.Sum("a")).Should().Be(1);
            (await house.Add("a", 2, id: 2)).Should().BeEquivalentTo(new { Version = 2L, Repeated = false });
        }

        await crashed.DisposeAsync();
    }

    [Fact]
    public async Task A_full_disk_is_told_and_what_was_answered_is_kept()
    {
        await using var house = given.House();
        await house.Add("a", 1, id: 1);
        await house.Database.Write(writing => writing.Scalar<long>("PRAGMA max_page_count = 60"));
        var n = 1;
        var filling = async () =>
        {
            while (n < 3_000) await house.Add($"t{++n}", 1, n);
        };
        (await filling.Should().ThrowAsync<StorageException>()).WithMessage("*disk is full*");
        house.Failing.Should().NotBeNull();
        await house.Database.Write(writing => writing.Scalar<long>("PRAGMA max_page_count = 1000000"));
        (await house.Add($"t{n}", 1, n)).Repeated.Should().BeFalse();
        house.Failing.Should().BeNull();
        house.Verified().Should().BeEquivalentTo(new { Events = (long)n, Difference = (string?)null });
    }

    [Fact]
    public async Task A_closed_house_takes_nothing_more_but_has_written_all_it_took()
    {
        var house = given.House();
        Task<Receipt<TallyEvent>>[] sent = [.. Enumerable.Range(0, 300).Select(n => house.Add("a", 1, id: n))];
        await house.DisposeAsync();
        (await Task.WhenAll(sent)).Should().OnlyContain(receipt => receipt.Refusal == null);
        await FluentActions.Awaiting(() => house.Add("a", 1, id: 999)).Should().ThrowAsync<StorageException>();
        await using var later = given.House();
        (await later.Sum("a")).Should().Be(300);
    }
}
