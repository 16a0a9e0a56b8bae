using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Settlement.Keys;

/// <summary>Where everyone finds the keys to check the house's signatures with; the address is that of RFC 8615, outside the API's versions.</summary>
public static class KeyEndpoints
{
    public const string Address = "/.well-known/jwks.json";

    public static void MapSigningKeys(this IEndpointRouteBuilder house) => house.MapGet(Address, Keys).AllowAnonymous().ExcludeFromDescription();

    private static async Task<JsonHttpResult<PublishedKeys>> Keys(SigningKeys keys, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(await keys.Published(ct), SettlementJson.Default.PublishedKeys, contentType: "application/jwk-set+json");
    }
}
