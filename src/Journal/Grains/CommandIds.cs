using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ainalym.Journal;

/// <summary>Command ids are UUIDv7 (RFC 9562), kept as 16 big-endian bytes, so that they sort by time and the receipts grow at one end.</summary>
public static class CommandIds
{
    public static Guid New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time in a UUIDv7; the Unix epoch for another id.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(id.Version == 7 ? Math.Min(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16, Latest) : 0);
    }

    /// <summary>The id of a command that the house sends itself: the time of its cause and a hash of the cause, so that the same cause always gives the same id.</summary>
    public static Guid Derived(DateTimeOffset causedAt, string cause)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(cause), hash);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, causedAt.ToUnixTimeMilliseconds() << 16);
        hash[..10].CopyTo(id[6..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }
}
