using System.Text.Json;
using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Settlement.Balances;

/// <summary>All accounts of one kind at the end of a day. A balance is credits less debits: what the house owes is positive.</summary>
public sealed record BalanceLine(string Kind, long Accounts, Money Debits, Money Credits, Money Balance);

/// <summary>What the house signs every day: the payload of the token, in this order and spelling.</summary>
/// <param name="Day">One of Kazakhstan's.</param>
/// <param name="Position">The last batch of the day ends here in the journal; the lines add up every posting up to it.</param>
/// <param name="ChainHash">The chain's hash there, in lower-case hex: whoever keeps the token can tell later whether anything before was changed.</param>
/// <param name="ClientMoney">What the house owes organisations and deals, and what it could not match with anybody yet.</param>
/// <param name="BankAndCard">What it has to pay that with.</param>
/// <param name="Sum">Of all balances: zero.</param>
public sealed record BalanceFigures(Currency Currency, DateOnly Day, long Position, string ChainHash, IReadOnlyList<BalanceLine> Lines, Money ClientMoney, Money BankAndCard, Money Sum)
{
    private static readonly HashSet<string> Clients = Names(AccountKind.Available, AccountKind.Escrow, AccountKind.Outgoing, AccountKind.Unmatched);
    private static readonly HashSet<string> Assets = Names(AccountKind.Bank, AccountKind.Card);

    public static BalanceFigures Of(Currency currency, DateOnly day, ChainEnd end, IReadOnlyList<TrialBalanceLine> lines)
    {
        return new(
            currency, day, end.Position, end.Hash,
            [.. lines.Select(line => new BalanceLine(line.Kind, line.Accounts, Money(line.DebitsMinor), Money(line.CreditsMinor), Money(line.BalanceMinor)))],
            Money(lines.Where(line => Clients.Contains(line.Kind)).Sum(line => line.BalanceMinor)),
            Money(-lines.Where(line => Assets.Contains(line.Kind)).Sum(line => line.BalanceMinor)),
            Money(lines.Sum(line => line.BalanceMinor)));

        Money Money(long minor) => new(minor, currency);
    }

    /// <summary>The bytes that are signed.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, SettlementJson.Default.BalanceFigures);

    /// <summary>The figures of a token's payload; null when it says something else.</summary>
    public static BalanceFigures? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, SettlementJson.Default.BalanceFigures);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HashSet<string> Names(params AccountKind[] kinds) => [.. kinds.Select(KebabCase.Name)];
}
