using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

public class PermissionTests
{
    private static Caller Of(Guid organisation, Roles roles) => new(Id(0xC), organisation, roles);

    public static TheoryData<LotCommand, Guid, Roles> Allowed => new()
    {
        { List(Ascending), Seller, Roles.Seller },
        { Change(Describe(Ascending)), Seller, Roles.Seller },
        { Cancel, Seller, Roles.Seller },
        { Bid(Aliya, 2000), Aliya, Roles.Buyer },
        { Buy(Aliya), Aliya, Roles.Buyer },
        { new WithdrawGuarantee(Id(9), Aliya), Aliya, Roles.Buyer },
    };

    [Theory, MemberData(nameof(Allowed))]
    public void A_trader_speaks_for_its_own_organisation_in_its_role(LotCommand command, Guid organisation, Roles role)
    {
        LotPermissions.For(command, Of(organisation, role)).Should().BeTrue();
        LotPermissions.For(command, Of(Dana, role)).Should().BeFalse();
        foreach (var other in Enum.GetValues<Roles>().Where(other => other != role))
            LotPermissions.For(command, Of(organisation, other)).Should().BeFalse();
    }

    [Fact]
    public void Operator_and_house_stop_and_start_the_clock()
    {
        foreach (var command in (LotCommand[])[Freeze(), Resume])
        {
            foreach (var role in Enum.GetValues<Roles>())
                LotPermissions.For(command, Of(Dana, role)).Should().Be(role is Roles.Operator or Roles.House);
        }
    }

    [Fact]
    public void Only_the_house_closes_a_lot_or_freezes_it_since_the_past()
    {
        foreach (var command in (LotCommand[])[CloseIt(), Freeze(since: Noon)])
        {
            foreach (var role in Enum.GetValues<Roles>())
                LotPermissions.For(command, Of(Dana, role)).Should().Be(role == Roles.House);
            LotPermissions.For(command, Caller.House).Should().BeTrue();
        }
    }

    /// <summary>Whatever roles may come: who oversees the house sees all deals on his list, and everyone else his own.</summary>
    [Fact]
    public void Only_who_oversees_the_house_sees_everybodys_deals()
    {
        foreach (var role in Enum.GetValues<Roles>().Append((Roles)(1 << 20)))
            (DealEndpoints.SideOf(Of(Dana, role)) == DealSide.Operator).Should().Be(role is Roles.Operator or Roles.Regulator, $"{role}");
        DealEndpoints.SideOf(Of(Dana, Roles.Seller)).Should().Be(DealSide.Seller);
    }
}
