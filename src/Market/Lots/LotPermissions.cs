using System.Diagnostics;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

public static class LotPermissions
{
    /// <summary>Whether this caller may send this command at all: its role allows it, and it speaks for its own organisation.</summary>
    public static bool For(LotCommand command, Caller caller) => command switch
    {
        PlaceBid bid => caller.Is(Roles.Buyer) && bid.BidderId == caller.Organisation,
        BuyLot buy => caller.Is(Roles.Buyer) && buy.BidderId == caller.Organisation,
        WithdrawGuarantee withdraw => caller.Is(Roles.Buyer) && withdraw.BidderId == caller.Organisation,
        ListLot list => caller.Is(Roles.Seller) && list.Lot.SellerId == caller.Organisation,
        ChangeLot change => caller.Is(Roles.Seller) && change.Lot.SellerId == caller.Organisation,
        CancelLot cancel => caller.Is(Roles.Seller) && cancel.SellerId == caller.Organisation,
        FreezeLot { Since: null } => caller.Is(Roles.Operator | Roles.House),
        FreezeLot => caller.Is(Roles.House),
        ResumeLot => caller.Is(Roles.Operator | Roles.House),
        CloseLot => caller.Is(Roles.House),
        _ => throw new UnreachableException($"Nobody may send {command.GetType().Name}."),
    };
}
