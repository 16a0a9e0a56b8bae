using Ainalym.Journal.Http;

namespace Ainalym.Front.Tests;

public sealed class Cursors
{
    [Theory]
    [InlineData(long.MinValue, "")]
    [InlineData(1_767_225_600_000, "01890f5e8b8f7cc098c5dc0c0c07398f")]
    public void A_cursor_is_read_as_it_was_given(long at, string id)
    {
        var given = new Cursor(at, id);
        Cursor.TryParse(given.ToString(), null, out var read).Should().BeTrue();
        read.Should().Be(given);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("MSAyIDM")] // "1 2 3"
    [InlineData("MSA8Yj4")] // "1 <b>"
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTkgYQ")] // a number beyond 64 bits
    public void Any_other_text_is_no_cursor(string text) => Cursor.TryParse(text, null, out _).Should().BeFalse();

    [Fact]
    public void A_page_knows_its_end_by_one_row_more()
    {
        PageOf<int>.From([1, 2, 3], 2, n => new Cursor(n, "a")).Should().BeEquivalentTo(new PageOf<int>([1, 2], new Cursor(2, "a").ToString()));
        PageOf<int>.From([1, 2], 2, n => new Cursor(n, "a")).Next.Should().BeNull();
    }
}
