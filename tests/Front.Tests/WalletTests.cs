using System.Net;
using System.Text.Json;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

/// <summary>Everyone sees the money of his own organisation, and of no other.</summary>
public sealed class WalletTests(FrontServer server)
{
    private const int Payments = 60;

    [Fact]
    public async Task A_wallet_shows_what_came_what_is_held_and_every_line()
    {
        var (program, id, _) = await server.NewProgram("buyer");
        using var own = program;
        await Pay(id);
        (await own.GetAsync("/api/v1/wallet/KZT").Json()).GetRawText().Should().Be("""{"available":"1870.00 KZT","held":"30.00 KZT","outgoing":"0.00 KZT","owed":"0.00 KZT"}""");
        (await own.GetAsync("/api/v1/wallet/USD").Json()).GetProperty("available").GetString().Should().Be("0.00 USD");

        var lines = new List<JsonElement>();
        var address = "/api/v1/wallet/KZT/statement";
        for (var next = address; next is not null;)
        {
            var part = await own.GetAsync(next).Json();
            lines.AddRange(part.GetProperty("items").EnumerateArray());
            next = part.TryGetProperty("next", out var after) && after.GetString() is { } cursor ? $"{address}?after={cursor}" : null;
        }

        lines.Should().HaveCount(Payments + 1).And.OnlyHaveUniqueItems(line => line.GetProperty("transfer").GetString());
        (lines[0].GetProperty("amount").GetString(), lines[0].GetProperty("balance").GetString(), lines[0].GetProperty("purpose").GetString(), lines[0].GetProperty("with").GetString())
            .Should().Be(("-100.00 KZT", "1900.00 KZT", "payment", "escrow"));
        lines[^1].GetProperty("balance").GetString().Should().Be("1.00 KZT");
        var hold = (await own.GetAsync("/api/v1/wallet/KZT/holds").Json()).GetProperty("items").EnumerateArray().Should().ContainSingle().Subject;
        (hold.GetProperty("amount").GetString(), hold.GetProperty("reference").GetString()).Should().Be(("30.00 KZT", "lot-1"));

        var csv = await own.GetAsync("/api/v1/wallet/KZT/statement.csv");
        csv.Content.Headers.ContentType!.MediaType.Should().Be("text/csv");
        var rows = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        rows.Should().HaveCount(Payments + 2).And.OnlyContain(row => row.Split(',', StringSplitOptions.None).Length == 8);
        rows[0].Should().Be("at,transfer,purpose,reference,with,amount,balance,currency");
        rows[^1].Should().EndWith(",top-up,entry-1,bank,1.00,1.00,KZT");
    }

    [Fact]
    public async Task What_is_held_is_shown_page_by_page()
    {
        var (program, id, _) = await server.NewProgram("buyer");
        using var own = program;
        var desk = new LedgerDesk(server.App.Services.GetRequiredService<IGrains>(), new LedgerQueries(server.Database));
        TransferOrder paid = new TransferOrder.Post(AccountId.Bank, AccountId.Available(id), new Money(100_00, Currency.Kzt), TransferPurpose.TopUp, "entry-1");
        var holds = Enumerable.Range(0, 55).Select(n => (TransferOrder)new TransferOrder.Hold(AccountId.Available(id), AccountId.Escrow(id), new Money(1_00, Currency.Kzt), TransferPurpose.Payment, $"hold-{n:00}"));
        (await desk.Make(Currency.Kzt, new MakeTransfers(CommandIds.New(TimeProvider.System), [paid, .. holds]), CancellationToken.None)).Refusal.Should().BeNull();

        var first = await own.GetStringAsync("/my/wallet");
        var at = first.IndexOf("/my/wallet?holds=", StringComparison.Ordinal);
        at.Should().BePositive("there is a next page");
        var next = await own.GetStringAsync(first[at..first.IndexOf('"', at)].Replace("&amp;", "&", StringComparison.Ordinal));
        next.Should().NotContain("/my/wallet?holds=");
        Enumerable.Range(0, 55).Count(n => first.Contains($"hold-{n:00}", StringComparison.Ordinal) ^ next.Contains($"hold-{n:00}", StringComparison.Ordinal)).Should().Be(55, "each is on one page");
    }

