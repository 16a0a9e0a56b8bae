using Ainalym.Identity.Notices;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Deals;

namespace Ainalym.Front.Pages;

/// <summary>What waits for who reads a page: the numbers beside the places.</summary>
internal sealed class Inbox(NoticeQueries notices, DealQueries deals, TimeProvider time)
{
    /// <summary>New notices, and deals whose next step is the reader's.</summary>
    public async Task<(int Notices, long Deals)> Of(Caller caller, CancellationToken ct) => (
        await notices.Unread(caller.Organisation, time.GetUtcNow(), ct),
        caller.Is(Roles.Seller | Roles.Buyer | Roles.Operator) ? await deals.Waiting(caller.Organisation, DealEndpoints.SideOf(caller), ct) : 0);
}
