using System.Diagnostics;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement;
using Ainalym.Settlement.Ledgers;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Bench;

/// <summary>Durable two-sided transfers between a thousand organisations, and how long a ledger of a million accounts takes to come into memory.</summary>
public static class Transfers
{
    private const int Organisations = 1_000;

    private static readonly AccountId[] Accounts = [.. Enumerable.Range(0, Organisations).Select(n => AccountId.Available(Ground.Id("organisation", n)))];

    public static async Task<Bidding.Result> Run(string folder, int clients, TimeSpan warmUp, TimeSpan measured)
    {
        await using var house = Open(folder);
        await house.Start(CancellationToken.None);
        await Fill(house, Organisations);
        var start = Stopwatch.GetTimestamp();
        var from = start + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var until = from + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => Client(house, client, from, until))));
        return new(all.Sum(one => one.Count), Refused: 0, measured, Times.Of([.. all.SelectMany(one => one)]));
    }

    /// <summary>The usual way: one transaction a transfer, on the same tables with the same durability.</summary>
    public static Row Plain(string folder, TimeSpan measured)
    {
        using var connection = Bare.Opened(Path.Combine(folder, "journal.db"));
        var position = connection.ExecuteScalar<long>("SELECT position FROM head");
        var stream = connection.ExecuteScalar<long>("SELECT stream FROM streams WHERE name = 'settlement/ledger/KZT'");
        var version = connection.ExecuteScalar<long>("SELECT version FROM streams WHERE stream = @stream", new { stream });
        var names = Accounts.Select(account => account.ToString()).ToArray();
        var times = new List<long>();
        var started = Stopwatch.GetTimestamp();
        for (var n = 0; Stopwatch.GetElapsedTime(started) < measured; n++)
        {
            var before = Stopwatch.GetTimestamp();
            Move(connection, names[n * 7 % Organisations], names[((n * 13) + 1) % Organisations], stream, ++version, ++position);
            times.Add(Stopwatch.GetTimestamp() - before);
        }

        return new("plain transfers", times.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, Times.Of(times), "one writer, a transaction a transfer");
    }

    public static async Task<(Row Row, double Seconds, double MiB)> StartUp(string folder, int accounts)
    {
        await using (var house = Open(folder)) await Fill(house, accounts);
        var started = Stopwatch.GetTimestamp();
        await using var again = Open(folder);
        var receipt = await Send(again, Ground.Id("first", 0), [Post(AccountId.Available(Ground.Id("organisation", accounts - 1)), Accounts[0])]);
        if (receipt.Refusal is not null) throw new InvalidOperationException($"The first transfer was refused: {receipt.Refusal}.");
        var took = Stopwatch.GetTimestamp() - started;
        var memory = GC.GetTotalMemory(forceFullCollection: true) / 1024d / 1024d;
        var seconds = took / (double)Stopwatch.Frequency;
        return (new("ledger, 1M accounts, to the first transfer", 0, Times.Of([took]), $"{accounts:N0} accounts; {memory:0} MiB on the heap"), seconds, memory);
    }

    private static House Open(string folder) => House.Open([SettlementModule.Module], new HouseOptions(folder), NullLoggerFactory.Instance);

    private static async Task Fill(House house, int accounts)
    {
        foreach (var chunk in Enumerable.Range(0, accounts).Chunk(MakeTransfers.LongestChain))
        {
            var receipt = await Send(house, Ground.Id("fill", chunk[0]), [.. chunk.Select(n => new TransferOrder.Post(AccountId.Bank, AccountId.Available(Ground.Id("organisation", n)), new Money(1_000_000_00, Currency.Kzt), TransferPurpose.TopUp, "fill"))]);
            if (receipt.Refusal is not null) throw new InvalidOperationException($"Filling was refused: {receipt.Refusal}.");
        }
    }

    private static async Task<List<long>> Client(House house, int client, long from, long until)
    {
        var ticks = new List<long>(4_096);
        for (var n = client; ; n += 257)
        {
            var before = Stopwatch.GetTimestamp();
            if (before >= until) return ticks;
            var receipt = await Send(house, CommandIds.New(TimeProvider.System), [Post(Accounts[n * 7 % Organisations], Accounts[((n * 13) + 1) % Organisations])]);
            if (receipt.Refusal is not null) throw new InvalidOperationException($"A transfer was refused: {receipt.Refusal}.");
            var after = Stopwatch.GetTimestamp();
            if (after >= from && after < until) ticks.Add(after - before);
        }
    }

    private static TransferOrder Post(AccountId debit, AccountId credit) =>
        new TransferOrder.Post(debit, credit == debit ? AccountId.PlatformFee : credit, new Money(1, Currency.Kzt), TransferPurpose.Payment, "0192f3a0c1d27000800000000000abcd");

    private static Task<Receipt<LedgerEvent>> Send(House house, Guid id, TransferOrder[] transfers) => house.Grains.Handle(LedgerGrain.Kind, "KZT", new MakeTransfers(id, transfers), Caller.House);

    private static void Move(Microsoft.Data.Sqlite.SqliteConnection connection, string debit, string credit, long stream, long version, long position)
    {
        if (debit == credit) credit = "platform-fee";
        connection.Execute("BEGIN IMMEDIATE");
        var balances = connection.Query<(string, long, long)>(
            "SELECT account, credits_posted - debits_posted, debits_pending FROM ledger_accounts WHERE currency = 'KZT' AND account IN (@debit, @credit)", new { debit, credit }).ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);
        if (balances[debit] < 1) throw new InvalidOperationException("There is no money left.");
        var commandId = CommandIds.New(TimeProvider.System);
        var id = commandId.ToString("N");
        var at = 1_777_777_777_777 + position;
        var bytes = commandId.ToByteArray(bigEndian: true);
        connection.Execute(
            "INSERT INTO events (position, stream, version, previous, name, data, command_id, caller, at_ms) VALUES (@position, @stream, @version, @previous, 'settlement.transfer-posted.v1', @data, @bytes, 'house', @at)",
            new { position, stream, version, previous = position - 1, data = Data, bytes, at });
        connection.Execute("INSERT INTO receipts (command_id, digest, stream, version, events, answer, at_ms) VALUES (@bytes, @digest, @stream, @version, 1, NULL, @at)", new { bytes, digest = new byte[32], stream, version, at });
        connection.Execute("UPDATE streams SET version = @version, last = @position WHERE stream = @stream", new { version, position, stream });
        connection.Execute(
            "INSERT INTO ledger_postings (currency, number, position, transfer, debit, credit, amount_minor, debit_balance_minor, credit_balance_minor, debit_previous, credit_previous, purpose, reference, at_ms) VALUES ('KZT', @version, @position, @id, @debit, @credit, 1, @debited, @credited, 1, 1, 'payment', 'lot', @at)",
            new { version, position, id, debit, credit, debited = balances[debit] - 1, credited = balances.GetValueOrDefault(credit) + 1, at });
        connection.Execute("UPDATE ledger_accounts SET debits_posted = debits_posted + 1, last_number = @version WHERE currency = 'KZT' AND account = @debit", new { debit, version });
        connection.Execute("UPDATE ledger_accounts SET credits_posted = credits_posted + 1, last_number = @version WHERE currency = 'KZT' AND account = @credit", new { credit, version });
        connection.Execute("COMMIT");
    }

    private const string Data = """{"id":"0192f3a0c1d27000800000000000abcd","debit":"available-0192f3a0c1d27000800000000000abcd","credit":"available-0192f3a0c1d27000800000000000abcd","amount":"0.01 KZT","purpose":"payment","reference":"0192f3a0c1d27000800000000000abcd","debit_balance":"1000000.00 KZT","credit_balance":"1000000.00 KZT","at_ms":1777777777777}""";
}
