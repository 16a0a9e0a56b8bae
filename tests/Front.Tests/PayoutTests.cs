using System.Net;
using System.Net.Http.Json;
using Ainalym.Contracts.Settlement;
using Ainalym.Front.Notices;
using Ainalym.Identity.Notices;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

/// <summary>Money out, over HTTP: everyone his own, and the operator the files.</summary>
public sealed class PayoutTests(FrontServer server)
{
    private const string Own = "KZ34 991D EMO0 0000 0002";

    [Fact]
    public async Task An_account_is_named_and_a_payout_waits_for_it_to_be_in_force()
    {
        var (program, id, _) = await server.NewProgram("seller");
        using var own = program;
        await TopUp(id);
        (await own.GetAsync("/api/v1/payouts/account").Json()).GetRawText().Should().Be("{}");
        (await Put(own, "KZ35991DEMO000000002").Problem()).Should().Be((400, "kernel.iban.check-digits-wrong", "account"));
        (await Put(own, "KZ64KZT1250041001000").Problem()).Should().Be((400, "kernel.iban.bank-code-malformed", "account"));
        (await Put(own, "DE89370400440532013000").Problem()).Should().Be((422, "settlement.payout-account.not-kazakh", "account"));
        (await Put(own, FrontOptions.DemoAccount).Problem()).Should().Be((422, "settlement.payout-account.house-account", "account"));
        (await Put(own, Own).Json()).GetProperty("next_account").GetString().Should().Be("KZ34991DEMO000000002");
        (await own.Write(HttpMethod.Post, "/api/v1/payouts", new { amount = "10.00 KZT" }).Problem()).Should().Be((409, "settlement.payout.no-account-in-force", null));
        (await own.Write(HttpMethod.Post, "/api/v1/payouts", new { amount = "ten" }).Problem()).Field.Should().Be("amount");
        (await own.Write(HttpMethod.Delete, $"/api/v1/payouts/{Guid.CreateVersion7(server.Time.GetUtcNow())}", new { }).Problem()).Should().Be((404, "settlement.payout.payout-not-found", null));
        (await own.GetAsync("/api/v1/payouts").Json()).GetProperty("items").GetArrayLength().Should().Be(0);
        (await own.DeleteAsync("/api/v1/payouts/account/next")).StatusCode.Should().Be(HttpStatusCode.BadRequest, "it takes an idempotency key");
    }

    [Theory, InlineData("buyer"), InlineData("seller"), InlineData("regulator")]
    public async Task Only_the_operator_makes_files_and_fails_payouts(string user)
    {
        using var program = await server.Program(user);
        (await program.Write(HttpMethod.Post, $"/api/v1/bank/payment-files/{FrontOptions.DemoAccount}", new { })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await program.GetAsync($"/api/v1/bank/payment-files/{FrontOptions.DemoAccount}/1")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        foreach (var list in (string[])["payment-files", "payouts/filed"]) (await program.GetAsync($"/api/v1/bank/{list}")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await program.Write(HttpMethod.Post, $"/api/v1/bank/payouts/{Guid.CreateVersion7(server.Time.GetUtcNow())}/failure", new { reason = "x" })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using var pages = server.Visitor();
        await pages.SignInByForm(user);
        (await pages.GetAsync($"/operator/bank/payment-files/{FrontOptions.DemoAccount}/1")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    /// <summary>On the page and in a notice.</summary>
    [Fact]
    public async Task What_the_banks_kept_of_a_returned_payout_is_told()
    {
        var organisation = server.NewOrganisation();
        using var pages = server.Visitor();
        var id = (await pages.Register(organisation).Json()).GetProperty("organisation_id").GetGuid();
        var about = new Envelope(1_000_010, "front/test", "1", 1, "front.test.v1", new object(), Guid.Empty, "house", server.Time.GetUtcNow());
        await server.Database.Write(writing =>
        {
            writing.Run(
                """
                INSERT INTO payouts (payout_id, organisation_id, currency, amount_minor, from_account, to_account, ordered_at_ms, standing, file_number, reason, changed_at_ms, charge_minor)
                VALUES (@id, @organisation, 'KZT', 60000, @account, @account, 0, 'returned', 1, 'AC04', 0, 750)
                """, new { id = Guid.CreateVersion7(server.Time.GetUtcNow()).ToString("N"), organisation = id.ToString("N"), account = Own });
            NoticeRows.Add(writing, [.. NoticesProjection.OfPayout(new PayoutReturned("e", "AC04", server.Time.GetUtcNow(), new Money(750, Currency.Kzt)), id).Select(notice => (about, notice))]);
            return 0;
        });
        (await pages.SendForm("/sign-in", "/sign-in", new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = (string)organisation["email"]!, ["password"] = "three plain words" })).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await pages.GetStringAsync("/my/payouts")).Should().Contain("came back; the banks kept").And.Contain("592.50").And.Contain("7.50");
        (await pages.GetStringAsync("/my/notices")).Should().Contain("The banks kept").And.Contain("7.50").And.Contain("AC04");
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        using var operators = await server.Program("operator");
        (await operators.GetAsync($"/api/v1/bank/payment-files/{FrontOptions.DemoAccount}/99").Problem()).Status.Should().Be(404);
        (await operators.Write(HttpMethod.Post, $"/api/v1/bank/payouts/{Guid.CreateVersion7(server.Time.GetUtcNow())}/failure", new { reason = "x" }).Problem()).Should().Be((404, "settlement.payout.payout-not-found", null));
        (await operators.Write(HttpMethod.Post, "/api/v1/bank/payment-files/KZ86125KZT5004100100", new { }).Problem()).Should().Be((409, "settlement.payment-queue.nothing-to-pay", null));
    }

    [Fact]
    public async Task The_page_takes_the_same_orders()
    {
        using var pages = server.Visitor();
        await pages.SignInByForm("buyer-group");
        (await pages.GetStringAsync("/my/payouts")).Should().Contain("No bank account is in force yet");
        using var wrong = await pages.SendForm("/my/payouts", "/my/payouts/account", new Dictionary<string, string>(StringComparer.Ordinal) { ["account"] = "KZ1" });
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var named = await pages.SendForm("/my/payouts", "/my/payouts/account", new Dictionary<string, string>(StringComparer.Ordinal) { ["account"] = Own });
        named.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await pages.GetStringAsync("/my/payouts")).Should().Contain("KZ34991DEMO000000002").And.Contain("Paid to from");
        using var withdrawn = await pages.SendForm("/my/payouts", "/my/payouts/account/withdrawal", new Dictionary<string, string>(StringComparer.Ordinal));
        withdrawn.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await pages.GetStringAsync("/my/payouts")).Should().NotContain("KZ34991DEMO000000002");
    }

    private async Task TopUp(Guid organisation) => (await new LedgerDesk(server.App.Services.GetRequiredService<IGrains>(), new LedgerQueries(server.Database)).Make(
        Currency.Kzt,
        new MakeTransfers(CommandIds.New(TimeProvider.System), [new TransferOrder.Post(AccountId.Bank, AccountId.Available(organisation), new Money(100_000, Currency.Kzt), TransferPurpose.TopUp, "entry-1")]),
        CancellationToken.None)).Refusal.Should().BeNull();

    private static Task<HttpResponseMessage> Put(HttpClient client, string account) => client.Write(HttpMethod.Put, "/api/v1/payouts/account", new { account });
}
