using Ainalym.Journal.Grains;
using Ainalym.Journal.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Ainalym.Journal.Tests;

/// <summary>Tampering is found, rebuilding gives the same, old events are read.</summary>
public sealed class Truth : IDisposable
{
    private readonly Given given = new();

    public void Dispose() => given.Dispose();

    [Theory]
    [InlineData("UPDATE events SET data = replace(data, '1', '2') WHERE position = 4", "*chain breaks*")]
    [InlineData("UPDATE events SET caller = 'house' WHERE position = 4", "*chain breaks*")]
    [InlineData("UPDATE events SET at_ms = at_ms + 1 WHERE position = 4", "*chain breaks*")]
    [InlineData("DELETE FROM events WHERE position = 4", "position 4 is missing*")]
    [InlineData("UPDATE events SET position = -1 WHERE position = 4; UPDATE events SET position = 4 WHERE position = 5; UPDATE events SET position = 5 WHERE position = -1", "*chain breaks*")]
    [InlineData("DELETE FROM events WHERE position = 10", "the head says position 10, the events end at 9")]
    [InlineData("UPDATE events SET previous = 1 WHERE position = 10", "test/tally/t1 has version 4 where 2 should follow")]
    [InlineData("UPDATE events SET previous = 10 WHERE position = 10", "*no event at position 10*")]
    [InlineData("UPDATE streams SET last = 7, version = 3 WHERE last = 10", "the streams lead to 9 events, the journal has 10")]
    [InlineData("UPDATE streams SET last = 3 WHERE last = 10", "*no event at position 3*")]
    [InlineData("UPDATE head SET hash = zeroblob(32)", "the head's hash*")]
    [InlineData("UPDATE tallies SET sum = sum + 1 WHERE tally_id = 't1'", "tallies t1: sum is 5, the events give 4")]
    [InlineData("DELETE FROM tally_adds WHERE position = 3", "tally_adds lacks the row 3")]
    [InlineData("INSERT INTO tally_adds (position, tally_id, amount) VALUES (11, 't1', 1)", "tally_adds has 11 rows, the events give 10")]
    [InlineData("INSERT INTO reminders (stream, name, due_ms) VALUES ('test/tally/t1', 'x', 1)", "reminders has 1 rows, the events give 0")]
    public async Task Whatever_is_changed_behind_its_back_is_found(string sql, string difference)
    {
        await Ten();
        Tamper(sql);
        await using var house = given.House();
        house.Verified().Difference.Should().Match(difference);
    }

    [Fact]
    public async Task An_end_that_was_cut_off_cleanly_is_found_against_a_published_head()
    {
        string published;
        await using (var house = given.House())
        {
            for (var n = 1; n <= 10; n++) await house.Add($"t{n % 3}", 1, n);
            var whole = house.Verified();
            published = $"{whole.Position}:{whole.Hash}";
            house.Verified(published).Difference.Should().BeNull();
        }

        Tamper("""
            DELETE FROM events WHERE position = 10; DELETE FROM tally_adds WHERE position = 10; DELETE FROM chain WHERE position = 10; DELETE FROM receipts WHERE version = 4;
            UPDATE streams SET version = 3, last = 7 WHERE last = 10;
            UPDATE head SET position = 9, hash = (SELECT hash FROM chain WHERE position = 9);
            UPDATE tallies SET sum = 3, adds = 3 WHERE tally_id = 't1'
            """);
        await using var cut = given.House();
        cut.Verified().Difference.Should().BeNull("the journal alone cannot know");
        cut.Verified(published).Difference.Should().Match("position 10 was published, but the journal ends at 9*");
    }

