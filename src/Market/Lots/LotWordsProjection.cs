using System.Globalization;
using Ainalym.Contracts.CodeLists;
using Ainalym.Journal;
using Ainalym.Journal.Following;

namespace Ainalym.Market.Lots;

/// <summary>The words that open lots are found by: what the seller wrote, and the names of grade and region in every language. A lot that has ended is found no more.</summary>
public sealed class LotWordsProjection(CodeLists codes) : Projection("market/lot-words")
{
    public override IReadOnlyList<string> Tables => ["lot_words"];

    public override void Apply(Writing writing, IReadOnlyList<Envelope> events)
    {
        foreach (var envelope in events)
        {
            switch (envelope.Event)
            {
                case LotListed e:
                    Write(writing, envelope, e.Lot, e.Material);
                    break;
                case LotChanged e:
                    Write(writing, envelope, e.Lot, e.Material);
                    break;
                case LotAwarded or LotUnsold or LotCancelled:
                    Remove(writing, envelope.Id);
                    break;
            }
        }
    }

    private void Write(Writing writing, Envelope envelope, LotDescription lot, string material)
    {
        Remove(writing, envelope.Id);
        var on = DateOnly.FromDateTime(envelope.At.UtcDateTime);
        var text = string.Create(CultureInfo.InvariantCulture, $"{lot.Description} {lot.Place} {lot.Grade} {material} {lot.WasteCode} {Spelled(codes.Find(lot.Grade, on)?.Name)} {Spelled(codes.Find(lot.Region, on)?.Name)}");
        writing.Run("INSERT INTO lot_words (word, lot_id) VALUES (@word, @id)", SearchWords.Of(text).Select(word => new { word, id = envelope.Id }));
    }

    private static void Remove(Writing writing, string id) => writing.Run("DELETE FROM lot_words WHERE lot_id = @id", new { id });

    private static string Spelled(Naming? name) => $"{name?.En} {name?.Ru} {name?.Kk}";
}
