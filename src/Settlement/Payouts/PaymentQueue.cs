using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Payouts;

/// <summary>What a payment to a bank account is made for. Stored by name; a name never changes.</summary>
[JsonConverter(typeof(KebabCase<PaymentKind>))]
public enum PaymentKind
{
    /// <summary>An organisation's money goes to its own bank account.</summary>
    Payout,

    /// <summary>What came in for nobody known goes back to who paid it.</summary>
    Return,
}

/// <summary>What the house has a rail pay: at the bank, a line of a file.</summary>
/// <param name="Id">32 hex digits; the rail says them again (<c>EndToEndId</c>): the payout's id, or the entry's that is returned.</param>
/// <param name="Bin">Of the payee, where it is known.</param>
/// <param name="To">The payee's bank account; null where a return goes the way that the payment came, by <paramref name="Undoes"/>.</param>
/// <param name="Remittance">What the payee reads.</param>
/// <param name="Undoes">The rail's reference of the payment that is returned.</param>
public sealed record Payment(
    string Id, PaymentKind Kind, Money Amount, string Name, Bin? Bin, Iban? To, string Remittance, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Undoes = null);

/// <summary>What is to be paid from one account of the house: a payment waits until a file takes it, and no two files take the same.</summary>
/// <param name="Waiting">In the order in which they came.</param>
/// <param name="Files">How many were made.</param>
public sealed record PaymentQueue(ImmutableList<Payment> Waiting, long Files) : IState<PaymentQueue, PaymentQueueEvent>
{
    public static PaymentQueue Initial { get; } = new([], 0);

    public PaymentQueue Evolve(PaymentQueueEvent @event) => @event switch
    {
        PaymentQueued e => this with { Waiting = Waiting.Add(e.Payment) },
        PaymentTakenBack e => this with { Waiting = Waiting.RemoveAll(payment => payment.Id == e.Payment) },
        PaymentFileMade e when e.Number == Files + 1 => new(Without(e.Payments), e.Number),
        _ => throw new UnreachableException($"{@event} cannot follow file {Files}."),
    };

    private ImmutableList<Payment> Without(IEnumerable<string> payments)
    {
        var gone = payments.ToHashSet(StringComparer.Ordinal);
        return Waiting.RemoveAll(payment => gone.Contains(payment.Id));
    }
}

/// <summary>An order to the payments of one account.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(QueuePayment), "queue-payment")]
[JsonDerivedType(typeof(TakeBackPayment), "take-back-payment")]
[JsonDerivedType(typeof(MakePaymentFile), "make-payment-file")]
public abstract record PaymentQueueCommand(Guid CommandId) : ICommand;

/// <summary>Has it paid with the next file; sent by the follower.</summary>
public sealed record QueuePayment(Guid CommandId, Payment Payment) : PaymentQueueCommand(CommandId);

/// <summary>Takes a payment out of what waits, by its id; a return the operator's, a payout sent by the house for who ordered it.</summary>
public sealed record TakeBackPayment(Guid CommandId, string Payment) : PaymentQueueCommand(CommandId);

/// <summary>Puts what waits into a file; of more than <see cref="MostPayments"/>, those that have waited longest, and of several currencies those of the first.</summary>
public sealed record MakePaymentFile(Guid CommandId) : PaymentQueueCommand(CommandId)
{
    public const int MostPayments = 1_000;

    /// <summary>Read by the server: in whose name the account is.</summary>
    public string? Holder { get; init; }
}

public enum PaymentQueueRefusal
{
    /// <summary>A file would be empty.</summary>
    NothingToPay,

    /// <summary>The payment is in a file already, or was never to be made.</summary>
    NotWaiting,
}

public abstract record PaymentQueueEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

public sealed record PaymentQueued(Payment Payment, DateTimeOffset At) : PaymentQueueEvent(At);

/// <param name="Payment">By its id.</param>
public sealed record PaymentTakenBack(string Payment, DateTimeOffset At) : PaymentQueueEvent(At);

/// <param name="Number">1, 2, 3, for each account.</param>
/// <param name="Payments">Those that waited longest, all of one currency, by their ids.</param>
/// <param name="Holder">In whose name the account was; the first files that were made did not say it.</param>
public sealed record PaymentFileMade(long Number, EqualList<string> Payments, Money Sum, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Holder = null) : PaymentQueueEvent(At);

