namespace Ainalym.Kernel;

/// <summary>What a decider answers: the facts that now hold, or why nothing changed. Several refusals only where a whole document is checked.</summary>
public sealed class Decision<TEvent>
{
    private Decision(IReadOnlyList<TEvent> events, IReadOnlyList<Refusal> refusals) => (Events, Refusals) = (events, refusals);

    /// <summary>Empty for a refusal, and for a command that is already so.</summary>
    public IReadOnlyList<TEvent> Events { get; }

    public IReadOnlyList<Refusal> Refusals { get; }

    public Refusal? Refusal => Refusals.Count == 0 ? null : Refusals[0];

    /// <summary>It is already so: accepted, and no new fact.</summary>
    public static Decision<TEvent> Nothing { get; } = new([], []);

    public static implicit operator Decision<TEvent>(TEvent[] events) => new(events, []);
    public static implicit operator Decision<TEvent>(TEvent @event) => new([@event], []);
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], [refusal]);
    public static implicit operator Decision<TEvent>(Refusal[] refusals) =>
        refusals.Length == 0 ? throw new ArgumentException("A refused document names at least one problem.", nameof(refusals)) : new([], refusals);

    public static implicit operator Decision<TEvent>(Enum refusal) => new([], [new Refusal(refusal)]);
}
