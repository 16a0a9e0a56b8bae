using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Front.Demo;

/// <summary>What the demo's buyers have paid in so far.</summary>
internal static class DemoMoney
{
    private static readonly long[] Tenge = [4_000_000, 1_250_000, 7_500_000];

    public static async Task TopUp(SteppingHouse stepping, IEnumerable<Guid> buyers)
    {
        var (house, desk) = (stepping.House, new LedgerDesk(stepping.House.Grains, new LedgerQueries(stepping.House.Database)));
        foreach (var (n, amount) in Tenge.Index())
        {
            foreach (var buyer in buyers)
            {
                var paid = new TransferOrder.Post(AccountId.Bank, AccountId.Available(buyer), new Money(amount * 100, Currency.Kzt), TransferPurpose.TopUp, $"demo-{n + 1}");
                var receipt = await desk.Make(Currency.Kzt, new MakeTransfers(CommandIds.New(house.Clock.Time), [paid]), CancellationToken.None);
                if (receipt.Refusal is { } refusal) throw new InvalidOperationException($"The demo's top-up is refused: {refusal}.");
            }
        }
    }
}
