using Ainalym.Journal.Lanes;

namespace Ainalym.Journal.Grains;

/// <summary>A receipt on its way to the process that asked: events as the journal writes them, refusals as receipts keep them (null: accepted).</summary>
internal sealed record CarriedReceipt(long Version, long Position, long AtMs, bool Repeated, IReadOnlyList<CarriedEvent> Events, string? Refusals)
{
    public static CarriedReceipt Of<TEvent>(Receipt<TEvent> receipt, Catalogue catalogue)
        where TEvent : class => new(
            receipt.Version,
            receipt.Position,
            receipt.At.ToUnixTimeMilliseconds(),
            receipt.Repeated,
            [.. receipt.Events.Select(e => CarriedEvent.Of(e, catalogue.For(e.GetType())))],
            receipt.Refusals.Count == 0 ? null : Answers.Write(receipt.Refusals));

    public Receipt<TEvent> For<TEvent>(Guid commandId, GrainKind kind)
        where TEvent : class => new(
            commandId,
            Version,
            Position,
            DateTimeOffset.FromUnixTimeMilliseconds(AtMs),
            [.. Events.Select(e => (TEvent)kind.Catalogue.For(e.Name).Read(e.Data))],
            Refusals is null ? [] : Answers.Read(Refusals, kind))
        {
            Repeated = Repeated,
        };
}

/// <summary>An event as it lies in the journal.</summary>
internal readonly record struct CarriedEvent(string Name, byte[] Data)
{
    public static CarriedEvent Of(object @event, EventName name) => new(name.Name, name.Write(@event));
}
