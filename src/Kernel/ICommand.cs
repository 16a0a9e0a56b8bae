namespace Ainalym.Kernel;

/// <summary>An order to one grain. Its id makes it idempotent: sent twice, it is done once and answered the same.</summary>
public interface ICommand
{
    /// <summary>A UUIDv7: made by the client for each thing it wants done, or derived from its cause.</summary>
    Guid CommandId { get; }
}

/// <summary>An order that the house sends itself once its time has come. It is decided no earlier than it was due, though the clock where it is decided may be behind that of who sent it.</summary>
public interface IDueCommand : ICommand
{
    /// <summary>In whole milliseconds.</summary>
    DateTimeOffset Due { get; }
}
