using System.Security.Cryptography;

namespace Ainalym.Journal;

/// <summary>Random keys of the house, made at first use and shared by all its processes.</summary>
public sealed class Secrets(IDatabase database)
{
    private sealed record Row(byte[] Value);

    /// <summary>32 random bytes that belong to this name for ever.</summary>
    public async Task<byte[]> Get(string name, CancellationToken ct = default)
    {
        if (await Find(name, ct) is { } known) return known.Value;
        var fresh = RandomNumberGenerator.GetBytes(32);
        await database.Write(writing => writing.Run(
            "INSERT INTO secrets (name, value) SELECT @name, @fresh WHERE NOT EXISTS (SELECT 1 FROM secrets WHERE name = @name)", new { name, fresh }), ct);
        return (await Find(name, ct))!.Value;
    }

    private Task<Row?> Find(string name, CancellationToken ct) => database.Single<Row>("SELECT value AS Value FROM secrets WHERE name = @name", new { name }, ct);
}
