using System.Runtime.Serialization;
using Ainalym.Contracts.CodeLists;
using Ainalym.Front.Edge;
using Ainalym.Identity.Registrations;
using Ainalym.Identity.SignIns;
using Ainalym.Identity.Users;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Ainalym.Front.Pages;

/// <summary>What the register form sends. The command id was put into the form by the server.</summary>
public sealed record RegisterForm
{
    [DataMember(Name = "command_id")]
    public Guid CommandId { get; set; }

    public string? Bin { get; set; }

    public string? Name { get; set; }

    public string? Region { get; set; }

    public string? Role { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }
}

/// <summary>Signing in and out by cookie, and registering.</summary>
internal static class SignInPages
{
    public static void MapSignInPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in", ShowSignIn).AllowAnonymous();
        pages.MapPost("/sign-in", SignIn).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        pages.MapPost("/sign-out", (Delegate)SignOut).RequireAuthorization(Policies.SignedIn);
        pages.MapGet("/register", ShowRegister).AllowAnonymous();
        pages.MapPost("/register", Register).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
    }

    private static IResult ShowSignIn([FromQuery(Name = "return")] string? back) => Page.Of<SignInPage>(new { Return = PageRequests.Local(back) });

    private static async Task<IResult> SignIn(
        [FromForm] string? email, [FromForm] string? password, [FromForm(Name = "return")] string? back,
        HttpContext http, PasswordCheck passwords, IUserClaimsPrincipalFactory<User> principals, CancellationToken ct)
    {
        if (await passwords.Check(email ?? "", password ?? "", ct) is not { } user)
            return Page.Of<SignInPage>(new { Return = PageRequests.Local(back), Email = email, Problems = (IReadOnlyList<Refusal>)[SignInRefusal.NotAccepted] }, StatusCodes.Status401Unauthorized);

        await http.SignInAsync(IdentityConstants.ApplicationScheme, await principals.CreateAsync(user));
        return TypedResults.LocalRedirect(PageRequests.Local(back));
    }

    private static async Task<RedirectHttpResult> SignOut(HttpContext http)
    {
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect("/");
    }

    private static IResult ShowRegister(TimeProvider time) => Page.Of<RegisterPage>(new { Form = new RegisterForm { CommandId = CommandIds.New(time) } });

    private static async Task<IResult> Register([FromForm] RegisterForm form, HttpContext http, Registrar registrar, UserStore users, IUserClaimsPrincipalFactory<User> principals, CodeLists codes, TimeProvider time, CancellationToken ct)
    {
        var request = new RegistrationRequest(form.Bin ?? "", form.Name ?? "", form.Region ?? "", form.Role ?? "", form.Email ?? "", form.Password ?? "");
        if (Registration.Read(request, codes, FactText.DayOf(time.GetUtcNow()), out var refusals) is not { } registration) return Refused(form, refusals);
        (var registered, refusals) = await registrar.Register(registration, form.CommandId, ct);
        if (registered is null) return Refused(form, refusals);

        var user = await users.FindByIdAsync(registered.User.ToString("N"), ct);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, await principals.CreateAsync(user!));
        return TypedResults.LocalRedirect("/");
    }

    private static IResult Refused(RegisterForm form, IReadOnlyList<Refusal> refusals) =>
        Page.Of<RegisterPage>(new { Form = form, Problems = refusals }, Problems.StatusOf(refusals));
}
