using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace Ainalym.Journal.Http;

/// <summary>The three languages of the house, and how a request says which: <c>?lang=</c>, the cookie <c>lang</c>, <c>Accept-Language</c>; else Russian.</summary>
public static class Languages
{
    public const string Parameter = "lang";

    /// <summary>Texts and formats alike: numbers, dates and money follow kk-KZ, ru-KZ and English.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("kk-KZ"), CultureInfo.GetCultureInfo("ru-KZ"), CultureInfo.GetCultureInfo("en")];

    public static CultureInfo Default { get; } = All[1];

    /// <summary><c>kk</c>, <c>ru</c> or <c>en</c>.</summary>
    public static string Code(this CultureInfo culture) => culture.TwoLetterISOLanguageName;

    /// <summary>The house's culture of that language, or none.</summary>
    public static CultureInfo? Of(string? code) =>
        All.FirstOrDefault(culture => string.Equals(culture.Code(), code?.Split('-')[0], StringComparison.OrdinalIgnoreCase));

    internal static void Configure(RequestLocalizationOptions options)
    {
        options.DefaultRequestCulture = new RequestCulture(Default);
        options.SupportedCultures = [.. All];
        options.SupportedUICultures = [.. All];
        options.ApplyCurrentCultureToResponseHeaders = true;
        options.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(http => Said(http.Request.Query[Parameter])),
            new CustomRequestCultureProvider(http => Said(http.Request.Cookies[Parameter])),
            new CustomRequestCultureProvider(http => Said([.. http.Request.GetTypedHeaders().AcceptLanguage
                .OrderByDescending(language => language.Quality ?? 1)
                .Select(language => language.Value.Value)])),
        ];
    }

    private static Task<ProviderCultureResult?> Said(params IReadOnlyList<string?> codes) =>
        Task.FromResult(codes.Select(Of).FirstOrDefault(culture => culture is not null) is { } culture ? new ProviderCultureResult(culture.Name) : null);
}
