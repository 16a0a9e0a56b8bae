using Ainalym.Bench;

if (args is [TwoProcesses.WorkerFlag, ..])
{
    await TwoProcesses.Work(args);
    return;
}

if (args is [Watchers.WorkerFlag, ..])
{
    await Watchers.Work(args);
    return;
}

var quick = args.Contains("--quick");
var measured = TimeSpan.FromSeconds(quick ? 3 : 10);
var warmUp = TimeSpan.FromSeconds(quick ? 1 : 3);
var only = args.FirstOrDefault(arg => !arg.StartsWith('-'));
bool Wanted(string row) => only is null || only == row;
var figures = new Figures();
const int Lots = 1_000;

// The first row must not pay for compiling what all rows run.
await using (var house = Ground.Open(Ground.Folder("warm-up")))
{
    await Ground.List(house, 0, Lots);
    await Bidding.Through(house).Run(256, Lots, TimeSpan.Zero, TimeSpan.FromSeconds(quick ? 4 : 8));
}

foreach (var bidders in new[] { 256, 1_024 })
{
    if (!Wanted("bids")) break;
    var folder = Ground.Folder($"bids{bidders}");
    await using (var house = Ground.Open(folder))
    {
        await house.Start(CancellationToken.None);
        await Ground.List(house, 0, Lots);
        using var batches = new BatchSizes();
        var bids = await Bidding.Through(house).Run(bidders, Lots, warmUp, measured);
        figures.Add(new($"bids, {bidders} bidders", bids.PerSecond, bids.Times, $"{bids.Refused} refused; {batches.Mean:0} a batch"));
        if (bidders == 256) figures.Add(Bare.Run(folder, (int)batches.Mean, measured));
        else figures.Add(Bare.Run(folder, (int)batches.Mean, measured) with { Name = "bare rows, larger commits" });
    }

    if (bidders == 256) figures.Add(Plain.Run(folder, Lots, measured));
}

if (Wanted("hot"))
{
    await using var house = Ground.Open(Ground.Folder("hot"));
    await Ground.List(house, 0, 1);
    var hot = await Bidding.Through(house).Run(256, 1, warmUp, measured);
    figures.Add(new("hot: all on one lot", hot.PerSecond, hot.Times, $"{hot.Refused} refused"));
}

if (Wanted("transfers"))
{
    var folder = "";
    foreach (var clients in new[] { 256, 1_024 })
    {
        folder = Ground.Folder($"transfers{clients}");
        using var batches = new BatchSizes();
        var transfers = await Transfers.Run(folder, clients, warmUp, measured);
        figures.Add(new($"transfers, {clients} clients", transfers.PerSecond, transfers.Times, $"{batches.Mean:0} a batch"));
        figures.Add(Bare.Run(folder, (int)batches.Mean, measured) with { Name = $"bare rows beside {clients}" });
    }

    figures.Add(Transfers.Plain(folder, measured));
    var (row, seconds, mib) = await Transfers.StartUp(Ground.Folder("ledger"), accounts: quick ? 100_000 : 1_000_000);
    figures.Add(row);
    figures.Value("ledger-start-s", seconds);
    figures.Value("ledger-mib", mib);
}

if (Wanted("http"))
{
    var (noOp, bid) = await OverHttp.Run(warmUp, measured);
    figures.Add(noOp);
    figures.Add(bid);
}

if (Wanted("watchers"))
{
    var (row, perWatcher) = await Watchers.Run(2_000, warmUp, measured);
    figures.Add(row);
    figures.Value("watcher-p99-ms", row.Times.P99);
    figures.Value("watcher-kib", perWatcher / 1024);
}

if (Wanted("board"))
{
    figures.Add(await Board.Run("board, 10 thousand lots", 10_000, measured));
    figures.Add(await Board.Run("board, 1 million lots", 1_000_000, measured));
}

if (Wanted("activation"))
{
    var (row, perLot) = await Activation.Run(bids: 100_000, idleLots: quick ? 10_000 : 50_000);
    figures.Add(row);
    figures.Value("activation-ms", row.Times.P50);
    figures.Value("idle-lot-bytes", perLot);
}

// Each worker compiles for itself, so its warm-up is never short.
if (Wanted("two")) figures.Add(await TwoProcesses.Run(256, Lots, TimeSpan.FromSeconds(4), measured));

figures.Ratio("bids/bare", "bids, 256 bidders", "bare rows");
figures.Ratio("bids/plain", "bids, 256 bidders", "plain bids");
figures.Ratio("hot/bids", "hot: all on one lot", "bids, 256 bidders");
figures.Ratio("transfers/bare", "transfers, 256 clients", "bare rows beside 256");
figures.Ratio("transfers/bare, 1024 clients", "transfers, 1024 clients", "bare rows beside 1024");
figures.Ratio("transfers/plain", "transfers, 256 clients", "plain transfers");
figures.Ratio("http-bid/http-noop", "http bids", "http no-op");
if (figures.Has("board, 1 million lots")) figures.Ratio("board-1M/board-10k", figures["board, 1 million lots"].Times.P50 / figures["board, 10 thousand lots"].Times.P50);
figures.Ratio("two/one", "two processes, same lots", "bids, 256 bidders");
figures.Print();
