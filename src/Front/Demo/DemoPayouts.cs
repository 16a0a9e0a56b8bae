using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;

namespace Ainalym.Front.Demo;

/// <summary>A seller of the demo takes money out: one payout at each standing that a reader may meet.</summary>
internal sealed class DemoPayouts(SteppingHouse stepping, DemoBank bank, Iban houseAccount, Caller seller, Caller bankClerk)
{
    private static readonly Iban Own = TextValue.Parse<Iban>("KZ34991DEMO000000002");

    private readonly PayoutDesk desk = PayoutDesk.Of(
        stepping.House, Ties.PayeeOf(new OrganisationQueries(stepping.House.Database)), new HouseAccounts([new(houseAccount, Currency.Kzt)], FrontOptions.DefaultHolder));

    private int commands;

    /// <summary>A day later it may be paid to.</summary>
    public async Task NameAccount() => Accepted((await desk.Account(new NamePayoutAccount(NextId(), seller.Organisation, Own), seller, CancellationToken.None)).Refusals);

    public async Task Order()
    {
        var (paid, returned) = (await Order(2_000_000), await Order(500_000));
        await MakeFile();
        await bank.TellOf(paid.Id, paid.Amount, "Вывод средств", back: false);
        await bank.TellOf(returned.Id, returned.Amount, "Вывод средств", back: false);
        await bank.TellOf(returned.Id, returned.Amount, "Счёт получателя закрыт", back: true);
        await Order(750_000);
        await MakeFile();
        await Order(300_000);
    }

    private async Task<(Guid Id, Money Amount)> Order(long tenge)
    {
        var (id, amount) = (NextId(), new Money(tenge * 100, Currency.Kzt));
        Accepted((await desk.Order(new OrderPayout(id, seller.Organisation, amount), seller, CancellationToken.None)).Refusals);
        await stepping.House.CatchUp();
        return (id, amount);
    }

    private async Task MakeFile()
    {
        Accepted((await desk.MakeFile(houseAccount, NextId(), bankClerk, CancellationToken.None)).Refusals);
        await stepping.House.CatchUp();
    }

    private Guid NextId() => CommandIds.Derived(stepping.Now, $"demo/payout/{++commands}");

    private static void Accepted(IReadOnlyList<Refusal> refusals)
    {
        if (refusals is [var refusal, ..]) throw new InvalidOperationException($"A payout of the demo was refused: {refusal}.");
    }
}
