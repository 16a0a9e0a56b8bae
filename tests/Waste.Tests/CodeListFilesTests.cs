using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Data;
using Ainalym.Kernel;
using Ainalym.Waste.Classifier;

namespace Ainalym.Waste.Tests;

/// <summary>A small set of files, and what is said of it when one is damaged.</summary>
public class CodeListFilesTests
{
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal)
    {
        ["editions.csv"] =
            """
            file,list,valid_from,valid_to,dates_assumed,counts,source
            codes.csv,waste-codes,2021-08-06,,1,chapter=1 subchapter=1 entry=2 hazardous=1,Order 314
            grades.csv,grades,2016-01-01,,1,grade=2,the house
            regions.csv,regions,2022-06-08,,1,oblast=0 city=1,KATO
            properties.csv,hazardous-properties,2021-07-01,,0,property=1,Article 342
            operations.csv,operations,2021-07-01,,1,recovery=1 disposal=1,R and D
            """,
        ["codes.csv"] =
            """
            code,level,hazardous,mirror,mirror_of,name_en,name_ru,name_ru_source
            16,chapter,,,,"wastes, not otherwise specified",,
            16 06,subchapter,,,,batteries,,
            16 06 03,entry,1,1,16 06 04,mercury-containing,,
            16 06 04,entry,0,1,16 06 03,alkaline,щелочные,own-translation
            """,
        ["grades.csv"] =
            """
            grade_code,standard,material_family,name_en,name_ru,name_kk,ewc_code,unit,confidence
            3А,GOST 2787-75,ferrous,lump,кусок,кесек,17 04 05,t,M
            ZORBA,ReMA,aluminium,shredded,шредированный,шредерленген,19 12 03,t,H
            """,
        ["regions.csv"] =
            """
            kato_code,kato_prefix,type,iso_3166_2,iso_3166_2_legacy,name_kk,name_ru,name_en,admin_centre_ru,admin_centre_lat,admin_centre_lon,centroid_lat_approx,centroid_lon_approx
            750000000,75,city,KZ-75,KZ-ALA,Алматы қаласы,город Алматы,Almaty,Алматы,43.24,76.89,43.2,76.9
            """,
        ["properties.csv"] = "code,name_en,name_ru\nHP5,toxic,токсичность\n",
        ["operations.csv"] = "code,kind,name_en,name_ru\nR3,recovery,organic,органика\nD1,disposal,land,земля\n",
    };

    private CodeLists Read() => CodeListFiles.Read(file => new StringReader(files.TryGetValue(file, out var text) ? text : throw new DataFileException(file, 0, "there is no such file.")));

    private string Damage(string file, string good, string bad)
    {
        files[file].Should().Contain(good);
        files[file] = files[file].Replace(good, bad, StringComparison.Ordinal);
        return FluentActions.Invoking(Read).Should().Throw<DataFileException>().Which.Message;
    }

    [Fact]
    public void Sound_files_are_read()
    {
        var lists = Read();
        lists.WasteCodes.All.Select(entry => entry.Text).Should().Equal("16 06 03*", "16 06 04");
        lists.WasteCodes.All[0].Mirrors.Should().Equal(TextValue.Parse<WasteCode>("16 06 04"));
        lists.Headings.All.Select(heading => heading.Text).Should().Equal("16", "16 06");
    }

    [Theory]
    [InlineData("codes.csv", "16 06 04,entry,0,1,16 06 03", "16 06 03,entry,0,1,16 06 04", "codes.csv, line 5: '16 06 03' already stands in codes.csv, line 4, for the same days.")]
    [InlineData("codes.csv", "16 06 04,entry", "16 06 4,entry", "codes.csv, line 5: 'code' is '16 06 4': kernel.waste-code.not-six-digits.")]
    [InlineData("codes.csv", "16 06,subchapter", "16 6,subchapter", "codes.csv, line 3: 'code' is '16 6', not 4 digits.")]
    [InlineData("codes.csv", "entry,1,1", "entry,x,1", "codes.csv, line 4: 'hazardous' is 'x', not one of 0, 1.")]
    [InlineData("codes.csv", "entry,1,1", "entry,1,0", "codes.csv, line 4: 'mirror' and 'mirror_of' do not agree.")]
    [InlineData("codes.csv", "entry,1,1", "entry,0,1", "codes.csv: has 0 of 'hazardous' where editions.csv expects 1.")]
    [InlineData("codes.csv", "16 06,subchapter", "16 06,group", "codes.csv, line 3: 'level' is 'group', not one of chapter, subchapter, entry.")]
    [InlineData("codes.csv", ",batteries", ",", "codes.csv, line 3: 'name_en' is empty.")]
    [InlineData("codes.csv", ",batteries", ", batteries", "codes.csv, line 3: 'name_en' has blanks around it: ' batteries'.")]
    [InlineData("codes.csv", "mirror_of,", "mirrors,", "codes.csv, line 4: there is no column 'mirror_of'.")]
    [InlineData("grades.csv", "ZORBA", "3A", "grades.csv, line 3: '3A' already stands in grades.csv, line 2, for the same days.")]
    [InlineData("grades.csv", "ZORBA", "ZOR;BA", "grades.csv, line 3: 'grade_code' is 'ZOR;BA': kernel.grade.not-a-grade-code.")]
    [InlineData("grades.csv", "t,H", "t,L", "grades.csv, line 3: 'confidence' is 'L', not one of H, M.")]
    [InlineData("regions.csv", "KZ-75", "KZ-71", "regions.csv, line 2: 'kato_code', 'kato_prefix' and 'iso_3166_2' do not agree.")]
    [InlineData("regions.csv", "43.24", "143.24", "regions.csv, line 2: 'admin_centre_lat' is '143.24', not degrees up to 90.")]
    [InlineData("regions.csv", "city", "oblast", "regions.csv: has 1 of 'oblast' where editions.csv expects 0.")]
    [InlineData("properties.csv", "HP5", "НР5", "properties.csv, line 2: 'code' is 'НР5', not HP or C and a number.")]
    [InlineData("operations.csv", "R3,recovery", "R3,disposal", "operations.csv, line 2: 'code' is 'R3', not D and a number.")]
    [InlineData("editions.csv", "2021-08-06", "06.08.2021", "editions.csv, line 2: 'valid_from' is '06.08.2021', not a day like 2021-08-06.")]
    [InlineData("editions.csv", "2021-08-06,", "2021-08-06,2021-08-05", "editions.csv, line 2: 'valid_to' 2021-08-05 is before 'valid_from' 2021-08-06.")]
    [InlineData("editions.csv", "grade=2", "grade", "editions.csv, line 3: 'counts' has 'grade', not kind=number.")]
    [InlineData("editions.csv", "grade=2", "grade=3", "grades.csv: has 2 of 'grade' where editions.csv expects 3.")]
    [InlineData("editions.csv", "grades.csv,grades", "grades.csv,grade", "editions.csv, line 3: 'list' is 'grade', not one of waste-codes, grades, regions, hazardous-properties, operations.")]
    [InlineData("editions.csv", "grades.csv,grades,2016-01-01,,1,grade=2,the house\n", "", "editions.csv: no edition of 'grades'.")]
    [InlineData("editions.csv", "grades.csv,grades", "lost.csv,grades", "lost.csv: there is no such file.")]
    public void A_damaged_file_is_refused_with_its_line_and_reason(string file, string good, string bad, string message) => Damage(file, good, bad).Should().Be(message);

    [Theory]
    [InlineData("16 06,subchapter,,,,batteries,,", "16 06,subchapter,,,,batteries,,,", "codes.csv, line 3: cannot be read*")]
    [InlineData("16 06,subchapter,,,,batteries,,", "16 06,subchapter,,,,batteries,", "codes.csv, line 3: cannot be read*")]
    [InlineData("\"wastes, not otherwise specified\"", "\"wastes, not\" otherwise", "codes.csv, line 2: cannot be read*")]
    [InlineData("name_ru,name_ru_source", "name_ru,name_ru", "codes.csv: cannot be read*")]
    public void A_row_that_is_no_csv_is_refused_with_its_line(string good, string bad, string message) => Damage("codes.csv", good, bad).Should().Match(message);

    [Fact]
    public void An_empty_file_is_refused()
    {
        files["codes.csv"] = "";
        FluentActions.Invoking(Read).Should().Throw<DataFileException>().WithMessage("codes.csv*is empty.");
    }

    [Fact]
    public void A_new_edition_takes_over_on_its_first_day()
    {
        files["editions.csv"] = files["editions.csv"].Replace("grades,2016-01-01,,", "grades,2016-01-01,2026-12-31,", StringComparison.Ordinal)
            + "\nnew-grades.csv,grades,2027-01-01,,1,grade=1,the house again\n";
        files["new-grades.csv"] = files["grades.csv"][..files["grades.csv"].IndexOf("ZORBA", StringComparison.Ordinal)].Replace("кусок", "кусок 2027", StringComparison.Ordinal);
        var lists = Read();
        var lump = TextValue.Parse<GradeCode>("3A");
        lists.Find(lump, new DateOnly(2026, 12, 31))!.Name.Ru.Should().Be("кусок");
        lists.Find(lump, new DateOnly(2027, 1, 1))!.Name.Ru.Should().Be("кусок 2027");
        lists.Find(TextValue.Parse<GradeCode>("Zorba"), new DateOnly(2027, 1, 1)).Should().BeNull();
        lists.Grades.On(new DateOnly(2026, 1, 1)).Should().HaveCount(2);
    }

    [Fact]
    public void Two_editions_of_one_day_are_refused()
    {
        files["editions.csv"] += "\nnew-grades.csv,grades,2027-01-01,,1,grade=2,the house again\n";
        files["new-grades.csv"] = files["grades.csv"];
        FluentActions.Invoking(Read).Should().Throw<DataFileException>().WithMessage("new-grades.csv, line 2: '3А' already stands in grades.csv, line 2, for the same days.");
    }

    [Fact]
    public void A_list_made_by_hand_with_a_code_twice_on_one_day_is_refused_too()
    {
        var always = new Validity(new DateOnly(2020, 1, 1), null, "test", DatesAssumed: true);
        var r3 = new WasteOperation("R3", OperationKind.Recovery, new Naming("organic"), always);
        FluentActions.Invoking(() => new CodeList<WasteOperation>([r3, r3 with { Code = "r3" }])).Should().Throw<ArgumentException>().WithMessage("*'r3' and 'R3' are one code*");
        var later = r3 with { Validity = always with { From = new DateOnly(2021, 1, 1) } };
        new CodeList<WasteOperation>([r3 with { Validity = always with { To = new DateOnly(2020, 12, 31) } }, later]).All.Should().HaveCount(2);
    }
}
