using System.Diagnostics;
using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

public static class DealPermissions
{
    /// <summary>Whether this caller may send this command at all: its role allows it, and it speaks for its own organisation. Whose step it is, the deal says.</summary>
    public static bool For(DealCommand command, Caller caller) => command switch
    {
        OpenDeal or RecordPayment or OrderTopUp or LapseDeadline or ExtendDeadline => caller.Is(Roles.House),
        DecideComplaint or DecideDispute or ResumeHandover => caller.Is(Roles.Operator),
        OfferToSecond offer => caller.Is(Roles.Seller) && offer.SellerId == caller.Organisation && offer.Terms.SellerId == caller.Organisation,
        ConfirmReceipt confirm => caller.Is(Roles.Seller) && confirm.SellerId == caller.Organisation,
        AnswerOffer answer => caller.Is(Roles.Buyer) && answer.BuyerId == caller.Organisation,
        PayDeal pay => caller.Is(Roles.Buyer) && pay.BuyerId == caller.Organisation,
        RecordWeighing weighing => caller.Is(Roles.Buyer) && weighing.BuyerId == caller.Organisation,
        VoidWeighing gone => caller.Is(Roles.Buyer) && gone.BuyerId == caller.Organisation,
        EndReceipt end => caller.Is(Roles.Buyer) && end.BuyerId == caller.Organisation,
        FileComplaint complaint => IsTrader(caller, complaint.Organisation),
        AcceptContract accept => IsTrader(caller, accept.Organisation),
        ProposePickUp propose => IsTrader(caller, propose.Organisation),
        RecordLoading loading => IsTrader(caller, loading.Organisation),
        RaiseDispute dispute => IsTrader(caller, dispute.Organisation),
        AddEvidence evidence => IsTrader(caller, evidence.Organisation),
        _ => throw new UnreachableException($"Nobody may send {command.GetType().Name}."),
    };

    private static bool IsTrader(Caller caller, Guid organisation) => caller.Is(Roles.Seller | Roles.Buyer) && organisation == caller.Organisation;
}
