using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Balances;

/// <summary>What has happened to the days of a ledger. A day is one of Kazakhstan's.</summary>
public abstract record DailyBalanceEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

/// <summary>The ledger had its first transfer on this day.</summary>
public sealed record DaysBegun(DateOnly Day, DateTimeOffset At) : DailyBalanceEvent(At);

/// <summary>The day is over; its trial balance is now to be signed.</summary>
public sealed record DayEnded(DateOnly Day, DateTimeOffset At) : DailyBalanceEvent(At);

/// <summary>The trial balance of the end of the day is signed, and published with this fact.</summary>
/// <param name="Position">The last batch of the day ends here in the journal.</param>
/// <param name="ChainHash">The chain's hash there, in lower-case hex.</param>
/// <param name="Token">A compact JWS; its payload is the <see cref="BalanceFigures"/>, which name currency, day, position and hash too.</param>
public sealed record BalanceSigned(DateOnly Day, long Position, string ChainHash, string Token, DateTimeOffset At) : DailyBalanceEvent(At);
