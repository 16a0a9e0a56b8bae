using System.Security.Claims;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ainalym.Market.Photos;

/// <summary>Routes under <c>/api/v1/photos</c>.</summary>
public static class PhotoEndpoints
{
    /// <summary>A photo, its small copy, and what a form puts around them.</summary>
    public const long LargestUpload = PhotoFile.MostBytes + (1024 * 1024);

    public static void MapPhotos(this IEndpointRouteBuilder api)
    {
        var photos = api.MapGroup("/photos").WithTags("Photos");
        photos.MapPost("", Take).WithName("UploadPhoto").WithSummary("Send a photo; name it by its hash when you list a lot or add evidence. The same photo sent twice is one.")
            .WithMetadata(new RequestSizeLimitAttribute(LargestUpload)).DisableAntiforgery().RequireAuthorization(Policies.SignedIn);
        photos.MapGet("/{hash}", Send).WithName("GetPhoto").WithSummary("A photo, or a small copy, by its hash.").Produces(StatusCodes.Status200OK, contentType: "image/jpeg").AllowAnonymous();
    }

    public static async Task<Results<Created<PhotoAnswer>, Problem>> Take(IFormFile photo, ClaimsPrincipal user, PhotoUploads uploads, CancellationToken ct, IFormFile? small = null)
    {
        await using var bytes = photo.OpenReadStream();
        await using var copy = small?.OpenReadStream();
        var (row, refusal) = await uploads.Take(bytes, copy, user.Organisation, ct);
        return row is null ? Problems.From(refusal!.About("photo")) : TypedResults.Created($"/api/v1/photos/{row.Hash}", PhotoAnswer.From(row));
    }

    /// <summary>What has a hash for a name never changes.</summary>
    public static Results<PhysicalFileHttpResult, Problem> Send(string hash, PhotoShelf shelf, HttpContext http)
    {
        if (shelf.Find(hash) is not { } path) return Problems.From(PhotoRefusal.PhotoNotFound);
        Span<byte> start = stackalloc byte[12];
        using (var file = File.OpenRead(path)) file.ReadExactly(start);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.PhysicalFile(path, PhotoFile.TypeOf(start));
    }
}

/// <param name="Photo">Its hash: SHA-256 of what is kept, in lower-case hex. It differs from the file you sent where something was removed.</param>
/// <param name="Small">The small copy's hash.</param>
public sealed record PhotoAnswer(string Photo, string ContentType, int Width, int Height, string? Small)
{
    internal static PhotoAnswer From(PhotoRow row) => new(row.Hash, row.ContentType, (int)row.Width, (int)row.Height, row.Small);
}
