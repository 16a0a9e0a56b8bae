using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Identity.Registrations;

/// <summary>The ids of the new organisation and its first user.</summary>
public sealed record RegistrationAnswer(Guid OrganisationId, Guid UserId);

/// <summary><c>POST /api/v1/registrations</c>.</summary>
public static class RegistrationEndpoints
{
    public static void MapRegistrations(this IEndpointRouteBuilder api) =>
        api.MapPost("/registrations", Register)
            .WithName("Register").WithTags("Sign-in").WithSummary("Register an organisation, as seller or buyer, and its first user.")
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.SignIn);

    private static async Task<Results<Created<RegistrationAnswer>, Problem>> Register(RegistrationRequest body, IdempotencyKey key, Registrar registrar, CodeLists codes, TimeProvider time, CancellationToken ct)
    {
        if (Registration.Read(body, codes, FactText.DayOf(time.GetUtcNow()), out var malformed) is not { } registration) return Problems.From(malformed);
        var (registered, refusals) = await registrar.Register(registration, key, ct);
        return registered is null
            ? Problems.From(refusals)
            : TypedResults.Created("/api/v1/organisations/mine", new RegistrationAnswer(registered.Organisation, registered.User));
    }
}
