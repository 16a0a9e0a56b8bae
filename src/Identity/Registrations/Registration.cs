using System.Net.Mail;
using Ainalym.Contracts.CodeLists;
using Ainalym.Identity.Users;
using Ainalym.Kernel;

namespace Ainalym.Identity.Registrations;

/// <summary>An organisation and its first user, as they are sent.</summary>
/// <param name="Bin">Twelve digits with a check digit; a sole proprietor gives the IIN.</param>
/// <param name="Name">From 2 to 200 characters.</param>
/// <param name="Region">KATO: <c>75</c> or <c>750000000</c>.</param>
/// <param name="Role"><c>seller</c> or <c>buyer</c>.</param>
/// <param name="Password">From 10 to 128 characters, five of them different.</param>
public sealed record RegistrationRequest(string Bin, string Name, string Region, string Role, string Email, string Password);

/// <summary>A registration whose form is right.</summary>
public sealed record Registration(Bin Bin, string Name, Region Region, Roles Role, string Email, string Password, bool IsDemo = false)
{
    public const int LongestName = 200;
    public const int LongestEmail = 254;
    public const int ShortestPassword = 10;
    public const int LongestPassword = 128;
    private const int DifferentCharacters = 5;

    /// <summary>Reads the whole form and names every problem at once.</summary>
    /// <param name="today">In Kazakhstan: the day on which the region must be there.</param>
    public static Registration? Read(RegistrationRequest request, CodeLists codes, DateOnly today, out IReadOnlyList<Refusal> refusals)
    {
        var found = new List<Refusal>();
        if (!Bin.TryParse(request.Bin, out var bin, out var noBin)) found.Add(noBin.About("bin"));
        var name = request.Name.Trim();
        if (ProblemOfName(name) is { } badName) found.Add(badName.About("name"));
        if (!Region.TryParse(request.Region, out var region, out var noRegion)) found.Add(noRegion.About("region"));
        else if (codes.RefusalOf(region, today) is { } unknown) found.Add(unknown.About("region"));
        var role = request.Role switch { "seller" => Roles.Seller, "buyer" => Roles.Buyer, _ => Roles.None };
        if (role == Roles.None) found.Add(new Refusal(RegistrationRefusal.RoleNotOffered).About("role"));
        var email = request.Email.Trim();
        if (ProblemOfEmail(email) is { } badEmail) found.Add(badEmail.About("email"));
        if (ProblemOfPassword(request.Password, email) is { } badPassword) found.Add(badPassword.About("password"));

        refusals = found;
        return found.Count > 0 ? null : new(bin, name, region, role, email, request.Password);
    }

    private static Refusal? ProblemOfName(string name)
    {
        if (name.Length < 2) return RegistrationRefusal.NameMissing;
        if (name.Length > LongestName) return new Refusal(RegistrationRefusal.NameTooLong, LongestName);
        return name.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar || System.Text.Rune.IsControl(rune)) ? RegistrationRefusal.NameUnreadable : null;
    }

    private static Refusal? ProblemOfEmail(string email)
    {
        if (email.Length == 0) return RegistrationRefusal.EmailMissing;
        return email.Length <= LongestEmail && MailAddress.TryCreate(email, out var address) && address.Address == email && address.Host.Contains('.', StringComparison.Ordinal) && !email.Any(char.IsWhiteSpace)
            ? null
            : RegistrationRefusal.EmailMalformed;
    }

    private static Refusal? ProblemOfPassword(string password, string email)
    {
        if (password.Length < ShortestPassword) return new Refusal(RegistrationRefusal.PasswordTooShort, ShortestPassword);
        if (password.Length > LongestPassword) return new Refusal(RegistrationRefusal.PasswordTooLong, LongestPassword);
        return password.Distinct().Count() < DifferentCharacters || User.Normal(password) == User.Normal(email) ? RegistrationRefusal.PasswordTooSimple : null;
    }
}
