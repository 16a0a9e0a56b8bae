namespace Ainalym.Front.Demo;

/// <summary>How far the sale of one lot of the demo has come, in the order of the way.</summary>
internal enum DemoFate
{
    /// <summary>Nobody's doing: what comes of it comes of its bids.</summary>
    Open,

    /// <summary>Awarded within the last day.</summary>
    Standstill,

    /// <summary>The seller has complained against the award.</summary>
    Complained,

    /// <summary>The seller has accepted the contract, the buyer not yet.</summary>
    Contract,

    /// <summary>Both have; the buyer is to pay.</summary>
    Unpaid,

    /// <summary>The buyer has let the time to pay pass.</summary>
    Defaulted,

    /// <summary>He has, and the second bidder is asked.</summary>
    Offered,

    /// <summary>Paid, and a pick-up day is proposed.</summary>
    Paid,

    /// <summary>Picked up and weighed once.</summary>
    Weighed,

    /// <summary>The scale shows much less than was awarded: the seller is to answer.</summary>
    Received,

    /// <summary>He disputes it.</summary>
    Disputed,

    /// <summary>Gone the whole way.</summary>
    Settled,
}

/// <summary>
/// Which lots come how far, and when they were awarded for that. Each stands where it does on every day of the year: its last step is younger than the least that a deadline of one working day gives,
/// and who has defaulted has had the longest holidays to pay in.
/// </summary>
internal static class DemoFates
{
    /// <summary>More than the time to pay takes over any holidays.</summary>
    public static TimeSpan TimeToDefault { get; } = TimeSpan.FromDays(14);

    private static readonly DemoFate[] Turns =
    [
        DemoFate.Settled, DemoFate.Standstill, DemoFate.Unpaid, DemoFate.Open, DemoFate.Received, DemoFate.Contract, DemoFate.Paid, DemoFate.Settled, DemoFate.Disputed, DemoFate.Defaulted, DemoFate.Weighed, DemoFate.Open, DemoFate.Complained,
        DemoFate.Offered,
    ];

    public static DemoFate Of(int n) => Turns[n % Turns.Length];

    /// <summary>How long ago its lot closed at least, so that all its steps are done and the next is not; at most an hour and a half more.</summary>
    public static TimeSpan SinceAward(DemoFate fate) => fate switch
    {
        DemoFate.Standstill => TimeSpan.FromHours(5),
        DemoFate.Complained => TimeSpan.FromHours(4),
        DemoFate.Contract => TimeSpan.FromHours(26),
        DemoFate.Unpaid => TimeSpan.FromHours(32),
        DemoFate.Paid => TimeSpan.FromHours(41),
        DemoFate.Weighed => TimeSpan.FromHours(50),
        DemoFate.Received => TimeSpan.FromHours(56),
        DemoFate.Disputed => TimeSpan.FromHours(62),
        DemoFate.Defaulted => TimeToDefault,
        DemoFate.Offered => TimeToDefault + TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(5),
    };
}
