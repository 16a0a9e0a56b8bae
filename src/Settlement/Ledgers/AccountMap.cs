using System.Collections;
using System.Collections.Immutable;
using Ainalym.Contracts.Settlement;

namespace Ainalym.Settlement.Ledgers;

/// <summary>
/// Balances by account: those that the ledger came into memory with, which never change, and over them those that have changed since. So a million accounts load as fast as they are read,
/// and a change copies little. Immutable.
/// </summary>
public sealed class AccountMap : IEnumerable<KeyValuePair<AccountId, Balance>>
{
    private readonly Dictionary<AccountId, Balance> loaded;
    private readonly ImmutableDictionary<AccountId, Balance> changed;

    /// <param name="loaded">Belongs to the map from now on.</param>
    public AccountMap(Dictionary<AccountId, Balance> loaded)
        : this(loaded, ImmutableDictionary<AccountId, Balance>.Empty)
    {
    }

    private AccountMap(Dictionary<AccountId, Balance> loaded, ImmutableDictionary<AccountId, Balance> changed) => (this.loaded, this.changed) = (loaded, changed);

    public static AccountMap Empty { get; } = new([]);

    /// <summary>All zero for an account that nothing has touched.</summary>
    public Balance this[AccountId account] => changed.TryGetValue(account, out var balance) ? balance : loaded.GetValueOrDefault(account);

    public AccountMap With(AccountId one, Balance first, AccountId other, Balance second) => new(loaded, changed.SetItem(one, first).SetItem(other, second));

    public IEnumerator<KeyValuePair<AccountId, Balance>> GetEnumerator() => changed.Concat(loaded.Where(pair => !changed.ContainsKey(pair.Key))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
