using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Waste.Classifier;

/// <summary>Routes under <c>/api/v1/code-lists</c>: public, and cached by whoever asks.</summary>
public static class CodeListEndpoints
{
    public static void MapCodeLists(this IEndpointRouteBuilder api)
    {
        var codeLists = api.MapGroup("/code-lists").WithTags("Code lists").AllowAnonymous();
        codeLists.MapGet("/waste-codes", (string? on, string? q, Cursor? after, int? size, CodeLists lists, CodeListPages pages, HttpResponse response) =>
            pages.Page(lists.WasteCodes, WasteCodeAnswer.From, new(on, q, after, size), response))
            .WithName("ListWasteCodes").WithSummary("The Waste Classifier.").Answers<WasteCodeAnswer>();
        codeLists.MapGet("/grades", (string? on, string? q, Cursor? after, int? size, CodeLists lists, CodeListPages pages, HttpResponse response) =>
            pages.Page(lists.Grades, GradeAnswer.From, new(on, q, after, size), response))
            .WithName("ListGrades").WithSummary("The catalogue of trade grades.").Answers<GradeAnswer>();
        codeLists.MapGet("/regions", (string? on, string? q, Cursor? after, int? size, CodeLists lists, CodeListPages pages, HttpResponse response) =>
            pages.Page(lists.Regions, RegionAnswer.From, new(on, q, after, size), response))
            .WithName("ListRegions").WithSummary("The oblasts and the cities of republican significance.").Answers<RegionAnswer>();
    }

    private static void Answers<TAnswer>(this RouteHandlerBuilder route) => route.Produces<PageOf<TAnswer>>().Produces(StatusCodes.Status304NotModified);
}
