using System.Diagnostics;
using System.Globalization;

namespace Ainalym.Bench;

/// <summary>Two processes bid on the same lots in one database.</summary>
public static class TwoProcesses
{
    public const string WorkerFlag = "--worker";

    public static async Task<Row> Run(int bidders, int lots, TimeSpan warmUp, TimeSpan measured)
    {
        var folder = Ground.Folder("two");
        await using (var house = Ground.Open(folder)) await Ground.List(house, 0, lots);
        var workers = Enumerable.Range(0, 2).Select(n => Start(folder, n, bidders / 2, lots, warmUp, measured)).ToArray();
        var answers = await Task.WhenAll(workers.Select(worker => worker.StandardOutput.ReadToEndAsync()));
        foreach (var worker in workers) await worker.WaitForExitAsync();
        var figures = answers.Select(answer => answer.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var accepted = figures.Sum(one => one[0]);
        return new("two processes, same lots", accepted / measured.TotalSeconds, new Times(figures.Max(one => one[2]), figures.Max(one => one[3]), figures.Max(one => one[4])),
            string.Create(CultureInfo.InvariantCulture, $"{figures[0][0]:N0} and {figures[1][0]:N0} accepted, {figures.Sum(one => one[1]):N0} refused"));
    }

    /// <summary>What each of the two runs.</summary>
    public static async Task Work(string[] args)
    {
        var (folder, n, bidders, lots) = (args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture));
        await using var house = Ground.Open(folder);
        await house.Start(CancellationToken.None);
        var result = await Bidding.Through(house).Run(bidders, lots, Seconds(args[5]), Seconds(args[6]), firstBidder: n * bidders);
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{result.Accepted} {result.Refused} {result.Times.P50} {result.Times.P99} {result.Times.Worst}"));
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static Process Start(string folder, int n, int bidders, int lots, TimeSpan warmUp, TimeSpan measured)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(TwoProcesses).Assembly.Location);
        object[] args = [WorkerFlag, folder, n, bidders, lots, warmUp.TotalSeconds, measured.TotalSeconds];
        foreach (var arg in args) start.ArgumentList.Add(Convert.ToString(arg, CultureInfo.InvariantCulture)!);
        return Process.Start(start)!;
    }
}
