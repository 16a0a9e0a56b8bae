using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ainalym.Journal.Storage;

/// <summary>The end of the journal.</summary>
internal readonly record struct Head(long Position, long AtMs, byte[] Hash)
{
    public static readonly byte[] FirstHash = new byte[SHA256.HashSizeInBytes];
}

/// <summary>An event as it lies in the journal.</summary>
internal sealed record StoredEvent(long Position, long Stream, string StreamName, long Version, string Name, byte[] Data, Guid CommandId, string Caller, long AtMs);

/// <summary>The first answer to a command.</summary>
internal sealed record StoredReceipt(Guid CommandId, byte[] Digest, long Stream, long Version, int Events, string? Answer, long AtMs);

/// <summary>A stream as a grain loads it: its snapshot, if a usable one is there, and where to go on.</summary>
internal readonly record struct StoredSnapshot(long Version, byte[] State);

/// <summary>
/// The chain over the journal: h(p) = SHA-256(h(p−1) ‖ fields of p), each field preceded by its length, so that no two journals give the same text. It does not depend on
/// how events were cut into batches or on stream numbers.
/// </summary>
internal sealed class HashChain
{
    private byte[] buffer = new byte[4096];

    public void Next(Span<byte> hash, StoredEvent e) =>
        Next(hash, e.Position, e.StreamName, e.Version, e.Name, e.Data, e.CommandId, e.Caller, e.AtMs);

    /// <param name="hash">In: the hash at position − 1; out: at position. 32 bytes.</param>
    public void Next(Span<byte> hash, long position, string stream, long version, string name, ReadOnlySpan<byte> data, Guid commandId, string caller, long atMs)
    {
        var most = 32 + (8 * 4) + (3 * (stream.Length + name.Length + caller.Length)) + data.Length + 24 + 16 + 32;
        if (buffer.Length < most) buffer = new byte[most * 2];
        hash.CopyTo(buffer);
        var at = 32;
        at = Number(at, position);
        at = Text(at, stream);
        at = Number(at, version);
        at = Text(at, name);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), data.Length);
        data.CopyTo(buffer.AsSpan(at + 4));
        at += 4 + data.Length;
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), 16);
        commandId.TryWriteBytes(buffer.AsSpan(at + 4), bigEndian: true, out _);
        at += 20;
        at = Text(at, caller);
        at = Number(at, atMs);
        SHA256.HashData(buffer.AsSpan(0, at), hash);
    }

    private int Number(int at, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), 8);
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(at + 4), value);
        return at + 12;
    }

    private int Text(int at, string value)
    {
        var length = Encoding.UTF8.GetBytes(value, buffer.AsSpan(at + 4));
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), length);
        return at + 4 + length;
    }
}
