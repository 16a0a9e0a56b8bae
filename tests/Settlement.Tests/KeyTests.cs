using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Settlement.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>What the house signs can be checked by anyone, with nothing but what it publishes.</summary>
public sealed class KeyTests : IDisposable
{
    private static readonly byte[] Payload = """{"sum":0}"""u8.ToArray();
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-keys-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>RFC 7515, appendix A.3, with the key as it stands there.</summary>
    [Fact]
    public void The_example_of_the_standard_is_checked()
    {
        const string Token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        using var key = PublishedKey.Of("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0").Open();
        CompactJws.IsSignedBy(Token, key).Should().BeTrue();
        CompactJws.IsSignedBy(Token.Replace(".eyJpc3M", ".eyJpc3N", StringComparison.Ordinal), key).Should().BeFalse();
    }

    [Fact]
    public async Task A_token_is_checked_with_the_published_keys_alone()
    {
        await using var stepping = Open();
        var keys = SigningKeys.Of(stepping.House);
        var token = await keys.Sign(Payload, Ct);
        using var document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(await keys.Published(Ct), SettlementJson.Default.PublishedKeys));
        var published = document.RootElement.GetProperty("keys").EnumerateArray().Should().ContainSingle().Subject;
        (Text("kty"), Text("crv"), Text("alg"), Text("use")).Should().Be(("EC", "P-256", "ES256", "sig"));

        var parts = token.Split('.');
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        (header.RootElement.GetProperty("alg").GetString(), header.RootElement.GetProperty("kid").GetString()).Should().Be(("ES256", Text("kid")));
        Base64Url.DecodeFromChars(parts[1]).Should().Equal(Payload);
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{Text("x")}}","y":"{{Text("y")}}"}"""))).Should().Be(Text("kid"));
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64Url.DecodeFromChars(Text("x")), Y = Base64Url.DecodeFromChars(Text("y")) } });
        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256).Should().BeTrue();

        string Text(string name) => published.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task A_changed_token_and_another_key_are_found()
    {
        await using var stepping = Open();
        var keys = SigningKeys.Of(stepping.House);
        var token = await keys.Sign(Payload, Ct);
        var parts = token.Split('.');
        (await keys.IsOurs(token, Ct)).Should().BeTrue();
        var changed = $"{parts[0]}.{Base64Url.EncodeToString("""{"sum":1}"""u8)}.{parts[2]}";
        (await keys.IsOurs(changed, Ct)).Should().BeFalse();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (await keys.IsOurs(CompactJws.Sign(Payload, PublishedKey.Of(stranger).Kid, stranger), Ct)).Should().BeFalse("nobody knows the key");
        var kid = KidOf(token);
        (await keys.IsOurs(CompactJws.Sign(Payload, kid, stranger), Ct)).Should().BeFalse("it only bears the name of ours");
        var unsigned = $"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{parts[1]}.{parts[2]}";
        (await keys.IsOurs(unsigned, Ct)).Should().BeFalse();
        foreach (var junk in (string[])["", "a", "a.b", "..", "a.b.c", token + ".x", "!.!.!"]) (await keys.IsOurs(junk, Ct)).Should().BeFalse();
    }

    [Fact]
    public async Task A_key_signs_for_a_year_and_stays_published()
    {
        await using var stepping = Open();
        var keys = SigningKeys.Of(stepping.House);
        var first = await keys.Sign(Payload, Ct);
        stepping.SetClock(Noon + SigningKeys.Life - TimeSpan.FromMilliseconds(1));
        KidOf(await keys.Sign(Payload, Ct)).Should().Be(KidOf(first));
        stepping.SetClock(Noon + SigningKeys.Life);
        var second = await keys.Sign(Payload, Ct);
        KidOf(second).Should().NotBe(KidOf(first));
        stepping.SetClock(Noon + SigningKeys.Life + TimeSpan.FromDays(1));
        var rotated = await keys.Rotate(Ct);
        KidOf(await keys.Sign(Payload, Ct)).Should().Be(rotated.Kid);
        (await keys.Published(Ct)).Keys.Select(key => key.Kid).Should().Equal(rotated.Kid, KidOf(second), KidOf(first));
        (await keys.IsOurs(first, Ct)).Should().BeTrue();
    }

    [Fact]
    public async Task Two_processes_on_one_folder_sign_with_one_key()
    {
        await using var one = Open();
        await using var other = Open();
        House[] houses = [one.House, other.House];
        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => SigningKeys.Of(houses[n % 2]).Sign(Payload, Ct))));
        tokens.Select(KidOf).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        (await SigningKeys.Of(other.House).Published(Ct)).Keys.Should().ContainSingle();

        await Task.WhenAll(houses.Select(house => SigningKeys.Of(house).Rotate(Ct)));
        (await one.House.Database.Single<long>("SELECT CAST(COUNT(*) AS BIGINT) FROM signing_keys WHERE retired_at_ms IS NULL", ct: Ct)).Should().Be(1);
    }

    [Fact]
    public async Task The_private_half_lies_sealed_and_a_lost_seal_is_told()
    {
        await using (var stepping = Open())
        {
            await SigningKeys.Of(stepping.House).Sign(Payload, Ct);
            var lies = Convert.FromBase64String((await stepping.House.Database.Single<string>("SELECT sealed FROM signing_keys", ct: Ct))!);
            using var key = ECDsa.Create();
            var read = () => key.ImportPkcs8PrivateKey(lies, out _);
            read.Should().Throw<CryptographicException>();
        }

        Directory.Delete(Path.Combine(folder, "keys"), recursive: true);
        await using var later = Open();
        var keys = SigningKeys.Of(later.House);
        var sign = () => keys.Sign(Payload, Ct);
        await sign.Should().ThrowAsync<StorageException>().WithMessage("*rotate-keys*");
        await keys.Rotate(Ct);
        (await keys.IsOurs(await keys.Sign(Payload, Ct), Ct)).Should().BeTrue();
    }

    private static string KidOf(string token) => CompactJws.Read(token)!.Value.Header.Kid!;

    private SteppingHouse Open() => SteppingHouse.Open([SettlementModule.Module], new HouseOptions(folder), Noon, NullLoggerFactory.Instance);
}
