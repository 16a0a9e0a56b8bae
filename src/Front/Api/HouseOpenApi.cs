using System.Text.Json.Nodes;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ainalym.Front.Api;

/// <summary>The API's description at <c>/openapi/v1.json</c>: what the framework reads off the routes, and what it can't know.</summary>
internal static class HouseOpenApi
{
    private const string Bearer = "bearer";

    private const string About = """
        Lots of recyclables, bids and audit files. Amounts are decimal text with two places and the currency ("45000.00 KZT"), prices are per tonne, masses kilograms with three places, times ISO 8601 in UTC.

        Every write carries the header Idempotency-Key: a UUID made for each thing you want done. Repeat it until you have an answer; it is done once and answered the same. Problems follow RFC 9457;
        `code` is stable, `type` is an identifier and not an address, `title` is in the language of `?lang=` or Accept-Language (kk, ru, en). Lists give `next`: pass it as `after`.
        """;

    public static void AddHouseOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = type => type.Type is { IsGenericType: true } page && page.GetGenericTypeDefinition() == typeof(PageOf<>)
            ? $"PageOf{page.GetGenericArguments()[0].Name}"
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.ShouldInclude = api => api.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(Describe);
        options.AddSchemaTransformer(LeaveOutWhatMayBeNothing);
        options.AddSchemaTransformer(SayThatUuidsAreText);
    });

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo { Title = "Ainalym", Version = "v1", Description = About };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The access token of POST /api/v1/sign-in, good for 15 minutes.",
        };
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        if (metadata.OfType<IdempotencyKey.Required>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Required = true,
                Description = "A UUID for this one thing; the same one when it is repeated.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                Example = JsonValue.Create("01890f5e-8b8f-7cc0-98c5-dc0c0c07398f"),
            });
        }

        if (!metadata.OfType<IAllowAnonymous>().Any() && metadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "Nobody is signed in." });
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (!ApiExamples.Parameters.TryGetValue(parameter.Name ?? "", out var known)) continue;
            (parameter.Description, parameter.Example) = (known.Meaning, parameter.Name == "size" ? JsonNode.Parse(known.Example) : JsonValue.Create(known.Example));
        }

        operation.Responses.TryAdd("429", new OpenApiResponse { Description = "Too many requests; Retry-After says how long to wait." });
        AddExamples(operation);
        return Task.CompletedTask;
    }

    /// <summary>They have a reader of their own, so that the framework does not know.</summary>
    private static Task SayThatUuidsAreText(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        if (context.JsonTypeInfo.Type == typeof(Guid)) (schema.Type, schema.Format) = (JsonSchemaType.String, "uuid");
        if (context.JsonTypeInfo.Type == typeof(Guid?)) (schema.Type, schema.Format) = (JsonSchemaType.String | JsonSchemaType.Null, "uuid");
        return Task.CompletedTask;
    }

    /// <summary>What is null is left out on the wire, so a reader must not require it.</summary>
    private static Task LeaveOutWhatMayBeNothing(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable)) schema.Required?.Remove(property.Name);
        return Task.CompletedTask;
    }

    private static void AddExamples(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses!)
            foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))
                if (type == Problem.MediaType) media.Example = ProblemExample(status);

        if (operation.OperationId is null || !ApiExamples.All.TryGetValue(operation.OperationId, out var example)) return;
        if (example.Request is { } request && operation.RequestBody?.Content?.Values.SingleOrDefault() is { } body) body.Example = JsonNode.Parse(request);
        var good = operation.Responses.FirstOrDefault(response => response.Key.StartsWith('2')).Value;
        if (example.Answer is { } answer && good?.Content?.Values.SingleOrDefault() is { } content) content.Example = JsonNode.Parse(answer);
    }

    private static JsonObject ProblemExample(string status)
    {
        Enum code = status switch
        {
            "400" => BinRefusal.NotTwelveDigits,
            "403" => Ainalym.Journal.JournalRefusal.NotPermitted,
            "404" => RequestRefusal.NotFound,
            "422" => Ainalym.Journal.JournalRefusal.CommandIdReused,
            "503" => RequestRefusal.StorageUnavailable,
            _ => RequestRefusal.Unreadable,
        };
        return new JsonObject
        {
            ["type"] = Problem.TypePrefix + Refusal.NameOf(code),
            ["title"] = "What is wrong and what to do, in your language.",
            ["status"] = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture),
            ["code"] = Refusal.NameOf(code),
            ["facts"] = new JsonArray(),
            ["trace_id"] = "0af7651916cd43dd8448eb211c80319c",
        };
    }
}
