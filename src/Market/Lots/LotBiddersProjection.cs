using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Journal.Following;

namespace Ainalym.Market.Lots;

/// <summary>Who has bid on which lot, under which number: one row for each, however often it bids. A page of events is one statement, as bids come by the ten thousand a second.</summary>
public sealed class LotBiddersProjection() : Projection(ProjectionName)
{
    public const string ProjectionName = "market/lot-bidders";

    public override IReadOnlyList<string> Tables => ["lot_bidders"];

    public override void Apply(Writing writing, IReadOnlyList<Envelope> events)
    {
        var rows = new HashSet<(string Bidder, string Lot, int Number)>();
        foreach (var envelope in events)
        {
            switch (envelope.Event)
            {
                case BidPlaced e:
                    rows.Add((e.BidderId.ToString("N"), envelope.Id, e.BidderNumber));
                    break;
                case SealedBidPlaced e:
                    rows.Add((e.BidderId.ToString("N"), envelope.Id, e.BidderNumber));
                    break;
            }
        }

        if (rows.Count == 0) return;
        var json = JsonSerializer.Serialize(rows.Select(row => (object[])[row.Bidder, row.Lot, row.Number]));
        writing.Run(writing.Engine == Engine.Sqlite ? OnSqlite : OnSqlServer, new { rows = json });
    }

    private const string OnSqlite = """
        INSERT INTO lot_bidders (bidder_id, lot_id, bidder_number)
        SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(@rows) WHERE true
        ON CONFLICT DO NOTHING
        """;

    internal const string OnSqlServer = """
        INSERT INTO lot_bidders (bidder_id, lot_id, bidder_number)
        SELECT j.bidder_id, j.lot_id, j.bidder_number
        FROM OPENJSON(@rows) WITH (bidder_id NVARCHAR(64) '$[0]', lot_id NVARCHAR(64) '$[1]', bidder_number BIGINT '$[2]') j
        WHERE NOT EXISTS (SELECT 1 FROM lot_bidders b WHERE b.bidder_id = j.bidder_id COLLATE Latin1_General_100_BIN2 AND b.lot_id = j.lot_id COLLATE Latin1_General_100_BIN2)
        """;
}
