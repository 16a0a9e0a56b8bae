using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Balances;

/// <summary>An order to the days of one ledger. Only the house sends it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(BeginDays), "begin-days")]
[JsonDerivedType(typeof(EndDay), "end-day")]
[JsonDerivedType(typeof(SignBalance), "sign-balance")]
public abstract record DailyBalanceCommand(Guid CommandId) : ICommand;

/// <summary>The ledger has its first transfer.</summary>
public sealed record BeginDays(Guid CommandId, DateOnly Day) : DailyBalanceCommand(CommandId);

/// <summary>Ends the running day; sent by its reminder.</summary>
/// <param name="Due">When the reminder was due.</param>
public sealed record EndDay(Guid CommandId, DateTimeOffset Due) : DailyBalanceCommand(CommandId), IDueCommand;

/// <summary>Puts down the signed balance of a day. What was worked out and signed is the server's; a repeat may bear another signature and is the same order.</summary>
public sealed record SignBalance(Guid CommandId, DateOnly Day, long Position, string ChainHash, string Token) : DailyBalanceCommand(CommandId)
{
    public static DailyBalanceCommand Said(DailyBalanceCommand command) => command is SignBalance sign ? sign with { Position = 0, ChainHash = "", Token = "" } : command;
}

/// <summary>Why an order about a ledger's days was not taken.</summary>
public enum DailyBalanceRefusal
{
    /// <summary>The ledger has no days yet.</summary>
    NotBegun,

    /// <summary>They have begun before.</summary>
    AlreadyBegun,

    /// <summary>Fact: when it is over.</summary>
    DayNotOver,

    /// <summary>One balance for a day.</summary>
    AlreadySigned,

    /// <summary>Days are signed in their order; fact: the one that comes first.</summary>
    EarlierDayUnsigned,
}
