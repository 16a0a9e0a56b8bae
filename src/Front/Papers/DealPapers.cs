using System.Globalization;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Front.Papers;

/// <summary>Issues the documents of guarantees and deals as the money and the goods move: one of each kind for a hold or a deal.</summary>
internal sealed class DealPapers(DocumentDesk desk, DocumentQueries documents, PaperContents contents, DealQueries deals) : Follower("front/documents")
{
    public override Task Handle(Envelope envelope, CancellationToken ct) => envelope.Event switch
    {
        TransferHeld { Purpose: TransferPurpose.Guarantee } e => Receipt(envelope, e.Id, e.Debit.Owner, LotOf(e.Reference), e.Amount, ct),
        DealOpened { Terms.Guarantee: { } guarantee } e => Opened(envelope, e.Terms, guarantee, ct),
        PaymentDue or ReceiptEnded or DealSettled or DealDefaulted or DealCancelled { Refund.MinorUnits: > 0 } => OfDeal(envelope, ct),
        _ => Task.CompletedTask,
    };

    /// <summary>One document of each kind for a deal.</summary>
    /// <param name="again">How often the deal has gone back to its handover.</param>
    public static Guid IdOf(DocumentKind kind, Guid deal, int again = 0) =>
        CommandIds.Derived(CommandIds.TimeOf(deal), string.Create(CultureInfo.InvariantCulture, $"front/document/{KebabCase.Name(kind)}/{deal:N}{(again == 0 ? "" : $"/{again}")}"));

    /// <summary>The receipt for a guarantee that is held.</summary>
    public static Guid ReceiptOf(TransferId hold) => CommandIds.Derived(CommandIds.TimeOf(hold.CommandId), $"front/document/{KebabCase.Name(DocumentKind.GuaranteeReceipt)}/{hold}");

    private async Task Receipt(Envelope envelope, TransferId hold, Guid bidder, string lot, Money amount, CancellationToken ct) =>
        await desk.Issue(DocumentKind.GuaranteeReceipt, ReceiptOf(hold), envelope.At, lot, await contents.Receipt(hold, bidder, lot, amount, ct), ct);

    /// <summary>Receipts were once given to winners only, when their deals opened: such a one is there, or the hold is older than receipts for all and has none yet.</summary>
    private async Task Opened(Envelope envelope, DealTerms terms, DealGuarantee guarantee, CancellationToken ct)
    {
        if (await documents.One(IdOf(DocumentKind.GuaranteeReceipt, DealOf(envelope)), ct) is null) await Receipt(envelope, guarantee.Hold, terms.BuyerId, terms.LotId.ToString("N"), guarantee.Amount, ct);
    }

    private async Task OfDeal(Envelope envelope, CancellationToken ct)
    {
        var deal = DealOf(envelope);
        DealEvent[] history = [.. (await deals.History(deal, ct)).TakeWhile(recorded => recorded.Position <= envelope.Position).Select(recorded => recorded.Event)];
        var terms = DealView.TermsOf(history[0]);
        switch (envelope.Event)
        {
            case PaymentDue:
                await Issue(DocumentKind.Contract, await contents.Contract(deal, terms, ct));
                break;
            case ReceiptEnded e:
                await Act(e.Sums);
                break;
            case DealSettled e:
                await Act(e.Sums);
                await Issue(DocumentKind.SettlementStatement, await contents.Statement(deal, terms, e.Sums, history, ct));
                await Issue(DocumentKind.FeeInvoice, await contents.Invoice(deal, terms, e.Sums, ct));
                break;
            case DealDefaulted e when terms.Guarantee is { } guarantee:
                await Issue(DocumentKind.ForfeitStatement, await contents.Forfeit(deal, terms, guarantee, e, ct));
                break;
            case DealCancelled e:
                await Issue(DocumentKind.RefundStatement, await contents.Refund(deal, terms, e, history, ct));
                break;
        }

        // Whoever hands over again, as the operator has said, has another act.
        async Task Act(SettlementSums sums) => await desk.Issue(
            DocumentKind.AcceptanceAct, IdOf(DocumentKind.AcceptanceAct, deal, history.OfType<HandoverResumed>().Count()), envelope.At, envelope.Id, await contents.Act(deal, terms, sums, history, ct), ct);

        Task Issue(DocumentKind kind, DocumentContent content) => desk.Issue(kind, IdOf(kind, deal), envelope.At, envelope.Id, content, ct);
    }

    private static Guid DealOf(Envelope envelope) => Guid.ParseExact(envelope.Id, "N");

    /// <summary>A guarantee's reference begins with its lot's id.</summary>
    private static string LotOf(string reference) => reference[..reference.IndexOf('-', StringComparison.Ordinal)];
}
