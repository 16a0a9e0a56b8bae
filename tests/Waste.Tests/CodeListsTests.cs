using Ainalym.Contracts.CodeLists;
using Ainalym.Kernel;

namespace Ainalym.Waste.Tests;

/// <summary>The lists as they came with the program.</summary>
public class CodeListsTests
{
    private static readonly DateOnly Today = new(2026, 3, 16);

    private static CodeLists Lists => WasteModule.CodeLists;

    private static WasteCode Code(string text) => TextValue.Parse<WasteCode>(text);

    private static GradeCode GradeOf(string text) => TextValue.Parse<GradeCode>(text);

    private static Region RegionOf(string text) => TextValue.Parse<Region>(text);

    [Fact]
    public void The_lists_are_whole()
    {
        Lists.Headings.All.Count(heading => heading.IsChapter).Should().Be(20);
        Lists.Headings.All.Count(heading => !heading.IsChapter).Should().Be(111);
        Lists.WasteCodes.All.Should().HaveCount(842);
        Lists.WasteCodes.All.Count(entry => entry.Hazardous).Should().Be(408);
        Lists.Grades.All.Should().HaveCount(170);
        Lists.Regions.All.Count(region => region.Kind == RegionKind.Oblast).Should().Be(17);
        Lists.Regions.All.Count(region => region.Kind == RegionKind.City).Should().Be(3);
        Lists.HazardousProperties.All.Should().HaveCount(16);
        Lists.Operations.All.Should().HaveCount(28);
    }

    /// <summary>The size of each chapter, as three independent publications of the European list give it.</summary>
    [Fact]
    public void Each_chapter_of_the_classifier_has_as_many_entries_as_published()
    {
        int[] sizes = [24, 38, 19, 21, 24, 48, 78, 38, 13, 173, 27, 23, 34, 5, 12, 72, 38, 16, 99, 40];
        Lists.WasteCodes.All.CountBy(entry => entry.Chapter).OrderBy(chapter => chapter.Key, StringComparer.Ordinal)
            .Should().Equal(sizes.Select((size, i) => KeyValuePair.Create($"{i + 1:D2}", size)));
    }

    [Fact]
    public void Every_entry_has_its_chapter_and_sub_chapter_and_every_mirror_is_hazardous_where_it_is_not()
    {
        foreach (var entry in Lists.WasteCodes.All)
        {
            Lists.Headings.Find(entry.Chapter, Today).Should().NotBeNull(entry.Text);
            Lists.Headings.Find(entry.Code.Digits[..4], Today).Should().NotBeNull(entry.Text);
            foreach (var mirror in entry.Mirrors)
                Lists.Find(mirror, Today)!.Hazardous.Should().Be(!entry.Hazardous, "{0} mirrors {1}", mirror, entry.Text);
        }
    }

    [Fact]
    public void Every_entry_has_dates_and_a_source()
    {
        IEnumerable<CodeListEntry> all =
            [.. Lists.Headings.All, .. Lists.WasteCodes.All, .. Lists.Grades.All, .. Lists.Regions.All, .. Lists.HazardousProperties.All, .. Lists.Operations.All];
        all.Should().OnlyContain(entry => entry.Validity.Source.Length > 10 && entry.Validity.From.Year >= 2016 && entry.Name.En.Length > 2);
    }

    [Theory]
    [InlineData("15 01 02")]
    [InlineData("15.01.02")]
    [InlineData("16 06 01*")]
    public void A_code_of_the_classifier_may_be_used(string code) => Lists.RefusalOf(Code(code), Today).Should().BeNull();

    [Theory]
    [InlineData("15 01 08")]
    [InlineData("21 01 01")]
    [InlineData("15 01 00")]
    [InlineData("00 00 00")]
    public void A_code_that_the_classifier_does_not_have_is_unknown(string code)
    {
        Lists.Find(Code(code), Today).Should().BeNull();
        Lists.RefusalOf(Code(code), Today).Should().Be(new Refusal(WasteCodeRefusal.Unknown, code));
    }

