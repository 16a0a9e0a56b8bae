namespace Ainalym.Kernel.Tests;

public class CallerTests
{
    private static readonly Guid Aigul = new("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Paper = new("01900000-0000-7000-8000-000000000002");
    private static readonly Guid Glass = new("01900000-0000-7000-8000-000000000003");

    [Fact]
    public void The_journal_keeps_user_and_organisation() =>
        new Caller(Aigul, Paper, Roles.Seller).Key.Should().Be("01900000000070008000000000000001/01900000000070008000000000000002");

    [Fact]
    public void Who_acts_for_another_organisation_is_another_caller()
    {
        var caller = new Caller(Aigul, Paper, Roles.Seller);
        var other = caller with { Organisation = Glass };
        other.Key.Should().Be(new Caller(Aigul, Glass, Roles.Seller).Key).And.NotBe(caller.Key);
        other.Should().Be(new Caller(Aigul, Glass, Roles.Seller));
    }

    [Fact]
    public void Only_the_house_itself_is_kept_as_the_house()
    {
        Caller.House.Key.Should().Be("house");
        new Caller(Guid.Empty, Guid.Empty, Roles.None).Key.Should().NotBe("house");
        new Caller(Aigul, Paper, Roles.House).Key.Should().NotBe("house");
    }

    [Fact]
    public void A_caller_is_in_the_roles_it_has_and_in_no_other()
    {
        var caller = new Caller(Aigul, Paper, Roles.Seller | Roles.Buyer);
        (caller.Is(Roles.Seller), caller.Is(Roles.Buyer), caller.Is(Roles.Operator), caller.Is(Roles.None)).Should().Be((true, true, false, false));
        Caller.House.Is(Roles.Operator | Roles.Regulator | Roles.Seller | Roles.Buyer).Should().BeFalse();
    }
}
