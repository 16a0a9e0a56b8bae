namespace Ainalym.Kernel.Tests;

public class LookalikesTests
{
    [Theory]
    [InlineData("НР5", "HP5")]
    [InlineData("нр5", "HP5")]
    [InlineData("3А", "3A")]
    [InlineData("АВЕЁКМНОРСТУХІЅЈҮҺ", "ABEEKMHOPCTYXISJYH")]
    [InlineData("авеёкмнорстухіѕјүһ", "ABEEKMHOPCTYXISJYH")]
    [InlineData(" a ", "A")]
    [InlineData("a–b—c‑d−e‐f‒g―h－i", "A-B-C-D-E-F-G-H-I")]
    public void What_looks_alike_folds_to_one(string text, string folded) => Lookalikes.Fold(text).Should().Be(folded);

    [Theory]
    [InlineData("Б")]
    [InlineData("И")]
    [InlineData("Қ")]
    [InlineData("Ұ")]
    [InlineData("З")]
    [InlineData("0")]
    public void What_does_not_look_alike_stays(string text) => Lookalikes.Fold(text).Should().Be(text);

    [Fact]
    public void Folding_any_character_twice_is_folding_it_once()
    {
        for (var c = char.MinValue; c < char.MaxValue; c++)
        {
            var once = Lookalikes.Fold(c.ToString());
            Lookalikes.Fold(once).Should().Be(once, "of U+{0:X4}", (int)c);
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 100)];

    [Theory, MemberData(nameof(Seeds))]
    public void Folding_twice_is_folding_once(int seed)
    {
        var random = new Random(seed);
        var text = new string(random.GetItems("АВЕКМНОРСТУХіүһabcxyz ​\u00A0–—-5/.\n".AsSpan(), random.Next(40)));
        var once = Lookalikes.Fold(text);
        Lookalikes.Fold(once).Should().Be(once);
        Lookalikes.Fold(text.ToLowerInvariant()).Should().Be(once);
    }
}
