using Ainalym.Journal.Data;
using Ainalym.Kernel;
using Ainalym.Market.Deals;

namespace Ainalym.Market.Tests;

/// <summary>The operator's own rules of deals: every day has one row, and what is wrong is told with its line.</summary>
public sealed class DealRuleBookTests : IDisposable
{
    private const string Head = "valid_from,valid_to,standstill_hours,decision_working_days,tolerance_percent,forfeited_percent,standing\n";

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_row_holds_from_its_first_day_in_Kazakhstan()
    {
        var book = Read("2025-01-01,2026-03-31,24,5,5,100,\n2026-04-01,,0,5,2.5,60.5,\n");
        var change = new DateTimeOffset(2026, 3, 31, 19, 0, 0, TimeSpan.Zero);
        var (before, after) = (book.At(change.AddMilliseconds(-1)), book.At(change));
        (before.Standstill, before.Tolerance, before.Forfeited).Should().Be((TimeSpan.FromHours(24), Share.FromPercent(5), Share.FromPercent(100)));
        (after.Standstill, after.Tolerance, after.Forfeited).Should().Be((TimeSpan.Zero, TextValue.Parse<Share>("2.5"), TextValue.Parse<Share>("60.5")));
    }

    [Theory]
    [InlineData("2025-01-01,2026-03-31,24,5,5,100,\n", "line 2: the last row's 'valid_to' is left empty")]
    [InlineData("2025-01-01,2026-03-30,24,5,5,100,\n2026-04-01,,24,5,5,60,\n", "line 2: 'valid_to' is the day before the next row's 'valid_from', 2026-03-31")]
    [InlineData("2025-01-01,2026-04-01,24,5,5,100,\n2026-04-01,,24,5,5,60,\n", "line 2: 'valid_to'")]
    [InlineData("2025-01-01,,24,5,5,100,\n2026-04-01,,24,5,5,60,\n", "line 2: 'valid_to'")]
    [InlineData("2026-04-01,2024-12-31,24,5,5,100,\n2025-01-01,,24,5,5,60,\n", "line 2: 'valid_to'")]
    [InlineData("2025-01-02,,24,5,5,100,\n", "line 2: 'valid_from' of the first row is 2025-01-01 or earlier")]
    [InlineData("2025-01-01,,721,5,5,100,\n", "line 2: 'standstill_hours' must be a whole number from 0 to 720")]
    [InlineData("2025-01-01,,24,5,5,100.1,\n", "line 2: 'forfeited_percent' is '100.1'")]
    [InlineData("2025-01-01,,24,5,-5,100,\n", "line 2: 'tolerance_percent' is '-5'")]
    [InlineData("", "is empty")]
    public void What_is_wrong_is_told_with_its_line(string rows, string told)
    {
        var read = () => Read(rows);
        read.Should().Throw<DataFileException>().WithMessage($"{file}*{told}*");
    }

    private DealRuleBook Read(string rows)
    {
        File.WriteAllText(file, Head + rows);
        return DealRuleBook.From(file);
    }
}
