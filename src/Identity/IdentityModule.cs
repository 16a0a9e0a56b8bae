using Ainalym.Identity.Notices;
using Ainalym.Identity.Organisations;
using Ainalym.Identity.Registrations;
using Ainalym.Identity.SignIns;
using Ainalym.Identity.Users;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ainalym.Identity;

/// <summary>Organisations, users and the interim sign-in: a cookie for pages, the framework's bearer tokens for the API.</summary>
public static class IdentityModule
{
    private const string EitherScheme = "house";

    public static HouseModule Module { get; } = new("identity", typeof(IdentityModule).Assembly);

    /// <param name="services">The house's services.</param>
    /// <param name="keys">Keeps the keys that cookies and tokens are sealed with; whoever has them can sign in as anyone.</param>
    public static IServiceCollection AddIdentity(this IServiceCollection services, DirectoryInfo keys)
    {
        services.AddDataProtection().PersistKeysToFileSystem(keys).SetApplicationName("Ainalym");
        services.AddScoped<UserStore>().AddScoped<IUserStore<User>>(provider => provider.GetRequiredService<UserStore>());
        services.AddScoped<OrganisationQueries>().AddScoped<Affiliations>().AddScoped<Registrar>().AddScoped<PasswordCheck>().AddScoped<NoticeQueries>();
        services.AddSingleton<ILookupNormalizer, EmailNormaliser>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<NobodysPassword>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddIdentityCore<User>(Configure).AddSignInManager().AddClaimsPrincipalFactory<UserPrincipals>();
        services.AddAuthorization(Permissions.Configure);

        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, options => options.ForwardDefaultSelector = Scheme)
            .AddBearerToken(IdentityConstants.BearerScheme, options =>
            {
                options.BearerTokenExpiration = TimeSpan.FromMinutes(15);
                options.RefreshTokenExpiration = TimeSpan.FromDays(14);
            })
            .AddCookie(IdentityConstants.ApplicationScheme, options =>
            {
                options.Cookie.Name = "ainalym";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.ExpireTimeSpan = TimeSpan.FromHours(12);
                options.Events.OnValidatePrincipal = CookieCheck.Validate;
            });
        return services;
    }

    /// <summary>The module's part of <c>/api/v1</c>.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder api)
    {
        api.MapSignIn();
        api.MapRegistrations();
        api.MapOrganisations();
        api.MapNotices();
    }

    private static void Configure(IdentityOptions options)
    {
        options.ClaimsIdentity.UserIdClaimType = UserClaims.User;
        options.ClaimsIdentity.UserNameClaimType = UserClaims.Email;
        options.ClaimsIdentity.EmailClaimType = UserClaims.Email;
        options.ClaimsIdentity.RoleClaimType = UserClaims.Role;
        options.ClaimsIdentity.SecurityStampClaimType = UserClaims.SecurityStamp;
        options.User.RequireUniqueEmail = true;
    }

    /// <summary>A write to the API is never done on a cookie, so another site's page can't make a browser send one.</summary>
    private static string Scheme(HttpContext http)
    {
        var isApi = http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return http.Request.Headers.Authorization.Count > 0 || (isApi && !isRead) ? IdentityConstants.BearerScheme : IdentityConstants.ApplicationScheme;
    }
}
