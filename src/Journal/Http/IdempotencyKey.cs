using System.Reflection;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Ainalym.Journal.Http;

/// <summary>The command's id, from the header <c>Idempotency-Key</c>: a UUID (best a UUIDv7) that the client makes for each thing it wants done and repeats until it has an answer.</summary>
public readonly record struct IdempotencyKey(Guid Value) : IEndpointParameterMetadataProvider
{
    public const string Header = "Idempotency-Key";

    public static implicit operator Guid(IdempotencyKey key) => key.Value;

    /// <exception cref="RefusedRequest">Missing, or not a UUID.</exception>
    public static ValueTask<IdempotencyKey> BindAsync(HttpContext http) => Read(http.Request) switch
    {
        (false, _) => throw new RefusedRequest(new Refusal(RequestRefusal.IdempotencyKeyMissing).About(Header)),
        (true, null) => throw new RefusedRequest(new Refusal(RequestRefusal.IdempotencyKeyMalformed).About(Header)),
        (true, { } id) => ValueTask.FromResult(new IdempotencyKey(id)),
    };

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new Required());

    internal static Guid? Of(HttpContext http) => Read(http.Request).Id;

    private static (bool Given, Guid? Id) Read(HttpRequest request)
    {
        var said = request.Headers[Header];
        if (said.Count == 0) return (false, null);
        return (true, said.Count == 1 && Guid.TryParseExact(said[0]?.Trim('"'), "D", out var id) && id != Guid.Empty ? id : null);
    }

    /// <summary>Marks the endpoints that take the header, for the OpenAPI document.</summary>
    public sealed class Required;
}
