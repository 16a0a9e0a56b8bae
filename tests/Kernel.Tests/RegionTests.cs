namespace Ainalym.Kernel.Tests;

public class RegionTests
{
    [Theory]
    [InlineData("75")]
    [InlineData(" 75 ")]
    [InlineData("KZ-75")]
    [InlineData("kz-75")]
    [InlineData("KZ75")]
    [InlineData("KZ 75")]
    [InlineData("KZ–75")]
    [InlineData("КZ-75")]
    [InlineData("750000000")]
    public void Almaty_is_read_however_its_code_is_written(string text) => Reading.Good<Region>(text).ToString().Should().Be("750000000");

    [Theory]
    [InlineData("7")]
    [InlineData("750")]
    [InlineData("75000000")]
    [InlineData("7500000000")]
    [InlineData("751000000")] // a district of Almaty, not the city
    [InlineData("750000001")]
    [InlineData("KZ-750")]
    [InlineData("KZ-750000000")]
    [InlineData("KZ--75")]
    [InlineData("KZ-")]
    [InlineData("KZ")]
    [InlineData("KG-75")]
    [InlineData("KZ-ALA")]
    [InlineData("7 5")]
    [InlineData("٧٥")]
    [InlineData("00")]
    [InlineData("000000000")]
    public void Anything_else_is_not_a_region_code(string text) => Reading.Refused<Region>(text).Code.Should().Be(RegionRefusal.NotARegionCode);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Nothing_is_missing(string? text) => Reading.Refused<Region>(text).Code.Should().Be(RegionRefusal.Missing);

    [Fact]
    public void An_endless_text_is_not_a_region_code() => Reading.Refused<Region>("75" + Reading.Endless("0")).Code.Should().Be(RegionRefusal.NotARegionCode);
}
