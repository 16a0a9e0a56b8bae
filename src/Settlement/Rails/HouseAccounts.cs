using Ainalym.Kernel;

namespace Ainalym.Settlement.Rails;

/// <summary>An account of the house's own at its bank. It has one currency, whatever a statement says.</summary>
public sealed record HouseAccount(Iban Iban, Currency Currency)
{
    public override string ToString() => $"{Iban} {Currency}";
}

/// <summary>The house's own accounts at its bank. None: nothing can be taken in or paid.</summary>
/// <param name="Holder">In whose name they are.</param>
public sealed record HouseAccounts(IReadOnlyList<HouseAccount> All, string Holder)
{
    /// <summary>The one of this currency that payers are told and payouts come from: the first; null where there is none.</summary>
    public Iban? In(Currency currency) => All.FirstOrDefault(account => account.Currency == currency)?.Iban;

    /// <summary>Those that lots may be priced in and wallets are shown in: the house's accounts', and always the tenge, which a house that is being set up has no account in yet.</summary>
    public IEnumerable<Currency> Currencies => All.Select(account => account.Currency).Append(Currency.Kzt).Distinct();

    /// <summary>The currency of an account; null where it is not the house's.</summary>
    public Currency? CurrencyOf(Iban account) => All.FirstOrDefault(own => own.Iban == account)?.Currency;
}
