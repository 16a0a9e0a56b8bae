using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ainalym.Journal.Http;

/// <summary>Says of a request that the framework could not bind which field is wrong, what the rule is and what to do. The framework puts names only into its messages.</summary>
internal static partial class UnreadableRequests
{
    public static IReadOnlyList<Refusal> Explain(BadHttpRequestException exception, HttpContext http)
    {
        if (exception.StatusCode == StatusCodes.Status413PayloadTooLarge) return [new(RequestRefusal.BodyTooLarge, Limit(http))];
        if (exception.StatusCode == StatusCodes.Status415UnsupportedMediaType) return [RequestRefusal.MediaType];
        if (exception.InnerException is JsonException json) return Explain(json, http);
        if (exception.InnerException is AntiforgeryValidationException) return [RequestRefusal.FormExpired];
        if (NotBound().Match(exception.Message) is { Success: true } bad) return [ForType(bad.Groups["type"].Value).About(bad.Groups["name"].Value)];
        if (NotGiven().Match(exception.Message) is { Success: true } missing)
            return [exception.Message.Contains("body inferred", StringComparison.Ordinal) || missing.Groups["from"].Value == "body" ? RequestRefusal.BodyMissing : new Refusal(RequestRefusal.FieldMissing).About(missing.Groups["name"].Value)];

        return [exception.Message.Contains("empty", StringComparison.OrdinalIgnoreCase) ? RequestRefusal.BodyMissing : RequestRefusal.Unreadable];
    }

    private static IReadOnlyList<Refusal> Explain(JsonException exception, HttpContext http)
    {
        var field = FieldOf(exception.Path);
        if (exception is RefusedTextException refused) return [About(refused.Refusal, field)];
        if (exception.InnerException is JsonException || exception.Path is null)
            return [new(RequestRefusal.NotJson, (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1)];
        if (exception.Message.Contains("missing required properties", StringComparison.Ordinal))
            return [.. Quoted().Matches(exception.Message[exception.Message.IndexOf("including", StringComparison.Ordinal)..])
                .Select(name => new Refusal(RequestRefusal.FieldMissing).About(field is null ? name.Groups["name"].Value : $"{field}.{name.Groups["name"].Value}"))];
        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal)) return [About(RequestRefusal.FieldUnknown, field)];

        return [About(Expected(http, exception.Path), field)];
    }

    private static Refusal About(Refusal refusal, string? field) => field is null ? refusal : refusal.About(field);

    private static long Limit(HttpContext http) => http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0;

    private static Refusal ForType(string type) => type.Replace("Nullable<", "", StringComparison.Ordinal).TrimEnd('>', '?') switch
    {
        "Guid" => RequestRefusal.NotUuid,
        "Cursor" => RequestRefusal.CursorMalformed,
        "int" or "long" => NumberRefusal.NotANumber,
        _ => RequestRefusal.Malformed,
    };

    private static string? FieldOf(string? path) => path is null or "$" ? null : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];

    /// <summary>What the body's type asks for at that place.</summary>
    private static Refusal Expected(HttpContext http, string path)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
        var type = endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        foreach (var step in Steps().Matches(path).Select(step => step.Value.Trim('.', '[', ']', '\'')))
        {
            if (type is null) break;
            var info = options.GetTypeInfo(type);
            type = info.Kind == JsonTypeInfoKind.Object
                ? info.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType
                : info.ElementType;
        }

        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type is { IsEnum: true }) return new(RequestRefusal.NotInList, string.Join(", ", Enum.GetNames(type).Select(Refusal.Kebab)));
        return new(RequestRefusal.WrongType, type switch
        {
            null => "object",
            _ when type == typeof(bool) => "true, false",
            _ when type == typeof(int) || type == typeof(long) || type == typeof(decimal) => "number",
            _ when type == typeof(Guid) => "string (UUID)",
            _ when type == typeof(DateTimeOffset) => "string (ISO 8601)",
            _ when type == typeof(string) || type.IsValueType => "string",
            _ when options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable => "array",
            _ => "object",
        });
    }

    [GeneratedRegex("""^Failed to bind parameter "(?<type>[^ "]+) (?<name>[^ "]+)" from """, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex NotBound();

    [GeneratedRegex("""^(Implicit body inferred for parameter|Required parameter) "(.+ )?(?<name>[^ "]+)" (but no body was provided|was not provided from (?<from>.+?))\b""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex NotGiven();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\.[^.\[]+|\[[^\]]+\]", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Steps();
}
