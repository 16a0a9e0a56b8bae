using System.Collections.Immutable;

namespace Ainalym.Market.Lots;

/// <summary>Which of a bidder's guarantees for a lot it is: each description and each return after a withdrawal asks for one of its own.</summary>
/// <param name="Revision">The description it was given for.</param>
/// <param name="Withdrawals">How often the bidder had withdrawn before.</param>
public sealed record GivenGuarantee(int Revision, int Withdrawals)
{
    /// <summary>It was asked for later: a lot asks for an older one never again.</summary>
    public bool IsNewerThan(GivenGuarantee other) => Revision > other.Revision || (Revision == other.Revision && Withdrawals > other.Withdrawals);
}

/// <summary>A bidder who has taken a guarantee back.</summary>
/// <param name="IsOut">He has not bid since.</param>
public sealed record Withdrawal(Guid BidderId, int Times, bool IsOut);

/// <summary>The few bidders of a lot who have taken a guarantee back.</summary>
public sealed record Withdrawals(ImmutableArray<Withdrawal> All)
{
    public static Withdrawals None { get; } = new([]);

    /// <summary>Null for one who never did.</summary>
    public Withdrawal? Of(Guid bidder)
    {
        foreach (var one in All)
            if (one.BidderId == bidder) return one;
        return null;
    }

    public Withdrawals With(Guid bidder) => Of(bidder) is { } known ? new(All.Replace(known, known with { Times = known.Times + 1, IsOut = true })) : new(All.Add(new(bidder, 1, IsOut: true)));

    /// <summary>The bidder has bid again.</summary>
    public Withdrawals Returned(Guid bidder) => Of(bidder) is { IsOut: true } known ? new(All.Replace(known, known with { IsOut = false })) : this;

    public bool Equals(Withdrawals? other) => other is not null && All.AsSpan().SequenceEqual(other.All.AsSpan());

    public override int GetHashCode() => All.Length;
}
