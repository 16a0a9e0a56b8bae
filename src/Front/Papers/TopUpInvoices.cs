using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;

namespace Ainalym.Front.Papers;

/// <summary>Invoices that an organisation makes itself, for its accountant to pay: the account, the reference, the amount.</summary>
internal sealed class TopUpInvoices(DocumentDesk desk, OrganisationQueries organisations, PaperContents contents, HouseAccounts accounts, JournalClock clock)
{
    /// <param name="commandId">The same again is the same invoice, in another year too; with another amount it is refused.</param>
    /// <param name="amount">More than zero.</param>
    public async Task<(Guid Document, Refusal? Refusal)> Issue(Guid commandId, Guid organisation, Money amount, CancellationToken ct)
    {
        if (amount.MinorUnits <= 0) return (default, new Refusal(PayoutRefusal.AmountNotPositive).About("amount"));
        if (accounts.In(amount.Currency) is not { } account) return (default, new Refusal(PayoutRefusal.NoHouseAccount, amount.Currency.Code));
        var payer = await organisations.ById(organisation, ct) ?? throw new InvalidOperationException($"Organisation {organisation:N} is not registered.");
        var id = CommandIds.Derived(CommandIds.TimeOf(commandId), $"front/invoice/{organisation:N}/{commandId:N}");
        var issued = await desk.Issue(
            DocumentKind.TopUpInvoice, id, clock.Now(), organisation.ToString("N"),
            new(
                PaperContents.Edition, new([contents.Platform, new("payer", organisation, payer.Name, payer.Bin)]),
                new([new DocumentSection("top-up", new([new("account", account.ToString()), new("reference", PaymentReference.For(payer.Bin).Grouped), new("total", amount)]))]), amount),
            ct);
        return issued.Content.Total == amount ? (id, null) : (default, JournalRefusal.CommandIdReused);
    }
}