    [Fact]
    public void A_missing_or_superfluous_asterisk_is_refused_with_the_entry_as_it_is_written()
    {
        Lists.RefusalOf(Code("16 06 01"), Today).Should().Be(new Refusal(WasteCodeRefusal.HazardMark, "16 06 01*"));
        Lists.RefusalOf(Code("15 01 02*"), Today).Should().Be(new Refusal(WasteCodeRefusal.HazardMark, "15 01 02"));
        Lists.Find(Code("16 06 01"), Today)!.Hazardous.Should().BeTrue();
    }

    [Fact]
    public void The_classifier_holds_from_the_orders_date()
    {
        var first = new DateOnly(2021, 8, 6);
        Lists.RefusalOf(Code("15 01 02"), first).Should().BeNull();
        Lists.RefusalOf(Code("15 01 02"), first.AddDays(-1)).Should().Be(new Refusal(WasteCodeRefusal.Unknown, "15 01 02"));
        Lists.Find(Code("15 01 02"), Today)!.Validity.DatesAssumed.Should().BeTrue();
        Lists.WasteCodes.On(first).Should().HaveCount(842);
        Lists.WasteCodes.On(first.AddDays(-1)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("3A", "3А")]
    [InlineData("mc-5б", "МС-5Б")]
    [InlineData("МС—5Б", "МС-5Б")]
    [InlineData("zorba", "ZORBA")]
    [InlineData("CHO", "СНО")]
    [InlineData("pet  bottles", "PET Bottles")]
    [InlineData("1.04.00", "1.04.00")]
    public void A_grade_is_found_by_its_fold(string written, string code)
    {
        Lists.Find(GradeOf(written), Today)!.Text.Should().Be(code);
        Lists.RefusalOf(GradeOf(written), Today).Should().BeNull();
    }

    [Fact]
    public void A_grade_that_the_catalogue_does_not_have_is_unknown() =>
        Lists.RefusalOf(GradeOf("9.99.99"), Today).Should().Be(new Refusal(GradeRefusal.Unknown, "9.99.99"));

    [Fact]
    public void The_usual_waste_code_of_every_grade_is_an_entry() =>
        Lists.Grades.All.Should().OnlyContain(grade => Lists.Find(grade.UsualWasteCode, Today) != null);

    [Fact]
    public void A_region_has_its_names_in_three_languages_and_its_iso_codes()
    {
        var almaty = Lists.Find(RegionOf("KZ-75"), Today)!;
        (almaty.Name.In("kk"), almaty.Name.In("ru"), almaty.Name.In("en")).Should().Be(("Алматы қаласы", "город Алматы", "Almaty"));
        (almaty.Kind, almaty.Iso, almaty.FormerIso, almaty.Centre).Should().Be((RegionKind.City, "KZ-75", "KZ-ALA", new MapPoint(43.24m, 76.89m)));
        Lists.Find(RegionOf("10"), Today)!.FormerIso.Should().BeNull();
    }

    [Fact]
    public void A_region_that_there_is_not_is_unknown()
    {
        Lists.RefusalOf(RegionOf("75"), Today).Should().BeNull();
        Lists.RefusalOf(RegionOf("51"), Today).Should().Be(new Refusal(RegionRefusal.Unknown, "510000000"));
    }

    [Fact]
    public void Hazardous_properties_and_operations_are_found_by_their_fold()
    {
        Lists.HazardousProperties.Find(Lookalikes.Fold("НР5"), Today)!.Code.Should().Be("HP5");
        Lists.HazardousProperties.Find(Lookalikes.Fold("С16"), Today)!.Code.Should().Be("C16");
        Lists.Operations.Find("R3", Today)!.Kind.Should().Be(OperationKind.Recovery);
        Lists.Operations.Find("D1", Today)!.Kind.Should().Be(OperationKind.Disposal);
    }

    [Fact]
    public void A_name_is_given_in_the_nearest_language_there_is()
    {
        Lists.Find(GradeOf("3А"), Today)!.Name.In("kk").Should().Be("габаритті кесек болат сынығы");
        var russian = Lists.Find(Code("01 01 01"), Today)!;
        (russian.Name.In("kk"), russian.OwnTranslation).Should().Be((russian.Name.Ru!, true));
        var english = Lists.Find(Code("01 03 07*"), Today)!;
        (english.Name.In("kk"), english.Name.In("ru"), english.OwnTranslation).Should().Be((english.Name.En, english.Name.En, false));
    }
}
