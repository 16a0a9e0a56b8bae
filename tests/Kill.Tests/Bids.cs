using System.Net;
using System.Text.Json.Nodes;

namespace Ainalym.Kill.Tests;

/// <summary>A bid that was sent to a house which may be killed.</summary>
internal sealed record Sent(Trader Trader, Guid Lot, Guid CommandId, string Maximum)
{
    /// <summary>The first answer; none while its outcome is unknown.</summary>
    public string? Answer { get; set; }

    public bool Accepted { get; set; }
}

/// <summary>Bids over HTTP, and what must be true of them after a kill.</summary>
internal static class Bids
{
    /// <returns>False when the house was gone: the outcome is unknown.</returns>
    public static async Task<bool> Try(HttpClient http, Sent bid)
    {
        try
        {
            var (status, body) = await bid.Trader.Bid(http, bid.Lot, bid.CommandId, bid.Maximum);
            if (status == HttpStatusCode.ServiceUnavailable) return false;
            status.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.Conflict], body);
            bid.Answer = Comparable(body);
            bid.Accepted = status == HttpStatusCode.OK;
            return true;
        }
        catch (Exception error) when (RealHouse.IsGone(error))
        {
            return false;
        }
    }

    public static async Task SettleUnknown(HttpClient http, List<Sent> sent)
    {
        foreach (var bid in sent.Where(bid => bid.Answer is null)) (await Try(http, bid)).Should().BeTrue();
    }

    /// <summary>An accepted bid repeated is answered as the first time; a refused one was never remembered and may now be judged anew, so it is left out.</summary>
    public static async Task Repeat(HttpClient http, IReadOnlyList<Sent> bids)
    {
        foreach (var bid in bids.Where(bid => bid.Accepted))
        {
            var (status, body) = await bid.Trader.Bid(http, bid.Lot, bid.CommandId, bid.Maximum);
            status.Should().Be(HttpStatusCode.OK, body);
            Comparable(body).Should().Be(bid.Answer);
        }
    }

    public static async Task CountBids(HttpClient http, IReadOnlyList<Guid> lots, List<Sent> sent)
    {
        foreach (var lot in lots)
        {
            var answer = JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/v1/lots/{lot}", UriKind.Relative)))!;
            answer["lot"]!["bids"]!.GetValue<long>().Should().Be(sent.Count(bid => bid.Lot == lot && bid.Accepted));
        }
    }

    /// <summary>A problem carries the id of its request's trace, which is another each time.</summary>
    private static string Comparable(string body)
    {
        var node = JsonNode.Parse(body)!.AsObject();
        node.Remove("trace_id");
        return node.ToJsonString();
    }
}
