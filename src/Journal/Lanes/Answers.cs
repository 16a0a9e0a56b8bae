using System.Text.Json;
using System.Text.Json.Serialization;
using Ainalym.Journal.Grains;
using Ainalym.Journal.Storage;
using Ainalym.Kernel;

namespace Ainalym.Journal.Lanes;

/// <summary>How answers are kept in receipts and given again.</summary>
internal static class Answers
{
    public static string Write(IReadOnlyList<Refusal> refusals) => JsonSerializer.Serialize(
        [.. refusals.Select(refusal => new KeptRefusal(refusal.Name, refusal.Facts, refusal.Field))], AnswersJson.Default.KeptRefusalArray);

    public static IReadOnlyList<Refusal> Read(string kept, GrainKind kind) =>
        [.. JsonSerializer.Deserialize(kept, AnswersJson.Default.KeptRefusalArray)!.Select(refusal => kind.RefusalOf(refusal.Name, refusal.Facts, refusal.Field))];

    public static LaneAnswer Reused(LaneItem item) => new(0, 0, item.AtMs, [new Refusal(JournalRefusal.CommandIdReused)], First: null);

    /// <summary>The first answer: an accepted command's events are read from the journal, a refusal's code and facts from the receipt.</summary>
    public static LaneAnswer Again(Grain grain, StoredReceipt receipt, IBatch transaction)
    {
        if (receipt.Answer is { } answer) return new(receipt.Version, 0, receipt.AtMs, Read(answer, grain.Kind), First: []);
        if (receipt.Events == 0) return new(receipt.Version, 0, receipt.AtMs, [], First: []);
        StoredEvent[] events = [.. transaction.ReadStream(receipt.Stream, grain.StreamName, receipt.Version - receipt.Events).Take(receipt.Events)];
        return new(receipt.Version, events[^1].Position, receipt.AtMs, [], First: [.. events.Select(e => grain.Kind.Catalogue.For(e.Name).Read(e.Data))]);
    }
}

internal sealed record KeptRefusal(string Name, IReadOnlyList<Fact> Facts, string? Field);

[JsonSerializable(typeof(KeptRefusal[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
internal sealed partial class AnswersJson : JsonSerializerContext;
