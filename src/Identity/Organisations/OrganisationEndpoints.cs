using System.Security.Claims;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Identity.Organisations;

/// <summary>An organisation as the API shows it.</summary>
/// <param name="Role"><c>seller</c>, <c>buyer</c>, <c>operator</c> or <c>regulator</c>.</param>
/// <param name="Region">Nine digits of KATO.</param>
public sealed record OrganisationAnswer(Guid OrganisationId, string Bin, string Name, string Region, string Role, Guid? HeadId, bool IsDemo)
{
    internal static OrganisationAnswer From(Organisation organisation) => new(
        organisation.Id, organisation.Bin.ToString(), organisation.Name, organisation.Region.Code, Refusal.Kebab(organisation.Role.ToString()), organisation.Head, organisation.IsDemo);
}

/// <param name="HeadBin">Twelve digits; null takes the organisation out of its group.</param>
public sealed record RecordHeadRequest(string? HeadBin);

/// <summary>Routes under <c>/api/v1/organisations</c>.</summary>
public static class OrganisationEndpoints
{
    public static void MapOrganisations(this IEndpointRouteBuilder api)
    {
        var organisations = api.MapGroup("/organisations").WithTags("Organisations");
        organisations.MapGet("/mine", Mine).WithName("GetMyOrganisation").WithSummary("The organisation you act for.").RequireAuthorization(Policies.SignedIn);
        organisations.MapPut("/{organisationId:guid}/head", RecordHead).WithName("RecordHead").WithSummary("Record the head organisation, which makes affiliates of all that have the same one.").RequireAuthorization(Policies.Operate);
    }

    private static async Task<Results<Ok<OrganisationAnswer>, Problem>> Mine(ClaimsPrincipal user, OrganisationQueries organisations, CancellationToken ct) =>
        await organisations.ById(user.Organisation, ct) is { } organisation
            ? TypedResults.Ok(OrganisationAnswer.From(organisation))
            : Problems.From(OrganisationRefusal.OrganisationNotFound);

    /// <summary>Putting the same head twice is putting it once: the method itself is idempotent.</summary>
    private static async Task<Results<NoContent, Problem>> RecordHead(Guid organisationId, RecordHeadRequest body, Affiliations affiliations, CancellationToken ct)
    {
        Bin? head = null;
        if (body.HeadBin is not null)
        {
            if (!Bin.TryParse(body.HeadBin, out var bin, out var malformed)) return Problems.From(malformed.About("head_bin"));
            head = bin;
        }

        return await affiliations.Record(organisationId, head, ct) is { } refusal ? Problems.From(refusal) : TypedResults.NoContent();
    }
}
