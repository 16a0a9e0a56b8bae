using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ainalym.Market.Lots;

/// <summary>
/// The bidders of a lot in the order of their first bids; the first is number 1. It never changes: adding gives another, which shares the ids before it, so that a bid
/// leaves hardly any garbage. Looking up walks the ids: a lot has tens of bidders, rarely hundreds.
/// </summary>
[JsonConverter(typeof(Json))]
public sealed class BidderNumbers : IEquatable<BidderNumbers>
{
    private readonly Shared shared;

    private BidderNumbers(Shared shared, int count) => (this.shared, Count) = (shared, count);

    /// <summary>Ids that several share: each sees the first <see cref="Count"/> of them.</summary>
    private sealed class Shared(Guid[] ids, int used)
    {
        public readonly Guid[] Ids = ids;
        public int Used = used;
    }

    public static BidderNumbers None { get; } = new(new Shared([], 0), 0);

    public int Count { get; }

    private ReadOnlySpan<Guid> Ids => shared.Ids.AsSpan(0, Count);

    /// <summary>The bidder's number, from 1; null for one who has not bid.</summary>
    public int? Of(Guid bidder) => Ids.IndexOf(bidder) is var index and >= 0 ? index + 1 : null;

    /// <summary>With one more bidder, who has not bid before.</summary>
    public BidderNumbers With(Guid bidder)
    {
        // Two that grow from the same one, as when a batch is taken back, must not share the place: the first to claim it has it.
        if (Count < shared.Ids.Length && Interlocked.CompareExchange(ref shared.Used, Count + 1, Count) == Count)
        {
            shared.Ids[Count] = bidder;
            return new(shared, Count + 1);
        }

        var ids = new Guid[Math.Max(4, Count * 2)];
        Ids.CopyTo(ids);
        ids[Count] = bidder;
        return new(new Shared(ids, Count + 1), Count + 1);
    }

    public bool Equals(BidderNumbers? other) => other is not null && Ids.SequenceEqual(other.Ids);

    public override bool Equals(object? obj) => Equals(obj as BidderNumbers);

    public override int GetHashCode() => Count;

    /// <summary>An array of ids.</summary>
    internal sealed class Json : JsonConverter<BidderNumbers>
    {
        public override BidderNumbers Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var ids = new List<Guid>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ids.Add(reader.GetGuid());
            return new(new Shared([.. ids], ids.Count), ids.Count);
        }

        public override void Write(Utf8JsonWriter writer, BidderNumbers value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var id in value.Ids) writer.WriteStringValue(id);
            writer.WriteEndArray();
        }
    }
}
