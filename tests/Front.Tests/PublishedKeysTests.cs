using System.Net;
using Ainalym.Front.Verbs;
using Ainalym.Settlement.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

public sealed class PublishedKeysTests(FrontServer server)
{
    [Fact]
    public async Task Everyone_may_fetch_the_keys_and_no_private_half_is_among_them()
    {
        var token = await server.App.Services.GetRequiredService<SigningKeys>().Sign("{}"u8.ToArray(), CancellationToken.None);
        using var visitor = server.Visitor();
        var answer = await visitor.GetAsync("/.well-known/jwks.json");
        (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).Should().Be((HttpStatusCode.OK, "application/jwk-set+json"));
        var keys = (await Task.FromResult(answer).Json()).GetProperty("keys").EnumerateArray().ToList();
        keys.Should().Contain(key => key.GetProperty("kid").GetString() == CompactJws.Read(token)!.Value.Header.Kid);
        keys.Should().OnlyContain(key => key.EnumerateObject().Select(member => member.Name).SequenceEqual(new[] { "kty", "crv", "x", "y", "use", "alg", "kid" }));
    }

    [Fact]
    public async Task Keys_are_rotated_by_a_verb()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-keys-").FullName;
        var answers = new StringWriter { NewLine = "\n" };
        for (var n = 0; n < 2; n++)
            (await AllVerbs.Find("rotate-keys")!.Run(new VerbCall(FrontOptions.Read(["rotate-keys", "--data", folder], _ => null, out _)!, FrontPorts.Embedded, answers, TextWriter.Null))).Should().Be(0);
        answers.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Should().HaveCount(2);
        Directory.Delete(folder, recursive: true);
    }
}
