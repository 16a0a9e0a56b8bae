using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Keys;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Settlement;

/// <summary>How settlement writes its events and commands. What is released here is read for ever; a field that is missing is an error, so nothing is left out when it is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LedgerCommand))]
[JsonSerializable(typeof(TransferPosted))]
[JsonSerializable(typeof(TransferHeld))]
[JsonSerializable(typeof(HoldPosted))]
[JsonSerializable(typeof(HoldVoided))]
[JsonSerializable(typeof(HoldExpired))]
[JsonSerializable(typeof(EntryCommand))]
[JsonSerializable(typeof(EntryBooked))]
[JsonSerializable(typeof(EntrySplit))]
[JsonSerializable(typeof(EntryAssigned))]
[JsonSerializable(typeof(EntryReturning))]
[JsonSerializable(typeof(EntryKept))]
[JsonSerializable(typeof(EntryReturned))]
[JsonSerializable(typeof(EntryCharged))]
[JsonSerializable(typeof(EntryExplained))]
[JsonSerializable(typeof(EntryDisowned))]
[JsonSerializable(typeof(PayoutAccountCommand))]
[JsonSerializable(typeof(PayoutAccountNamed))]
[JsonSerializable(typeof(PayoutAccountWithdrawn))]
[JsonSerializable(typeof(PayoutCommand))]
[JsonSerializable(typeof(PayoutOrdered))]
[JsonSerializable(typeof(PayoutFiled))]
[JsonSerializable(typeof(PayoutPaid))]
[JsonSerializable(typeof(PayoutReturned))]
[JsonSerializable(typeof(PayoutFailed))]
[JsonSerializable(typeof(PayoutWithdrawn))]
[JsonSerializable(typeof(PaymentQueueCommand))]
[JsonSerializable(typeof(PaymentQueued))]
[JsonSerializable(typeof(PaymentTakenBack))]
[JsonSerializable(typeof(PaymentFileMade))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(DailyBalanceCommand))]
[JsonSerializable(typeof(DaysBegun))]
[JsonSerializable(typeof(DayEnded))]
[JsonSerializable(typeof(BalanceSigned))]
[JsonSerializable(typeof(BalanceFigures))]
[JsonSerializable(typeof(DocumentSeriesCommand))]
[JsonSerializable(typeof(DocumentIssued))]
[JsonSerializable(typeof(DocumentContent))]
[JsonSerializable(typeof(DocumentParty[]))]
[JsonSerializable(typeof(DocumentSection[]))]
[JsonSerializable(typeof(DocumentFact[]))]
[JsonSerializable(typeof(EqualList<Fact>[]))]
[JsonSerializable(typeof(Fact[]))]
[JsonSerializable(typeof(NumberVoided))]
[JsonSerializable(typeof(TokenHeader))]
[JsonSerializable(typeof(PublishedKeys))]
internal sealed partial class SettlementJson : JsonSerializerContext
{
    /// <summary>The same, with letters of every script as they are: for what holds people's words.</summary>
    public static SettlementJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}
