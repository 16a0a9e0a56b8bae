using System.Diagnostics;
using System.Globalization;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Ainalym.Market.Replay;
using CsvHelper;

namespace Ainalym.Front.Verbs;

/// <summary>Replays real auctions and says how many of them close at the recorded price.</summary>
internal static class ReplayVerb
{
    public static Verb Replay { get; } = new("replay", "replay FILE.csv [LADDER.csv]  runs real ascending auctions through the grains and the journal; the ladder is step-ladder.csv beside the file", Run);

    private static async Task<int> Run(VerbCall call)
    {
        if (call.Operands.Count is 0 or > 2)
        {
            await call.Remarks.WriteLineAsync("Which auctions? Give the CSV file, as in: replay tests/data/real-auctions.csv");
            return 2;
        }

        using var cancelling = new CancelKey();
        try
        {
            var file = call.Operands[0];
            var ladder = Ladder(call.Operands.Count > 1 ? call.Operands[1] : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "step-ladder.csv"));
            var auctions = Auctions(file);
            var folder = Path.Combine(call.Options.DataFolder, "replay");
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            var started = Stopwatch.GetTimestamp();
            var replayed = await AuctionReplay.Run(auctions, ladder, folder, new Remarks(call.Remarks), cancelling.Token);
            await Report(call.Answers, replayed, Stopwatch.GetElapsedTime(started));
            return 0;
        }
        catch (Exception error) when (error is FormatException or CsvFormatException or OperationCanceledException)
        {
            await call.Remarks.WriteLineAsync(error is OperationCanceledException ? "Cancelled." : error.Message);
            return 1;
        }
    }

    private static async Task Report(TextWriter answers, IReadOnlyList<ReplayedAuction> replayed, TimeSpan took)
    {
        await answers.WriteLineAsync("auction,final_price,recorded_price,bids,refused");
        foreach (var one in replayed)
            await answers.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.Auction.Name},{one.FinalPrice?.Amount},{one.Auction.Recorded.Amount},{one.Accepted + one.Refused},{one.Refused}"));

        var others = replayed.Where(one => !one.Agrees).ToArray();
        var bids = replayed.Sum(one => one.Accepted + one.Refused);
        await answers.WriteLineAsync();
        await answers.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{replayed.Count - others.Length} of {replayed.Count} closings equal the recorded price"));
        if (others.Length > 0) await answers.WriteLineAsync($"others: {string.Join(' ', others.Select(one => one.Auction.Name))}");
        await answers.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{replayed.Count} auctions, {bids} bids in {took.TotalSeconds:0.0} s: {replayed.Count / took.TotalSeconds:0} auctions/s, {bids / took.TotalSeconds:0} bids/s"));
    }

    private static List<RecordedAuction> Auctions(string file)
    {
        var rows = Rows(file, "auction", "duration_days", "opening_price", "final_price", "bid_no", "bid_day", "bidder", "max_bid");
        var auctions = new List<RecordedAuction>();
        foreach (var group in rows.GroupBy(row => row["auction"], StringComparer.Ordinal))
        {
            var first = group.First();
            auctions.Add(new RecordedAuction(
                group.Key, TimeSpan.FromDays(Whole(first, "duration_days")), Dollars(first, "opening_price"), Dollars(first, "final_price"),
                [.. group.Select(row => new RecordedBid(row["bidder"], Days(row), Dollars(row, "max_bid")))]));
        }

        return auctions.Count > 0 ? auctions : throw new FormatException($"{file} holds no auction.");
    }

    private static StepLadder Ladder(string file) => new([
        .. Rows(file, "up_to", "step").Select(row => new StepBand(row["up_to"].Length == 0 ? null : Dollars(row, "up_to"), Dollars(row, "step"))),
    ]);

    private static List<Dictionary<string, string>> Rows(string file, params string[] columns)
    {
        if (!File.Exists(file)) throw new FormatException($"There is no file {file}.");
        using var reader = new StreamReader(file);
        using var csv = CsvReader.Create(reader, new CsvReaderOptions { TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Throw, MalformedData = CsvMalformedDataHandling.Throw }, leaveOpen: true);
        var rows = new List<Dictionary<string, string>>();
        var header = csv.Headers.ToArray();
        foreach (var column in columns)
            if (!header.Contains(column)) throw new FormatException($"{file} has no column {column}; it needs: {string.Join(", ", columns)}.");

        while (csv.Read())
        {
            var row = columns.ToDictionary(column => column, column => csv.GetString(Array.IndexOf(header, column)), StringComparer.Ordinal);
            row["line"] = $"{file} line {csv.LineNumber}";
            rows.Add(row);
        }

        return rows;
    }

    private static PricePerTonne Dollars(Dictionary<string, string> row, string column) => PricePerTonne.TryParse(row[column] + " USD", out var price, out var refusal)
        ? price
        : throw new FormatException($"{row["line"]}: {column} '{row[column]}' is no amount in dollars ({refusal.Name}).");

    private static int Whole(Dictionary<string, string> row, string column) => int.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole is > 0 and <= 60
        ? whole
        : throw new FormatException($"{row["line"]}: {column} '{row[column]}' is not a whole number of days from 1 to 60.");

    private static TimeSpan Days(Dictionary<string, string> row) => decimal.TryParse(row["bid_day"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days <= 60
        ? TimeSpan.FromTicks((long)decimal.Round(days * TimeSpan.TicksPerDay, MidpointRounding.AwayFromZero))
        : throw new FormatException($"{row["line"]}: bid_day '{row["bid_day"]}' is not a number of days from 0 to 60.");
}
