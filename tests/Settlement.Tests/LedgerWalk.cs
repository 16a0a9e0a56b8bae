using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>Random chains of transfers on a few accounts, many of which must be refused; the seed is the case.</summary>
internal sealed class LedgerWalk
{
    private static readonly AccountId[] Accounts = [Bank, AccountId.Card, Aliya, Bolat, Deal, AccountId.PlatformFee, AccountId.Vat, AccountId.Owed(Id(0xA))];
    private readonly List<TransferId> holds = [];

    public LedgerWalk(int seed, int commands = 200)
    {
        var random = new Random(seed);
        var now = Noon;
        for (var n = 1; n <= commands; n++)
        {
            now = now.AddSeconds(random.Next(0, 60));
            LedgerCommand command = random.Next(10) == 0 && holds.Count > 0
                ? new ExpireHold(Id(n), holds[random.Next(holds.Count)], now)
                : Make(n, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Order(random, now))]);
            var decision = LedgerDecider.Decide(Ledger, command, now);
            foreach (var @event in decision.Events)
            {
                Ledger = Ledger.Evolve(@event);
                History.Add(new(History.Count + 1, History.Count + 1, now, @event));
                if (@event is TransferHeld held) holds.Add(held.Id);
            }

            Steps.Add((command, decision, Ledger));
        }
    }

    public Ledger Ledger { get; private set; } = Ledger.Initial;

    public List<(LedgerCommand Command, Decision<LedgerEvent> Decision, Ledger After)> Steps { get; } = [];

    public List<Recorded<LedgerEvent>> History { get; } = [];

    private TransferOrder Order(Random random, DateTimeOffset now)
    {
        var amount = Tenge(random.Next(0, 20_000) / 100m);
        var (debit, credit) = (Accounts[random.Next(random.Next(2) == 0 ? 2 : Accounts.Length)], Accounts[random.Next(Accounts.Length)]);
        return random.Next(6) switch
        {
            0 or 1 => Move(debit, credit, amount),
            2 => new TransferOrder.Hold(debit, credit, amount, TransferPurpose.Guarantee, "lot", random.Next(2) == 0 ? null : now.AddSeconds(random.Next(0, 600))),
            3 when holds.Count > 0 => new TransferOrder.PostHold(Held(random), TransferPurpose.Payment, random.Next(2) == 0 ? null : amount),
            4 when holds.Count > 0 => new TransferOrder.VoidHold(Held(random)),
            _ => Move(credit, debit, amount),
        };
    }

    private TransferId Held(Random random) => holds[Math.Max(0, holds.Count - 1 - random.Next(8))];
}