    [Fact]
    public async Task Another_organisation_sees_nothing_of_it()
    {
        var (program, id, _) = await server.NewProgram("buyer");
        program.Dispose();
        var last = await Pay(id);
        var (stranger, _, _) = await server.NewProgram("seller");
        using var other = stranger;
        (await other.GetAsync("/api/v1/wallet/KZT").Json()).GetProperty("available").GetString().Should().Be("0.00 KZT");
        (await other.GetAsync("/api/v1/wallet/KZT/statement").Json()).GetProperty("items").GetArrayLength().Should().Be(0);
        (await other.GetAsync($"/api/v1/wallet/KZT/statement?after={new Journal.Http.Cursor(last, "")}").Json()).GetProperty("items").GetArrayLength().Should().Be(0, "a line of another's statement begins nobody else's");
        (await other.GetAsync("/api/v1/wallet/KZT/holds").Json()).GetProperty("items").GetArrayLength().Should().Be(0);
        (await other.GetStringAsync("/api/v1/wallet/KZT/statement.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle();
    }

    [Theory]
    [InlineData("/api/v1/wallet/KZT")]
    [InlineData("/api/v1/wallet/KZT/statement")]
    [InlineData("/api/v1/wallet/KZT/holds")]
    [InlineData("/api/v1/wallet/KZT/statement.csv")]
    public async Task A_visitor_is_asked_to_sign_in(string address)
    {
        using var visitor = server.Visitor();
        (await visitor.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/statement")]
    [InlineData("/holds")]
    [InlineData("/statement.csv")]
    public async Task An_unknown_currency_is_named(string part)
    {
        using var own = await server.Program("buyer");
        (await own.GetAsync($"/api/v1/wallet/GBP{part}").Problem()).Should().Be((400, "kernel.number.unknown-currency", "currency"));
    }

    [Fact]
    public async Task The_trial_balance_is_for_who_oversees_the_house()
    {
        var (program, id, _) = await server.NewProgram("buyer");
        program.Dispose();
        await Pay(id);
        using var visitor = server.Visitor();
        await visitor.SignInByForm("regulator");
        var page = await visitor.GetStringAsync("/trial-balance");
        page.Should().Contain("It agrees: the balances add up to zero.").And.Contain("account at the bank");
        (await visitor.GetStringAsync("/trial-balance?currency=USD&day=")).Should().Contain("Nothing was posted");
        (await visitor.GetStringAsync("/trial-balance?day=2026-05-03")).Should().Contain("Nothing was posted", "the first of it was a day later");
        (await visitor.GetStringAsync("/trial-balance?position=0")).Should().Contain("Nothing was posted", "it is the journal's beginning");
        (await visitor.GetStringAsync("/trial-balance?position=1000000&day=")).Should().Contain("account at the bank");
        foreach (var (unread, field) in ((string, string)[])[("day=2026-02-30", "day"), ("position=-1", "position"), ("position=first", "position"), ("day=2026-05-03&position=7", "position")])
        {
            var refused = await visitor.GetAsync("/trial-balance?" + unread);
            refused.StatusCode.Should().Be(HttpStatusCode.BadRequest, unread);
            (await refused.Content.ReadAsStringAsync()).Should().Contain($"id=\"{field}-error-0\"", unread);
        }

        (await visitor.GetAsync("/trial-balance?currency=GBP")).StatusCode.Should().Be(HttpStatusCode.BadRequest);

        using var buyer = server.Visitor();
        await buyer.SignInByForm("buyer");
        (await buyer.GetAsync("/trial-balance")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await buyer.GetStringAsync("/my/wallet")).Should().NotContain("1,870.00");
    }

    /// <summary>2,000 tenge come in many parts, 100 go to a deal, 30 are held.</summary>
    /// <returns>The ledger's number of the last line.</returns>
    private async Task<long> Pay(Guid organisation)
    {
        var desk = new LedgerDesk(server.App.Services.GetRequiredService<IGrains>(), new LedgerQueries(server.Database));
        var (own, deal) = (AccountId.Available(organisation), AccountId.Escrow(organisation));
        for (var n = 1; n <= Payments; n++) await Make(new TransferOrder.Post(AccountId.Bank, own, Tenge(n < Payments ? 1 : 2000 - Payments + 1), TransferPurpose.TopUp, $"entry-{n}"));
        await Make(new TransferOrder.Hold(own, deal, Tenge(30), TransferPurpose.Guarantee, "lot-1"));
        await Make(new TransferOrder.Post(own, deal, Tenge(100), TransferPurpose.Payment, "lot-1"));
        return (await new Wallets(new LedgerQueries(server.Database)).Of(organisation, Currency.Kzt, CancellationToken.None)).Last;

        async Task Make(TransferOrder order) =>
            (await desk.Make(Currency.Kzt, new MakeTransfers(CommandIds.New(TimeProvider.System), [order]), CancellationToken.None)).Refusal.Should().BeNull();

        static Money Tenge(long amount) => new(amount * 100, Currency.Kzt);
    }
}
