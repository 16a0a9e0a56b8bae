using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ainalym.Contracts.Settlement;
using Ainalym.Front.Demo;
using Ainalym.Identity.Registrations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Ledgers;
using Ainalym.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

/// <summary>Something of one or two organisations that a route may name.</summary>
/// <param name="Owners">Who may know of it.</param>
internal sealed record Thing(string Id, params Guid[] Owners);

/// <summary>
/// A house in which everything has happened to the demo's seller and buyer that has an id: deals that are settled, disputed with evidence and under contract, their documents, guarantees, an invoice, payouts in a file and
/// before one, a draft and a lot with a reserve. The buyer of PET has lost on their lots and has won another.
/// </summary>
public sealed class WholeStory : IAsyncLifetime
{
    public const string DraftText = "half a word of a draft", EvidenceText = "a word of evidence", DisputeText = "a word of dispute", Reserve = "61234", Sum = "1317", Vehicle = "987 XYZ 02", Iban = "KZ34991DEMO000000002";

    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-story-").FullName;
    private readonly SteppingTime time = new(new DateTimeOffset(2026, 5, 4, 7, 0, 0, TimeSpan.Zero));
    private IReadOnlyDictionary<string, Registered> organisations = null!;

    public WebApplication App { get; private set; } = null!;

    public DateTimeOffset Now => time.GetUtcNow();

    public string Draft { get; private set; } = "";

    /// <summary>The PDF that the buyer has given as evidence, by its hash, and the deal that it is about.</summary>
    public (string Hash, string Deal) Evidence { get; private set; }

    /// <summary>An open lot of the seller's that nobody has bid on.</summary>
    public string Lot { get; private set; } = "";

    /// <summary>A lot that the buyer has won.</summary>
    public string Sold { get; private set; } = "";

    /// <summary>The deal of the buyer of PET.</summary>
    public string OtherDeal { get; private set; } = "";

    internal IReadOnlyList<Thing> Deals { get; private set; } = [];

    internal IReadOnlyList<Thing> Documents { get; private set; } = [];

    /// <summary>What opens the documents' public pages.</summary>
    public IReadOnlyList<string> CheckCodes { get; private set; } = [];

    internal IReadOnlyList<Thing> Payouts { get; private set; } = [];

    public Guid Id(string key) => organisations[key].Organisation;

    public Guid NewId() => CommandIds.New(time);