/// <summary>The rules of the payments: each once, and in one file.</summary>
public static class PaymentQueueDecider
{
    public static Decision<PaymentQueueEvent> Decide(PaymentQueue queue, PaymentQueueCommand command, DateTimeOffset now) => command switch
    {
        QueuePayment add => new PaymentQueued(add.Payment, now),
        TakeBackPayment back => queue.Waiting.Exists(payment => payment.Id == back.Payment) ? new PaymentTakenBack(back.Payment, now) : PaymentQueueRefusal.NotWaiting,
        MakePaymentFile when queue.Waiting.IsEmpty => PaymentQueueRefusal.NothingToPay,
        MakePaymentFile make => Make(queue, make.Holder, now),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."),
    };

    private static Decision<PaymentQueueEvent> Make(PaymentQueue queue, string? holder, DateTimeOffset now)
    {
        Payment[] taken = [.. queue.Waiting.Where(payment => payment.Amount.Currency == queue.Waiting[0].Amount.Currency).Take(MakePaymentFile.MostPayments)];
        return new PaymentFileMade(queue.Files + 1, new([.. taken.Select(payment => payment.Id)]), taken.Select(payment => payment.Amount).Aggregate((sum, amount) => sum + amount), now, holder);
    }
}

public static class PaymentQueueGrain
{
    /// <summary>The payments of one account of the house, called by its IBAN. The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<PaymentQueue, PaymentQueueCommand, PaymentQueueEvent, PaymentQueueRefusal> Kind = new(
        Name: "settlement/payment-queue",
        Initial: PaymentQueue.Initial,
        Decide: PaymentQueueDecider.Decide,
        Permission: (command, caller) => caller.Is(command switch
        {
            MakePaymentFile => Roles.Operator,
            TakeBackPayment => Roles.Operator | Roles.House,
            _ => Roles.House,
        }),
        Events:
        [
            EventName.Of("settlement.payment-queued.v1", SettlementJson.Readable.PaymentQueued),
            EventName.Of("settlement.payment-taken-back.v1", SettlementJson.Default.PaymentTakenBack),
            EventName.Of("settlement.payment-file-made.v1", SettlementJson.Readable.PaymentFileMade),
        ],
        Commands: SettlementJson.Default.PaymentQueueCommand,
        Rows: PaymentQueueRows.From,
        RowTables: [PaymentQueueRows.Payments, PaymentQueueRows.Files],
        Said: command => command is MakePaymentFile make ? make with { Holder = null } : command);
}

/// <summary>The rows that commit with the payments of an account.</summary>
public static class PaymentQueueRows
{
    public static RowTable Payments { get; } = new("payments", ["payment_id"], ["account", "kind", "currency", "amount_minor", "name", "bin", "to_account", "remittance", "queued_at_ms", "place", "file_number"]);

    public static RowTable Files { get; } = new("payment_files", ["account", "file_number"], ["currency", "sum_minor", "payments", "made_at_ms", "holder"]);

    private static readonly RowShape Queued = Payments.Added();
    private static readonly RowShape NotQueued = Payments.Gone();
    private static readonly RowShape Taken = Payments.Part("file_number");
    private static readonly RowShape Made = Files.Added();

    public static IEnumerable<Row> From(string account, PaymentQueue after, IReadOnlyList<Recorded<PaymentQueueEvent>> events)
    {
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case PaymentQueued { Payment: var payment } e:
                    yield return Queued.Row(
                        payment.Id, account, KebabCase.Name(payment.Kind), payment.Amount.Currency.Code, payment.Amount.MinorUnits, payment.Name, payment.Bin?.ToString(), payment.To?.ToString(),
                        payment.Remittance, e.At, recorded.Version, Cell.Null);
                    break;
                case PaymentTakenBack e:
                    yield return NotQueued.Row(e.Payment);
                    break;
                case PaymentFileMade e:
                    yield return Made.Row(account, e.Number, e.Sum.Currency.Code, e.Sum.MinorUnits, e.Payments.Count, e.At, e.Holder);
                    foreach (var id in e.Payments) yield return Taken.Row(id, e.Number);
                    break;
            }
        }
    }
}
