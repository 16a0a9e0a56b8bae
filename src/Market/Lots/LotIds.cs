using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>A lot's id is made of the command that publishes it, so that a repeated command is the same lot; nobody can choose another's.</summary>
public static class LotIds
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static Guid From(Guid commandId, Caller caller)
    {
        Span<byte> bytes = stackalloc byte[16];
        commandId.TryWriteBytes(bytes, bigEndian: true, out _);
        var ms = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        return CommandIds.Derived(DateTimeOffset.FromUnixTimeMilliseconds(commandId.Version == 7 ? Math.Min(ms, Latest) : 0), $"market/lot/{caller.Organisation:N}/{commandId:N}");
    }
}
