using System.Security.Cryptography;

namespace Ainalym.Journal.Data;

/// <summary>Files by what is in them: <c>name/ab/abcd…</c> in the data folder, called by the SHA-256 of their content, written once and never changed. Several processes may share a shelf.</summary>
public class ContentShelf(string dataFolder, string name)
{
    private readonly string folder = Path.Combine(dataFolder, name);

    /// <summary>Puts it there, unless it is there already.</summary>
    /// <returns>Its name.</returns>
    public string Put(byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var path = PathOf(hash);
        if (File.Exists(path)) return hash;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = $"{path}.{Path.GetRandomFileName()}";
        using (var file = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
        return hash;
    }

    /// <summary>Where it stands, or null.</summary>
    public string? Find(string hash) => IsHash(hash) && PathOf(hash) is var path && File.Exists(path) ? path : null;

    /// <summary>What was sent, and no more than one byte above the limit, so that too much is noticed and not kept.</summary>
    public static async Task<byte[]> Read(Stream sent, int most, CancellationToken ct)
    {
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (read.Length <= most && await sent.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most + 1 - read.Length)), ct) is > 0 and var count) read.Write(buffer, 0, count);
        return read.ToArray();
    }

    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private string PathOf(string hash) => Path.Combine(folder, hash[..2], hash);
}
