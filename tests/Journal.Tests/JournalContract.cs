using Ainalym.Kernel;

namespace Ainalym.Journal.Tests;

/// <summary>What every engine must do. An engine's tests inherit it and say how a house is opened on it, each on an empty database.</summary>
public abstract class JournalContract(Given given) : IDisposable
{
    public void Dispose()
    {
        given.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_accepted_command_is_answered_with_its_events_and_its_place()
    {
        await using var house = given.House();
        await house.Add("a", 5, id: 1);
        var receipt = await house.Add("a", 7, id: 2);

        receipt.Should().BeEquivalentTo(new { Version = 2L, Position = 2L, Repeated = false, CommandId = Given.Id(2) });
        receipt.Events.Should().Equal(new Added(7, 12));
        (await house.Sum("a")).Should().Be(12);
    }

    [Fact]
    public async Task A_refusal_writes_nothing_and_carries_its_facts()
    {
        await using var house = given.House();
        await house.Add("a", 990, id: 1);
        var receipt = await house.Add("a", 11, id: 2);

        receipt.Refusal.Should().Be(new Refusal(TallyRefusal.TooMuch, 10));
        receipt.Refusal!.Name.Should().Be("journal.tally.too-much");
        house.Verified().Should().BeEquivalentTo(new { Events = 1L, Difference = (string?)null });
    }

    [Fact]
    public async Task A_command_repeated_is_one_fact_and_the_first_answer()
    {
        await using var house = given.House();
        var first = await house.Add("a", 600, id: 1);
        await house.Add("a", 400, id: 2);
        var again = await house.Add("a", 600, id: 1);

        again.Should().BeEquivalentTo(first with { Repeated = true });
        (await house.Sum("a")).Should().Be(1_000, "the repeat would be refused today, but it was accepted then");
    }

    [Fact]
    public async Task A_command_repeated_after_a_restart_is_the_first_answer()
    {
        Receipt<TallyEvent> first;
        await using (var house = given.House()) first = await house.Add("a", 600, id: 1);
        await using var later = given.House();
        (await later.Add("a", 600, id: 1)).Should().BeEquivalentTo(first with { Repeated = true });
    }

    [Fact]
    public async Task A_command_sent_many_times_at_once_is_one_fact()
    {
        await using var house = given.House();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => house.Add("a", 3, id: 1))));

        receipts.Select(receipt => (receipt.Version, receipt.Position)).Distinct().Should().ContainSingle().Which.Should().Be((1L, 1L));
        receipts.Should().ContainSingle(receipt => !receipt.Repeated);
        (await house.Sum("a")).Should().Be(3);
    }

    [Fact]
    public async Task What_the_server_added_does_not_make_another_command_of_it()
    {
        await using var house = given.House();
        await house.Send("a", new Add(Given.Id(1), 5) { Fact = "before" });
        (await house.Send("a", new Add(Given.Id(1), 5) { Fact = "after" })).Repeated.Should().BeTrue();
    }

    [Fact]
    public async Task A_command_id_used_for_another_body_caller_or_stream_is_refused_and_reveals_nothing()
    {
        await using var house = given.House();
        await house.Add("a", 5, id: 1);

        Receipt<TallyEvent>[] others = [await house.Add("a", 6, id: 1), await house.Add("a", 5, id: 1, Given.OtherBuyer), await house.Add("b", 5, id: 1)];
        others.Should().AllSatisfy(receipt =>
        {
            receipt.Refusal.Should().Be(new Refusal(JournalRefusal.CommandIdReused));
            receipt.Should().BeEquivalentTo(new { Version = 0L, Position = 0L });
        });
        (await house.Add("a", 1, id: 2)).Version.Should().Be(2);
    }

    [Fact]
    public async Task A_caller_without_the_role_is_refused_before_anything_is_decided()
    {
        await using var house = given.House();
        (await house.Add("a", 5, id: 1, Given.Seller)).Refusal.Should().Be(new Refusal(JournalRefusal.NotPermitted));
        (await house.Add("a", 5, id: 1)).Refusal.Should().BeNull();
    }

    [Fact]
    public async Task A_refusal_is_forgotten_unless_the_kind_remembers()
    {
        var remembering = TallyGrain.Make(remembers: true, format: 1);
        await using var house = given.House(Given.Module(remembering));
        await house.Grains.Handle(remembering, "a", new Add(Given.Id(1), 1_001), Given.Buyer);
        var again = await house.Grains.Handle(remembering, "a", new Add(Given.Id(1), 1_001), Given.Buyer);
        again.Should().BeEquivalentTo(new { Repeated = true, Refusal = new Refusal(TallyRefusal.TooMuch, 1_000) });
        (await house.Grains.Handle(remembering, "a", new Add(Given.Id(1), 1_002), Given.Buyer)).Refusal.Should().Be(new Refusal(JournalRefusal.CommandIdReused));

        await using var forgetful = given.House();
        (await forgetful.Add("b", 1_001, id: 3)).Refusal!.Code.Should().Be(TallyRefusal.TooMuch);
        (await forgetful.Add("b", 1_000, id: 3)).Refusal.Should().BeNull("the refused id was never used up");
    }

    [Fact]
    public async Task A_command_that_changes_nothing_is_accepted_without_an_event()
    {
        await using var house = given.House();
        await house.Send("a", new Note(Given.Id(1), "x"));
        var receipt = await house.Send("a", new Note(Given.Id(2), "x"));
        receipt.Should().BeEquivalentTo(new { Version = 1L, Position = 0L, Refusal = (Refusal?)null });
        (await house.Send("a", new Note(Given.Id(2), "x"))).Repeated.Should().BeTrue();
    }

    [Fact]
    public async Task Commands_from_everywhere_at_once_leave_no_gap_and_lose_nothing()
    {
        await using var house = given.House();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 3_000).Select(n => Task.Run(() => house.Add($"t{n % 7}", 1, id: n))));

        receipts.Should().OnlyContain(receipt => receipt.Refusal == null);
        receipts.Select(receipt => receipt.Position).Order().Should().Equal(Enumerable.Range(1, 3_000).Select(n => (long)n));
        house.Verified().Should().BeEquivalentTo(new { Events = 3_000L, Streams = 7L, Difference = (string?)null });
    }

    [Fact]
    public async Task Two_processes_on_one_stream_lose_nothing_and_pass_no_limit()
    {
        await using var one = given.House();
        await using var two = given.House();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 1_200).Select(n => Task.Run(() => (n % 2 == 0 ? one : two).Add("a", 1, id: n))));

        receipts.Count(receipt => receipt.Refusal is null).Should().Be(1_000);
        receipts.Where(receipt => receipt.Refusal is not null).Select(receipt => receipt.Refusal).Distinct().Should().Equal(new Refusal(TallyRefusal.TooMuch, 0));
        (await two.Sum("a")).Should().Be(1_000);
        one.Verified().Difference.Should().BeNull();
    }

    [Fact]
    public async Task The_time_of_events_never_goes_back()
    {
        var time = new SteppingTime(Given.Noon.AddHours(1));
        await using (var house = given.House(time: time)) await house.Add("a", 1, id: 1);
        await using var behind = given.House(time: new SteppingTime(Given.Noon));
        (await behind.Add("a", 1, id: 2)).At.Should().Be(Given.Noon.AddHours(1));
    }

    [Fact]
    public async Task A_side_write_commits_whole_or_not_at_all_and_fails_nobody_else()
    {
        await using var house = given.House();
        var bad = () => house.Database.Write(writing =>
        {
            writing.Run("INSERT INTO tally_totals (one, total) VALUES (7, 1)");
            return writing.Run("INSERT INTO tally_totals (one, total) VALUES (7, 2)");
        });
        var adding = house.Add("a", 5, id: 1);
        await bad.Should().ThrowAsync<System.Data.Common.DbException>();
        (await adding).Refusal.Should().BeNull();
        (await house.Database.Query<Sending.SumRow>("SELECT total AS Sum FROM tally_totals")).Should().BeEmpty();
    }
}

/// <summary>The embedded engine, always.</summary>
public sealed class SqliteContract() : JournalContract(new Given());
