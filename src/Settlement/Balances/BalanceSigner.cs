using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Keys;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Settlement.Balances;

/// <summary>
/// Lets a ledger's days begin with its first transfer, and signs the trial balance of each day that has ended. One process at a time has the turn. After an outage the days that are missing end one after
/// the other and are signed here in their order, each as it was at its own end.
/// </summary>
public sealed class BalanceSigner(House house) : Follower("settlement/daily-balance")
{
    private readonly DailyBalanceQueries balances = new(house.Database);
    private readonly LedgerQueries ledgers = new(house.Database);
    private readonly Lazy<SigningKeys> keys = new(() => SigningKeys.Of(house));

    public override Task Handle(Envelope envelope, CancellationToken ct) => envelope.Event switch
    {
        LedgerEvent when envelope.Version == 1 => Send(envelope, new BeginDays(CommandIdFor(envelope), FactText.DayOf(envelope.At)), ct),
        DayEnded ended => Sign(envelope, ended.Day, ct),
        _ => Task.CompletedTask,
    };

    /// <exception cref="InvalidOperationException">The postings and the balances differ, so that client money and what it is owed to do not agree: the house does not put its name under it, and says so until it was looked into.</exception>
    private async Task Sign(Envelope envelope, DateOnly day, CancellationToken ct)
    {
        var currency = TextValue.Parse<Currency>(envelope.Id);
        var end = await balances.LastBatch(envelope.Position, DailyBalanceDecider.EndOf(day), ct);
        var lines = await ledgers.TrialBalance(currency, end.Position, ct);
        if (TrialBalanceLine.Problem(lines, currency) is { } problem) throw new InvalidOperationException($"The trial balance in {currency} of {day:O} is not signed: {problem}; run 'verify'.");
        var figures = BalanceFigures.Of(currency, day, end, lines);
        var token = await keys.Value.Sign(figures.Write(), ct);
        await Send(envelope, new SignBalance(CommandIdFor(envelope), day, end.Position, end.Hash, token), ct);
    }

    /// <summary>A refusal says that it was done before, and is no reason to stop.</summary>
    private Task Send(Envelope cause, DailyBalanceCommand command, CancellationToken ct) => house.Grains.Handle(DailyBalanceGrain.Kind, cause.Id, command, Caller.House, ct);
}
