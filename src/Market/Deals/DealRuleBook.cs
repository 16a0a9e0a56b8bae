using System.Text;
using Ainalym.Journal.Data;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Rates;

namespace Ainalym.Market.Deals;

/// <summary>The rules that deals are made on, by the day they are opened: the rows that come with the house, or the operator's file in their place. A deal keeps those that it was made on.</summary>
public sealed class DealRuleBook
{
    private const string Name = "deal-rules.csv";

    private readonly Row[] rows;

    private DealRuleBook(IReadOnlyList<CsvRow> read)
    {
        rows = [.. read.Select(row => new Row(
            row.Day("valid_from"), row.OptionalDay("valid_to"), TimeSpan.FromHours(row.Whole("standstill_hours", 0, 24 * 30)), row.Whole("decision_working_days", 1, 30), row.Value<Share>("tolerance_percent"), row.Value<Share>("forfeited_percent")))];

        // Every day from the first on has one row: a deal can be opened on any of them.
        for (var n = 0; n < rows.Length; n++)
        {
            DateOnly? end = n + 1 < rows.Length ? rows[n + 1].ValidFrom.AddDays(-1) : null;
            if (rows[n].ValidTo != end || end < rows[n].ValidFrom)
                throw read[n].Wrong(end is null ? "the last row's 'valid_to' is left empty." : $"'valid_to' is the day before the next row's 'valid_from', {end:O}, and no earlier than this row's 'valid_from'; rows stand in the order of their days.");
        }
    }

    /// <summary>What comes with the house.</summary>
    public static DealRuleBook Usual { get; } = new(DataFiles.Rows(Name));

    /// <summary>The operator's own, with the columns of <c>data/deal-rules.csv</c>.</summary>
    /// <exception cref="DataFileException">The file is not as it must be; the message names it and the line.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static DealRuleBook From(string path)
    {
        using var text = new StreamReader(path, Encoding.UTF8);
        var read = CsvRows.Read(path, text);
        var book = new DealRuleBook(read);
        return book.rows[0].ValidFrom <= Usual.rows[0].ValidFrom ? book : throw read[0].Wrong($"'valid_from' of the first row is {Usual.rows[0].ValidFrom:O} or earlier, so that every deal of the house finds its rules.");
    }

    /// <summary>What deals are made on that are opened on the day, in Kazakhstan, of an instant. The bands are the house's own: one for one, and more where the goods are far off.</summary>
    /// <exception cref="InvalidOperationException">The instant is before the first row's day.</exception>
    public DealRules At(DateTimeOffset instant)
    {
        var row = rows.On(FactText.DayOf(instant)).Single();
        return new(
            row.Tolerance, row.Forfeited,
            new([new DeductionBand(Share.FromPercent(3), 1.0m), new DeductionBand(UpTo: null, 1.5m)]),
            new([new DeductionBand(Share.FromPercent(2), 1.0m), new DeductionBand(UpTo: null, 2.0m)]),
            row.Standstill, row.DecisionDays);
    }

    private sealed record Row(DateOnly ValidFrom, DateOnly? ValidTo, TimeSpan Standstill, int DecisionDays, Share Tolerance, Share Forfeited) : IDated;
}
