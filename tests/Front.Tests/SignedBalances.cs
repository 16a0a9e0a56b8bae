using System.Net;
using System.Text;
using Ainalym.Contracts.Settlement;
using Ainalym.Front.Verbs;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Front.Tests;

public sealed class SignedBalances(FrontServer server)
{
    [Theory]
    [InlineData("/api/v1/trial-balances/GBP", 400, "kernel.number.unknown-currency")]
    [InlineData("/api/v1/trial-balances/KZT/yesterday", 400, "journal.request.malformed")]
    [InlineData("/api/v1/trial-balances/KZT/2020-01-01", 404, "journal.request.not-found")]
    public async Task What_was_never_signed_is_told_as_such(string address, int status, string code)
    {
        using var visitor = server.Visitor();
        var (found, problem, _) = await visitor.GetAsync(address).Problem();
        (found, problem).Should().Be((status, code));
    }

    [Fact]
    public async Task Everyone_may_look_through_the_signed_balances()
    {
        using var visitor = server.Visitor();
        (await visitor.GetStringAsync("/trial-balances?currency=EUR")).Should().Contain("No day of this currency has ended yet");
        (await visitor.GetAsync("/trial-balances/KZT/2020-01-01")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await visitor.GetAsync("/trial-balances/KZT/2020-01-01/token")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await visitor.GetAsync("/api/v1/trial-balances/EUR").Json()).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_signed_balance_is_shown_downloaded_and_verified()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-signed-").FullName;
        var start = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        await using (var stepping = SteppingHouse.Open(FrontHost.Modules, new HouseOptions(folder), start, NullLoggerFactory.Instance))
        {
            var paid = new TransferOrder.Post(AccountId.Bank, AccountId.Available(CommandIds.Derived(start, "organisation")), new Money(1000_00, Currency.Kzt), TransferPurpose.TopUp, "entry-1");
            (await stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", new MakeTransfers(CommandIds.Derived(start, "pay"), [paid]), Caller.House)).Refusal.Should().BeNull();
            await stepping.AdvanceTo(start.AddDays(3));
        }

        var app = FrontHost.Build(new FrontOptions(folder, Urls: "http://127.0.0.1:0") { Time = new SteppingTime(start.AddDays(3)) }, FrontPorts.Embedded);
        string token;
        await using (app)
        {
            await app.StartAsync();
            using var visitor = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            (await visitor.GetStringAsync("/trial-balances?lang=en")).Should().Contain("/trial-balances/KZT/2026-03-02");
            var page = await visitor.GetStringAsync("/trial-balances/KZT/2026-03-02?lang=en");
            page.Should().Contain("1,000.00").And.Contain("/.well-known/jwks.json");
            var said = await visitor.GetAsync("/api/v1/trial-balances/KZT/2026-03-02").Json();
            (said.GetProperty("figures").GetProperty("client_money").GetString(), said.GetProperty("figures").GetProperty("sum").GetString()).Should().Be(("1000.00 KZT", "0.00 KZT"));
            token = said.GetProperty("token").GetString()!;
            page.Should().Contain(token);
            (await visitor.GetStringAsync("/trial-balances/KZT/2026-03-02/token")).Should().Be(token + "\n");
        }

        var file = Path.Combine(folder, "balance.jws");
        await File.WriteAllTextAsync(file, token + "\n");
        (await Said(folder, file)).Should().Be((0, "ok\n"));
        (await Said(folder, token)).Should().Be((0, "ok\n"));
        (await Said(folder, token[..^4] + "AAAA")).Code.Should().Be(1);
        (await Said(folder)).Code.Should().Be(2);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(int Code, string Said)> Said(string folder, params string[] operands)
    {
        var answers = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        var options = FrontOptions.Read(["verify-balance", .. operands, "--data", folder], _ => null, out _)!;
        return (await AllVerbs.Find("verify-balance")!.Run(new VerbCall(options, FrontPorts.Embedded, answers, TextWriter.Null)), answers.ToString());
    }
}
