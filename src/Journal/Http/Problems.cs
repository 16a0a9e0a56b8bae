using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Journal.Http;

/// <summary>The one place where refusals become problem details.</summary>
public static class Problems
{
    /// <summary>An endpoint's answer for a refused command: <c>Results&lt;Ok&lt;…&gt;, Problem&gt;</c>.</summary>
    public static Problem From(params IReadOnlyList<Refusal> refusals) => new(refusals);

    /// <summary>A sign-in or a token that was not accepted: 401.</summary>
    public static Problem NotSignedIn(Refusal why) => new([why], StatusCodes.Status401Unauthorized);

    /// <summary>
    /// 400 malformed, 401 nobody signed in, 403 not permitted, 404 not found, 422 a document that is not valid or a command id used for something else;
    /// any other refusal is a 409: the request is fine, the state of things is against it.
    /// </summary>
    public static int StatusOf(IReadOnlyList<Refusal> refusals)
    {
        var codes = refusals.Select(refusal => StatusOf(refusal.Code)).ToList();
        if (codes.Contains(StatusCodes.Status400BadRequest)) return StatusCodes.Status400BadRequest;
        if (codes[0] != StatusCodes.Status409Conflict) return codes[0];
        return refusals.Count > 1 || refusals[0].Field is not null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
    }

    private static int StatusOf(Enum code) => code switch
    {
        RequestRefusal.NotSignedIn => StatusCodes.Status401Unauthorized,
        RequestRefusal.NotAllowed or JournalRefusal.NotPermitted => StatusCodes.Status403Forbidden,
        RequestRefusal.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        RequestRefusal.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        RequestRefusal.MediaType => StatusCodes.Status415UnsupportedMediaType,
        RequestRefusal.TooManyRequests => StatusCodes.Status429TooManyRequests,
        RequestRefusal.Unexpected => StatusCodes.Status500InternalServerError,
        RequestRefusal.StorageUnavailable => StatusCodes.Status503ServiceUnavailable,
        JournalRefusal.CommandIdReused => StatusCodes.Status422UnprocessableEntity,
        _ when code.ToString().EndsWith("NotFound", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        RequestRefusal => StatusCodes.Status400BadRequest,
        WasteCodeRefusal.Unknown or WasteCodeRefusal.HazardMark or GradeRefusal.Unknown or RegionRefusal.Unknown => StatusCodes.Status422UnprocessableEntity,
        _ when code.GetType().Assembly == typeof(Refusal).Assembly => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };
}

/// <summary>Refusals on their way out, written in the language of the request.</summary>
public sealed class Problem : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>Begins every problem's <c>type</c>; an identifier, nothing stands there.</summary>
    public const string TypePrefix = "https://ainalym.kz/problems/";

    private static readonly ProblemJson Json = new(new JsonSerializerOptions(ProblemJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    internal Problem(IReadOnlyList<Refusal> refusals, int? status = null)
    {
        if (refusals.Count == 0) throw new ArgumentException("A problem names at least one refusal.", nameof(refusals));
        Refusals = refusals;
        Status = status ?? Problems.StatusOf(refusals);
    }

    public IReadOnlyList<Refusal> Refusals { get; }

    public int Status { get; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    string IContentTypeHttpResult.ContentType => MediaType;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "1";
        return response.WriteAsJsonAsync(Document(httpContext), Json.ProblemDocument, MediaType, httpContext.RequestAborted);
    }

    /// <summary>As it is sent.</summary>
    public ProblemDocument Document(HttpContext http)
    {
        var texts = http.RequestServices.GetRequiredService<Texts>();
        var culture = CultureInfo.CurrentUICulture;
        var first = Refusals[0];
        return new(
            TypePrefix + first.Name,
            Title(texts, first, culture),
            Status,
            first.Name,
            first.Field,
            ProblemFact.From(first),
            Refusals.Count == 1 ? null : [.. Refusals.Select(refusal => new ProblemError(Title(texts, refusal, culture), refusal.Name, refusal.Field, ProblemFact.From(refusal)))],
            IdempotencyKey.Of(http),
            Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in (int[])[400, 403, 404, 409, 422, 503])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDocument), [MediaType]));
    }

    private static string Title(Texts texts, Refusal refusal, CultureInfo culture) =>
        refusal.Field is { } field ? $"{field}: {texts.Of(refusal, culture)}" : texts.Of(refusal, culture);
}
