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
        string[] byThemselves = ["SignIn", "RefreshTokens", "RevokeTokens", "RecordHead", "UploadPhoto", "UploadEvidence", "TakeStatement"];
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
            if (write.Value.TryGetProperty("requestBody", out var body)) body.GetProperty("content").EnumerateObject().Single().Value.TryGetProperty("example", out _).Should().BeTrue($"{id} needs an example");
        }
    }

    [Fact]
    public async Task Every_body_has_an_example_that_its_schema_knows_and_every_parameter_a_meaning()
    {
        using var visitor = server.Visitor();
        var document = JsonDocument.Parse(Tests(await visitor.GetStringAsync("/openapi/v1.json"))).RootElement;
        var problems = new List<string>();
        var bodies = 0;
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value))
        {
            var id = operation.GetProperty("operationId").GetString()!;
            if (operation.TryGetProperty("parameters", out var parameters))
                problems.AddRange(parameters.EnumerateArray().Where(parameter => !parameter.TryGetProperty("description", out _)).Select(parameter => $"{id}: {parameter.GetProperty("name")} has no description"));
            var holders = operation.GetProperty("responses").EnumerateObject().Select(response => response.Value).ToList();
            if (operation.TryGetProperty("requestBody", out var request)) holders.Add(request);
            foreach (var media in holders.SelectMany(Content))
            {
                bodies++;
                if (media.Value.TryGetProperty("example", out var example)) Misfits(document, media.Value.GetProperty("schema"), example, $"{id} {media.Name}", problems);
                else problems.Add($"{id} {media.Name} has no example");
            }
        }

        problems.Should().BeEmpty();
        bodies.Should().BeGreaterThan(50);
    }

    private static IEnumerable<JsonProperty> Content(JsonElement holder) => holder.TryGetProperty("content", out var content) ? content.EnumerateObject() : [];

    /// <summary>Names in the example that the schema does not have, and required ones that it lacks.</summary>
    private static void Misfits(JsonElement document, JsonElement schema, JsonElement example, string at, List<string> problems)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("oneOf", out var several))
        {
            var fitting = several.EnumerateArray().FirstOrDefault(one => one.TryGetProperty("$ref", out _));
            if (fitting.ValueKind == JsonValueKind.Object) Misfits(document, fitting, example, at, problems);
            return;
        }

        if (example.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var (n, item) in example.EnumerateArray().Index()) Misfits(document, items, item, $"{at}[{n}]", problems);
        if (example.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties)) return;
        foreach (var property in example.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out var inner)) Misfits(document, inner, property.Value, $"{at}.{property.Name}", problems);
            else if (!schema.TryGetProperty("additionalProperties", out _)) problems.Add($"{at}: the schema has no {property.Name}");
        }

        if (schema.TryGetProperty("required", out var required))
            problems.AddRange(required.EnumerateArray().Where(name => !example.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}: the example lacks {name}"));
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