    [Fact]
    public async Task The_chain_does_not_depend_on_how_events_were_cut_into_batches()
    {
        var time = new SteppingTime(Given.Noon);
        string oneByOne;
        await using (var house = given.House(time: time))
        {
            for (var n = 0; n < 20; n++) await house.Add($"t{n % 3}", 1, n);
            oneByOne = house.Verified().Hash;
        }

        using var other = new Given();
        await using var together = other.House(time: time);
        foreach (var t in new[] { 0, 1, 2 }) await together.Send($"t{t}", new Note(Given.Id(100 + t), "x"));
        await using var second = new Given().House(time: time);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => second.Add($"t{n % 3}", 1, n)));
        second.Verified().Hash.Should().Be(oneByOne);
        together.Verified().Hash.Should().NotBe(oneByOne);
    }

    [Fact]
    public async Task Rows_rebuilt_are_the_rows()
    {
        await Ten();
        Tamper("DELETE FROM tallies; UPDATE tally_adds SET amount = 99; DELETE FROM reminders");
        await using var house = given.House();
        house.Verified().Difference.Should().NotBeNull();
        (await house.Rebuild("test/tally", progress: null, CancellationToken.None)).Should().Be(3);
        (await house.Rebuild("reminders", progress: null, CancellationToken.None)).Should().Be(3);
        house.Verified().Difference.Should().BeNull();
        (await house.Sum("t1")).Should().Be(4);
    }

    [Fact]
    public async Task An_event_of_an_old_version_is_read_through_its_upcaster()
    {
        await using (var house = given.House()) await house.Send("a", new Note(Given.Id(1), "new"));
        Tamper("""UPDATE events SET name = 'test.noted.v1', data = '{"Words":"old"}'; UPDATE tallies SET note = 'old'""");
        await using var later = given.House();
        later.Tail.After(0, 10).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "test.noted.v1", Event = new Noted("old") });
        (await later.Send("a", new Note(Given.Id(2), "old"))).Events.Should().BeEmpty("the folded state has the old words");
    }

    [Fact]
    public async Task A_snapshot_is_used_when_its_format_fits_and_ignored_when_not()
    {
        await using (var house = given.House())
        {
            await Task.WhenAll(Enumerable.Range(0, 600).Select(n => house.Add("a", 1, n)));
            await house.CatchUp();
        }

        Tamper("""UPDATE snapshots SET version = 600, state = CAST('{"Sum":990,"Adds":600,"Note":null}' AS BLOB)""");
        await using (var lied = given.House()) (await lied.Add("a", 11, id: 7_000)).Refusal.Should().NotBeNull("the snapshot, false as it is, was believed");
        var newer = TallyGrain.Make(remembers: false, format: 2);
        await using var house2 = given.House(Given.Module(newer));
        (await house2.Grains.Handle(newer, "a", new Add(Given.Id(7_001), 11), Given.Buyer)).Refusal.Should().BeNull("a snapshot of another format is ignored");
    }

    [Fact]
    public async Task Idle_grains_leave_memory_and_come_back_as_they_were()
    {
        await using var house = given.House();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => house.Add($"t{n}", 1, n)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 500; n++) await house.Add($"t{n % 3}", 0, 10_000 + (1_000 * client) + n);
        })));
        house.GrainsInMemory.Should().Be(500);
        house.DropIdleGrains(TimeSpan.Zero);
        house.GrainsInMemory.Should().Be(0);
        (await house.Add("t3", 1, id: 1_000)).Version.Should().Be(2);
    }

    [Fact]
    public void A_derived_command_id_is_a_uuid_of_version_7_that_sorts_by_its_cause()
    {
        var ids = Enumerable.Range(0, 50).Select(n => CommandIds.Derived(Given.Noon.AddMilliseconds(n), "x").ToString()).ToArray();
        ids.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal).And.OnlyContain(id => id[14] == '7');
        CommandIds.Derived(Given.Noon, "x").Should().Be(CommandIds.Derived(Given.Noon, "x")).And.NotBe(CommandIds.Derived(Given.Noon, "y"));
    }

    [Fact]
    public void The_chain_is_the_one_of_its_definition()
    {
        var hash = new byte[32];
        new HashChain().Next(hash, 1, "a/b/c", 1, "n", "{}"u8, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), "house", 2);
        byte[] text =
        [
            .. new byte[32], 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5, .. "a/b/c"u8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, .. "n"u8,
            0, 0, 0, 2, .. "{}"u8, 0, 0, 0, 16, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff,
            0, 0, 0, 5, .. "house"u8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 2,
        ];
        hash.Should().Equal(System.Security.Cryptography.SHA256.HashData(text));
    }

    private async Task Ten()
    {
        await using var house = given.House();
        for (var n = 1; n <= 10; n++) await house.Add($"t{n % 3}", 1, n);
        house.Verified().Should().BeEquivalentTo(new { Events = 10L, Streams = 3L, Rows = 13L, Difference = (string?)null });
    }

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={given.File};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
