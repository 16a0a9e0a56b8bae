using System.Text.Json;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Settlement.Tests;

public class WalkTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_tiyn_is_somewhere_and_no_account_is_below_its_floor(int seed)
    {
        var walk = new LedgerWalk(seed);
        walk.Steps.Should().Contain(step => step.Decision.Refusals.Count > 0).And.Contain(step => step.Decision.Events.Count > 0);
        foreach (var (_, _, ledger) in walk.Steps)
        {
            ledger.Accounts.Sum(account => account.Value.Posted).Should().Be(0);
            ledger.Accounts.Sum(account => account.Value.DebitsPending).Should().Be(ledger.Holds.Values.Sum(held => held.MinorUnits));
            ledger.Accounts.Sum(account => account.Value.CreditsPending).Should().Be(ledger.Holds.Values.Sum(held => held.MinorUnits));
            foreach (var (id, account) in ledger.Accounts)
            {
                if (id.HasFloor) account.Free.Should().BeGreaterThanOrEqualTo(0);
                if (id.HasCeiling) account.Room.Should().BeGreaterThanOrEqualTo(0);
                new[] { account.DebitsPosted, account.CreditsPosted, account.DebitsPending, account.CreditsPending }.Should().OnlyContain(sum => sum >= 0);
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_refused_chain_changes_nothing_and_an_accepted_one_all(int seed)
    {
        foreach (var (command, decision, _) in new LedgerWalk(seed).Steps)
        {
            if (command is not MakeTransfers make) continue;
            decision.Events.Should().HaveCount(decision.Refusals.Count > 0 ? 0 : make.Transfers.Count);
        }
    }

    /// <summary>The law of inline rows: the batches make no difference. Held as rows, the ledger is the one held in memory.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void The_rows_are_the_ledger_however_the_events_are_cut(int seed)
    {
        var walk = new LedgerWalk(seed);
        var together = Rows(walk.History, seed, most: int.MaxValue);
        var single = Rows(walk.History, seed, most: 1);
        var cut = Rows(walk.History, seed, most: 9);
        Told(single).Should().Equal(Told(together));
        Told(cut).Should().Equal(Told(together));

        var read = LedgerRows.Read("KZT", walk.History.Count, (table, currency) => cut.All.Where(row => row.Table == table && row.Cells[0].Text == currency).Select(row => row.Cells));
        read.Accounts.AsEnumerable().Should().BeEquivalentTo(walk.Ledger.Accounts);
        read.Holds.Should().BeEquivalentTo(walk.Ledger.Holds);
        (read.Currency, read.Number).Should().Be((walk.Ledger.Currency, walk.Ledger.Number));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void What_is_read_back_folds_to_the_same_ledger(int seed)
    {
        var walk = new LedgerWalk(seed, commands: 60);
        var ledger = Ledger.Initial;
        foreach (var recorded in walk.History)
        {
            var name = LedgerGrain.Kind.Catalogue.For(recorded.Event.GetType());
            ledger = ledger.Evolve((LedgerEvent)name.Read(name.Write(recorded.Event)));
        }

        ledger.Accounts.AsEnumerable().Should().BeEquivalentTo(walk.Ledger.Accounts);
        ledger.Holds.Should().BeEquivalentTo(walk.Ledger.Holds);
        foreach (var (command, _, _) in walk.Steps)
            JsonSerializer.Deserialize(JsonSerializer.Serialize(command, LedgerGrain.Kind.Commands), LedgerGrain.Kind.Commands).Should().BeEquivalentTo(command, match => match.RespectingRuntimeTypes());
    }

    private static RowSet Rows(IReadOnlyList<Recorded<LedgerEvent>> history, int seed, int most)
    {
        var random = new Random(seed);
        var rows = new RowSet();
        var ledger = Ledger.Initial;
        for (var from = 0; from < history.Count;)
        {
            var size = Math.Min(history.Count - from, most == int.MaxValue ? history.Count : random.Next(1, most + 1));
            var batch = history.Skip(from).Take(size).ToList();
            ledger = batch.Aggregate(ledger, (state, recorded) => state.Evolve(recorded.Event));
            foreach (var row in LedgerRows.From("KZT", ledger, batch)) rows.Apply(row);
            from += size;
        }

        return rows;
    }

    private static List<string> Told(RowSet rows) => [.. rows.All.Select(row => $"{row.Table.Name}: {string.Join(" | ", row.Cells)}").Order(StringComparer.Ordinal)];
}
