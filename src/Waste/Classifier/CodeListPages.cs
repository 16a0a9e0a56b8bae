using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ainalym.Waste.Classifier;

/// <summary>What a caller asks of a list.</summary>
/// <param name="On">The day the entries must hold on, <c>2026-03-16</c>; by default today in Kazakhstan.</param>
/// <param name="Q">Words of the code or the name, in any language, at most 100 characters.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
/// <param name="Size">How many entries at most, 1 to 1000; by default 100.</param>
public readonly record struct CodeListRequest(string? On, string? Q, Cursor? After, int? Size);

/// <summary>Makes a page of a list. It is the same for everyone and in every language; its tag is its content's hash.</summary>
public sealed class CodeListPages(CodeListSearch search, TimeProvider time, IOptions<JsonOptions> json)
{
    private const int LongestQuery = 100;
    private const int UsualSize = 100;
    private const int GreatestSize = 1000;

    internal Results<FileContentHttpResult, Problem> Page<T, TAnswer>(CodeList<T> list, Func<T, TAnswer> answer, CodeListRequest request, HttpResponse response)
        where T : CodeListEntry
    {
        var size = request.Size ?? UsualSize;
        if (size < 1) return Problems.From(new Refusal(NumberRefusal.TooSmall, 1).About("size"));
        if (size > GreatestSize) return Problems.From(new Refusal(NumberRefusal.TooLarge, GreatestSize).About("size"));
        if (request.Q?.Length > LongestQuery) return Problems.From(new Refusal(RequestRefusal.Malformed).About("q"));
        if (DayOf(request.On) is not { } day) return Problems.From(new Refusal(RequestRefusal.Malformed).About("on"));

        var meant = search.For(request.Q ?? "");
        var rows = list.All.Index()
            .Where(row => row.Index > (request.After?.At ?? -1) && row.Item.Validity.Holds(day) && meant(row.Item))
            .Take(size + 1)
            .ToList();
        var page = PageOf<(int Index, T Item)>.From(rows, size, row => new Cursor(row.Index, "row"));
        var body = JsonSerializer.SerializeToUtf8Bytes(new PageOf<TAnswer>([.. page.Items.Select(row => answer(row.Item))], page.Next), json.Value.SerializerOptions);

        response.Headers.CacheControl = request.On is null ? "public, max-age=300" : "public, max-age=3600";
        return TypedResults.Bytes(body, "application/json; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(..16))}\""));
    }

    private DateOnly? DayOf(string? on)
    {
        if (on is null) return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), FactText.Zone).DateTime);
        return DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
