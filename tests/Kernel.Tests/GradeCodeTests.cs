namespace Ainalym.Kernel.Tests;

public class GradeCodeTests
{
    [Theory]
    [InlineData("1.04.00")]
    [InlineData("3А")]
    [InlineData("МС-5Б")]
    [InlineData("Zorba")]
    [InlineData("BIRCH/CLIFF")]
    [InlineData("3-7 Bottles and Small Rigid")]
    [InlineData("PE-FILM-98/2")]
    public void A_grade_is_written_as_it_was_given(string text) => Reading.Good<GradeCode>(text).ToString().Should().Be(text);

    [Theory]
    [InlineData("3А", "3A")] // Cyrillic, Latin
    [InlineData("3а", "3A")]
    [InlineData("МС-5Б", "MC-5Б")]
    [InlineData("МС–5Б", "МС-5Б")]
    [InlineData("МС‐5Б", "МС-5Б")]
    [InlineData("zorba", "ZORBA")]
    [InlineData("PET  bottles", "PET Bottles")]
    [InlineData("PET\u00A0Bottles", "PET Bottles")]
    [InlineData(" Tubs and Lids ", "TUBS AND LIDS")]
    public void Look_alikes_case_dashes_and_blanks_make_no_difference(string one, string other)
    {
        Reading.Good<GradeCode>(one).Should().Be(Reading.Good<GradeCode>(other));
        Reading.Good<GradeCode>(one).GetHashCode().Should().Be(Reading.Good<GradeCode>(other).GetHashCode());
    }

    [Theory]
    [InlineData("3А", "5А")]
    [InlineData("МС-5Б", "МС-5B")] // Б is no look-alike of B
    [InlineData("FS-207", "FS-207A")]
    [InlineData("PET Bottles", "PETBottles")]
    public void Different_grades_stay_different(string one, string other) => Reading.Good<GradeCode>(one).Should().NotBe(Reading.Good<GradeCode>(other));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void Nothing_is_missing(string? text) => Reading.Refused<GradeCode>(text).Code.Should().Be(GradeRefusal.Missing);

    [Theory]
    [InlineData("3А;")]
    [InlineData("<b>")]
    [InlineData("3А\0")]
    [InlineData("3А\u200B")]
    [InlineData("МС%")]
    [InlineData("♻")]
    [InlineData("\uD83D")]
    public void Characters_that_no_grade_has_are_refused(string text) => Reading.Refused<GradeCode>(text).Code.Should().Be(GradeRefusal.NotAGradeCode);

    [Fact]
    public void Forty_characters_are_a_grade_and_forty_one_are_not()
    {
        Reading.Good<GradeCode>(new string('A', 40)).ToString().Should().HaveLength(40);
        Reading.Refused<GradeCode>(new string('A', 41)).Code.Should().Be(GradeRefusal.NotAGradeCode);
        Reading.Refused<GradeCode>(Reading.Endless("A")).Code.Should().Be(GradeRefusal.NotAGradeCode);
        Reading.Refused<GradeCode>(Reading.Endless("A ")).Code.Should().Be(GradeRefusal.NotAGradeCode);
    }
}