    public async ValueTask InitializeAsync()
    {
        App = FrontServer.Build(folder, time);
        await App.StartAsync();
        organisations = await DemoOrganisations.Register(App.Services.GetRequiredService<IDatabase>(), time);
        await Do("seller", HttpMethod.Put, "payouts/account", new { account = Iban });
        await TopUp("buyer", 3_000_000);
        await TopUp("buyer-pet", 1_500_000);
        await Do("buyer", HttpMethod.Post, "wallet/invoices", new { amount = $"{Sum}.00 KZT" });
        await KeepDraft();

        string[] lots = [await Publish(), await Publish(), await Publish(), await Publish()];
        foreach (var (n, lot) in lots.Index())
        {
            var (loser, winner) = n < 3 ? ("buyer-pet", "buyer") : ("buyer", "buyer-pet");
            await Do(loser, HttpMethod.Post, $"lots/{lot}/bids", new { maximum = "46000.00 KZT" });
            await Do(winner, HttpMethod.Post, $"lots/{lot}/bids", new { maximum = "47000.00 KZT" });
        }

        await Later(days: 5);
        await Asking.Until(async () => (await Rows("SELECT deal_id FROM deals")).Count == lots.Length);
        await Later(days: 1);
        await Asking.Until(async () => (await Rows("SELECT deal_id FROM deals WHERE stage = 'contract'")).Count == lots.Length);
        string[] deals = [.. await Task.WhenAll(lots.Select(async lot => (await Rows($"SELECT deal_id FROM deals WHERE lot_id = '{lot}'")).Single()))];
        (Sold, OtherDeal) = (lots[0], deals[3]);
        Lot = await Publish(reserve: Reserve);
        await Settle(deals[0]);
        await Dispute(deals[1]);
        await PayOut();
        await ComeToRest();

        Guid seller = Id("seller"), buyer = Id("buyer"), other = Id("buyer-pet");
        Deals = [.. deals.Select(deal => new Thing(deal, seller, deal == OtherDeal ? other : buyer))];
        var documents = new DocumentQueries(App.Services.GetRequiredService<IDatabase>());
        DocumentRow[] papers = [.. (await Task.WhenAll((await Rows("SELECT document_id FROM documents")).Select(id => documents.One(Guid.ParseExact(id, "N"), CancellationToken.None)))).OfType<DocumentRow>()];
        Documents = [.. papers.Select(paper => new Thing(paper.DocumentId, [.. paper.Content.Parties.Select(party => party.Organisation).OfType<Guid>()]))];
        CheckCodes = [.. papers.Select(paper => paper.PublicCode)];
        Payouts = [.. (await Rows("SELECT payout_id FROM payouts")).Select(id => new Thing(id, seller))];
        papers.Select(paper => paper.Kind).Distinct().Should().BeEquivalentTo(["contract", "acceptance-act", "settlement-statement", "fee-invoice", "guarantee-receipt", "top-up-invoice"]);
        (await Rows("SELECT standing FROM payouts")).Should().BeEquivalentTo(["filed", "ordered"]);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public Task<IReadOnlyList<string>> Rows(string sql) => App.Services.GetRequiredService<IDatabase>().Query<string>(sql);

    /// <summary>All that the house keeps, a line for each row, but for what its own work moves on and for the refusals that it remembers for those who were refused.</summary>
    public async Task<HashSet<string>> Everything()
    {
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in await Rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('followers', 'processes', 'receipts')"))
        {
            var columns = await Rows($"SELECT name FROM pragma_table_info('{table}')");
            lines.UnionWith(await Rows($"SELECT '{table}'{string.Concat(columns.Select(column => $" || '|' || quote([{column}])"))} FROM [{table}]"));
        }

        return lines;
    }

    private async Task Settle(string deal)
    {
        await Load(deal);
        await Do("buyer", HttpMethod.Post, $"deals/{deal}/weighings", new { gross_kg = "28012.5", tare_kg = "8140", moisture_percent = "9.2", contamination_percent = "1.5", ticket = "T-1", vehicle = Vehicle });
        await Do("buyer", HttpMethod.Post, $"deals/{deal}/receipt", new { });
    }

    private async Task Load(string deal)
    {
        var day = (await Rows($"SELECT d.pick_up_from FROM lot_details d JOIN deals w ON w.lot_id = d.lot_id WHERE w.deal_id = '{deal}'")).Single();
        foreach (var (key, step, body) in ((string, string, object)[])
        [
            ("seller", "contract", new { }), ("buyer", "contract", new { }), ("buyer", "payment", new { }), ("buyer", "pick-up", new { day }), ("seller", "pick-up", new { day }), ("seller", "loading", new { vehicle = Vehicle }),
        ])
            await Do(key, HttpMethod.Post, $"deals/{deal}/{step}", body);
    }

    /// <summary>Weighed far below the award, so the seller has to answer, and does.</summary>
    private async Task Dispute(string deal)
    {
        await Load(deal);
        await Do("buyer", HttpMethod.Post, $"deals/{deal}/weighings", new { gross_kg = "25000", tare_kg = "8000", moisture_percent = "8", contamination_percent = "1.5", ticket = "T-2", vehicle = Vehicle });
        await Do("buyer", HttpMethod.Post, $"deals/{deal}/receipt", new { });
        await Do("seller", HttpMethod.Post, $"deals/{deal}/dispute", new { reason = DisputeText });
        using var buyer = await App.Program("buyer");
        using var paper = new MultipartFormDataContent { { new ByteArrayContent([.. "%PDF-1.7 a word"u8, .. "\n%%EOF\n"u8]) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } }, "document", "act.pdf" } };
        var hash = (await buyer.PostAsync($"/api/v1/deals/{deal}/evidence/documents", paper).Json()).GetProperty("document").GetString()!;
        await Do("buyer", HttpMethod.Post, $"deals/{deal}/evidence", new { text = EvidenceText, documents = new[] { hash } });
        Evidence = (hash, deal);
    }

    private async Task PayOut()
    {
        foreach (var standing in (string[])["filed", "ordered"])
        {
            var payout = (await Do("seller", HttpMethod.Post, "payouts", new { amount = $"{Sum}.00 KZT" })).GetProperty("payout_id").GetGuid().ToString("N");
            await Asking.Until(async () => (await Rows($"SELECT payment_id FROM payments WHERE payment_id = '{payout}'")).Count == 1);
            if (standing == "filed") await Do("operator", HttpMethod.Post, $"bank/payment-files/{FrontOptions.DemoAccount}", new { });
            await Asking.Until(async () => (await Rows($"SELECT standing FROM payouts WHERE payout_id = '{payout}'")).Single() == standing);
        }
    }

    private async Task KeepDraft()
    {
        using var seller = App.Visitor();
        await seller.SignInByForm("seller");
        var form = await seller.HiddenFields("/lots/new", "/lots");
        Draft = Guid.Parse(form["draft_id"]).ToString("N");
        form["description"] = DraftText;
        using var answer = await seller.PostAsync($"/lots/drafts/{Draft}", new FormUrlEncodedContent(form));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    private async Task<string> Publish(string? reserve = null)
    {
        var lot = JsonSerializer.SerializeToNode(LotRequests.Cardboard(Now, guarantee: "5"))!.AsObject();
        if (reserve is not null) lot["reserve_price"] = reserve;
        return (await Do("seller", HttpMethod.Post, "lots", lot)).GetProperty("lot_id").GetGuid().ToString("N");
    }

    private async Task TopUp(string key, decimal tenge)
    {
        var paid = new TransferOrder.Post(AccountId.Bank, AccountId.Available(Id(key)), new Money((long)(tenge * 100), Currency.Kzt), TransferPurpose.TopUp, "entry");
        (await App.Services.GetRequiredService<House>().Addresses.Handle(LedgerAddress.Ledger, "KZT", new MakeTransfers(NewId(), [paid]), Caller.House, CancellationToken.None)).Refusals.Should().BeEmpty();
    }

    private async Task<JsonElement> Do(string key, HttpMethod method, string path, object body)
    {
        using var program = await App.Program(key);
        using var answer = await program.Write(method, $"/api/v1/{path}", body);
        answer.IsSuccessStatusCode.Should().BeTrue($"{key} {path}: {await answer.Content.ReadAsStringAsync()}");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private async Task Later(int days)
    {
        await ComeToRest();
        time.Set(Now.AddDays(days));
    }

    /// <summary>Waits until followers and projections have read all that there is, every mail has gone, and so nobody writes any more.</summary>
    private Task ComeToRest() => Asking.Until(async () =>
        (await Rows("SELECT name FROM followers WHERE name LIKE '%/%' AND [checkpoint] < (SELECT position FROM head)")).Count == 0 && (await Rows("SELECT effect FROM outbox WHERE state <> 'sent'")).Count == 0);
}
