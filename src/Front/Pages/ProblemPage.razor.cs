using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ainalym.Front.Pages;

/// <summary>A problem, for a person.</summary>
public sealed partial class ProblemPage
{
    private static readonly int[] Told = [400, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503];

    public static IResult Of(Problem problem) => new RazorComponentResult<ProblemPage>(new { Status = Told.Contains(problem.Status) ? problem.Status : 400, Problems = problem.Refusals })
    {
        StatusCode = problem.Status,
        PreventStreamingRendering = true,
    };
}
