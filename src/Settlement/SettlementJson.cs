using System.Text.Json;
using System.Text.Json.Serialization;
using Ainalym.Contracts.Settlement;
using Ainalym.Settlement.Ledgers;

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
internal sealed partial class SettlementJson : JsonSerializerContext;
