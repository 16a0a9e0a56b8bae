using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Ainalym.Front.Tests;

public sealed class ApiDescription(FrontServer server)
{
    /// <summary>openapi.v1.json is what was approved. To approve a change, run this test with APPROVE_OPENAPI=1 and read the difference before committing it.</summary>
    [Fact]
    public async Task The_API_is_described_as_approved()
    {
        using var visitor = server.Visitor();
        var described = Tests(await visitor.GetStringAsync("/openapi/v1.json"));
        var file = Path.Combine(Here(), "openapi.v1.json");
        if (Environment.GetEnvironmentVariable("APPROVE_OPENAPI") == "1") await File.WriteAllTextAsync(file, described);
        described.Should().Be(await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Every_write_takes_an_idempotency_key_or_is_idempotent_by_itself_and_has_an_example()
    {
        string[] byThemselves = ["SignIn", "RefreshTokens", "RevokeTokens", "RecordHead"];
        using var visitor = server.Visitor();
        var paths = (await visitor.GetAsync("/openapi/v1.json").Json()).GetProperty("paths");
        var writes = paths.EnumerateObject().Where(path => !path.Name.Contains("no-storage", StringComparison.Ordinal) && !path.Name.Contains("bug", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject()).Where(operation => operation.Name is not "get").ToList();
        writes.Should().NotBeEmpty();
        foreach (var write in writes)
        {
            var id = write.Value.GetProperty("operationId").GetString()!;
            var takesKey = write.Value.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
            (takesKey || byThemselves.Contains(id)).Should().BeTrue($"{id} writes");
            if (write.Value.TryGetProperty("requestBody", out var body)) body.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _).Should().BeTrue($"{id} needs an example");
        }
    }

    /// <summary>Without the routes that only these tests map.</summary>
    private static string Tests(string document)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(document)!;
        foreach (var path in (string[])["/api/v1/no-storage", "/api/v1/bug", "/api/v1/ask"]) node["paths"]!.AsObject().Remove(path);
        return node.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
