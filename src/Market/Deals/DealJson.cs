using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Ainalym.Market.Rates;

namespace Ainalym.Market.Deals;

/// <summary>How deals are written, by the same rules as <see cref="MarketJson"/>: a state of a deal and one of a lot may have the same name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Deal))]
[JsonSerializable(typeof(DealCommand))]
[JsonSerializable(typeof(DealOpened))]
[JsonSerializable(typeof(DealOffered))]
[JsonSerializable(typeof(ComplaintFiled))]
[JsonSerializable(typeof(ComplaintDismissed))]
[JsonSerializable(typeof(ComplaintUpheld))]
[JsonSerializable(typeof(DeadlineExtended))]
[JsonSerializable(typeof(ContractOffered))]
[JsonSerializable(typeof(ContractAccepted))]
[JsonSerializable(typeof(PaymentDue))]
[JsonSerializable(typeof(PaymentOrdered))]
[JsonSerializable(typeof(PaymentFailed))]
[JsonSerializable(typeof(DealPaid))]
[JsonSerializable(typeof(PickUpProposed))]
[JsonSerializable(typeof(PickUpAgreed))]
[JsonSerializable(typeof(GoodsLoaded))]
[JsonSerializable(typeof(GoodsWeighed))]
[JsonSerializable(typeof(WeighingVoided))]
[JsonSerializable(typeof(ReceiptEnded))]
[JsonSerializable(typeof(DisputeRaised))]
[JsonSerializable(typeof(DecisionOverdue))]
[JsonSerializable(typeof(EvidenceAdded))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(DisputeDecided))]
[JsonSerializable(typeof(HandoverResumed))]
[JsonSerializable(typeof(TopUpDue))]
[JsonSerializable(typeof(TopUpPaid))]
[JsonSerializable(typeof(DealSettled))]
[JsonSerializable(typeof(DealCancelled))]
[JsonSerializable(typeof(DealDefaulted))]
[JsonSerializable(typeof(DeductionBand[]))]
[JsonSerializable(typeof(FeeLine[]))]
[JsonSerializable(typeof(Weighing[]))]
[JsonSerializable(typeof(Guid[]))]
internal sealed partial class DealJson : JsonSerializerContext
{
    /// <summary>The same, with letters of every script as they are: for what holds people's words.</summary>
    public static DealJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}
