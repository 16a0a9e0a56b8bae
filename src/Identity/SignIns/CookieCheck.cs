using Ainalym.Identity.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Identity.SignIns;

/// <summary>
/// Once a minute a cookie's security stamp is compared with the user's, and its principal made anew, so that a changed role arrives. Identity's own check signs out of
/// schemes that this house does not have.
/// </summary>
internal static class CookieCheck
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (context.Properties.IssuedUtc is { } issued && now - issued < Interval) return;

        if (await services.GetRequiredService<SignInManager<User>>().ValidateSecurityStampAsync(context.Principal) is { } user)
        {
            context.ReplacePrincipal(await services.GetRequiredService<IUserClaimsPrincipalFactory<User>>().CreateAsync(user));
            context.ShouldRenew = true;
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
