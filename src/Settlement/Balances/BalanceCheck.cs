using Ainalym.Settlement.Keys;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Settlement.Balances;

/// <summary>Checks a signed trial balance against the house's keys and against the journal, out of every posting anew.</summary>
public sealed class BalanceCheck(SigningKeys keys, DailyBalanceQueries balances, LedgerQueries ledgers)
{
    /// <returns>What differs; null when nothing does.</returns>
    public async Task<string?> Difference(string token, CancellationToken ct)
    {
        if (CompactJws.Read(token) is not { } said) return "it is no token: three parts of base64url with full stops between them, signed with ES256";
        if (!await keys.IsOurs(token, ct)) return $"the signature is not of a key that this house has published (kid {said.Header.Kid ?? "not named"})";
        if (BalanceFigures.Read(said.Payload) is not { } figures) return "the token is signed, but says no trial balance";
        if (await balances.BatchEnd(figures.Position, ct) is not { } end) return $"no batch of this journal ends at position {figures.Position}";
        if (end.Hash != figures.ChainHash) return $"the chain's hash at position {figures.Position} is {end.Hash}, the token says {figures.ChainHash}";

        var found = BalanceFigures.Of(figures.Currency, figures.Day, end, await ledgers.TrialBalance(figures.Currency, end.Position, ct));
        if (found.Write().AsSpan().SequenceEqual(said.Payload)) return null;
        var kinds = figures.Lines.Concat(found.Lines).Select(line => line.Kind).Distinct(StringComparer.Ordinal);
        return kinds.Select(kind => (Said: Line(figures, kind), Found: Line(found, kind))).FirstOrDefault(pair => pair.Said != pair.Found) is (var then, var now) && then != now
            ? $"the postings give {Text(now)}, the token says {Text(then)}"
            : $"the postings give client money {found.ClientMoney}, bank and card {found.BankAndCard}, sum {found.Sum}; the token says {figures.ClientMoney}, {figures.BankAndCard}, {figures.Sum}";
    }

    private static BalanceLine? Line(BalanceFigures figures, string kind) => figures.Lines.FirstOrDefault(line => line.Kind == kind);

    private static string Text(BalanceLine? line) => line is null ? "no such line" : $"{line.Kind} {line.Accounts} debits {line.Debits} credits {line.Credits} balance {line.Balance}";
}
