namespace Ainalym.Kernel;

/// <summary>An order to one grain. Its id makes it idempotent: sent twice, it is done once and answered the same.</summary>
public interface ICommand
{
    /// <summary>A UUIDv7: made by the client for each thing it wants done, or derived from its cause.</summary>
    Guid CommandId { get; }
}
