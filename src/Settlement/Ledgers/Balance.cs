namespace Ainalym.Settlement.Ledgers;

/// <summary>What has gone through an account, in minor units, each of the four from zero up. What is pending is not in what is posted.</summary>
/// <param name="Last">The number of the ledger's event that last posted to it; 0 for none.</param>
public readonly record struct Balance(long DebitsPosted, long CreditsPosted, long DebitsPending, long CreditsPending, long Last = 0)
{
    /// <summary>Credits less debits, of what was posted. What the house owes is positive, what it has is negative.</summary>
    public long Posted => CreditsPosted - DebitsPosted;

    /// <summary>What may still be taken from an account: what is held is not free.</summary>
    public long Free => CreditsPosted - DebitsPosted - DebitsPending;

    /// <summary>What may still be added to an account that may not go above zero.</summary>
    public long Room => DebitsPosted - CreditsPosted - CreditsPending;

    /// <summary>So much more on one side still fits into 64 bits, together with what is pending there.</summary>
    public bool Takes(Side side, long amount) => side == Side.Debit
        ? amount <= long.MaxValue - DebitsPosted - DebitsPending
        : amount <= long.MaxValue - CreditsPosted - CreditsPending;

    public Balance Post(Side side, long amount, long number) =>
        side == Side.Debit ? this with { DebitsPosted = DebitsPosted + amount, Last = number } : this with { CreditsPosted = CreditsPosted + amount, Last = number };

    public Balance Hold(Side side, long amount) => side == Side.Debit ? this with { DebitsPending = DebitsPending + amount } : this with { CreditsPending = CreditsPending + amount };

    public Balance LetGo(Side side, long amount) => Hold(side, -amount);
}

public enum Side { Debit, Credit }
