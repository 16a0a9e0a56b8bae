using Ainalym.Contracts.Settlement;
using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Front;

/// <summary>What one module asks of another, answered by the other's queries. Modules do not know each other.</summary>
internal static class Ties
{
    public static HeldGuarantees HeldGuarantees(IDatabase db) => async (currency, lot, bidder, after, n, ct) =>
    {
        var holds = await new LedgerQueries(db).HoldsFor(currency, AccountId.Escrow(lot), bidder is { } one ? AccountId.Available(one) : null, after, n, ct);
        return [.. holds.Select(hold => new HeldGuarantee(TextValue.Parse<TransferId>(hold.Transfer), TextValue.Parse<AccountId>(hold.Debit).Owner, new Money(hold.AmountMinor, currency), hold.Reference))];
    };

    public static PayeeOf PayeeOf(OrganisationQueries organisations) => async (id, ct) => await organisations.ById(id, ct) is { } found ? new Payee(found.Name, found.Bin) : null;

    public static FreeMoney FreeMoney(IDatabase db) => async (currency, organisation, ct) => (await new Wallets(new LedgerQueries(db)).Of(organisation, currency, ct)).Available;
}
