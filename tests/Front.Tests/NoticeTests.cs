using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ainalym.Identity.Notices;
using Ainalym.Journal.Following;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Support;

namespace Ainalym.Front.Tests;

/// <summary>People are told what concerns them: on the pages, and by mail.</summary>
public sealed class NoticeTests(FrontServer server)
{
    [Fact]
    public async Task Money_that_came_in_is_told_once_on_the_pages_and_by_mail()
    {
        var organisation = server.NewOrganisation();
        using var visitor = server.Visitor();
        (await visitor.Register(organisation)).StatusCode.Should().Be(HttpStatusCode.Created);
        var (bin, email) = ((string)organisation["bin"]!, (string)organisation["email"]!);
        using var operators = await server.Program("operator");
        var statement = Camt.Document(Camt.Statement(0, 175, Camt.Entry($"N{bin}", 175, written: PaymentReference.For(TextValue.Parse<Bin>(bin)).Grouped), id: $"N{bin}", account: FrontOptions.DemoAccount));
        (await operators.PostAsync("/api/v1/bank/statements", new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(statement)), "statement", "s.xml" } })).EnsureSuccessStatusCode();

        string[] mails = [];
        var mailFolder = Path.Combine(server.DataFolder, "mail");
        while (mails.Length == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            if (Directory.Exists(mailFolder)) mails = [.. Directory.EnumerateFiles(mailFolder, "*.eml").Where(file => File.ReadAllText(file).Contains($"To: {email}\r\n", StringComparison.Ordinal))];
        }

        mails.Should().ContainSingle();
        (await File.ReadAllTextAsync(mails[0])).Should().Contain("Поступило 175,00").And.Contain("түсті").And.Contain("/my/wallet").And.Contain("Message-ID: <" + Path.GetFileNameWithoutExtension(mails[0]));

        (await visitor.SendForm("/sign-in", "/sign-in", new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = email, ["password"] = "three plain words" })).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await visitor.GetStringAsync("/my/wallet")).Should().Contain("Notices, 1 new");
        (await visitor.GetStringAsync("/my/notices")).Should().Contain(">175.00").And.Contain(" has come in.</a>").And.Contain("class=\"unread\"");
        (await visitor.GetStringAsync("/my/notices")).Should().Contain(">175.00").And.Contain(" has come in.</a>").And.Contain("Notices, 0 new").And.NotContain("class=\"unread\"");

        using var other = server.Visitor();
        await other.SignInByForm("seller");
        (await other.GetStringAsync("/my/notices")).Should().NotContain("175.00");
        using var stranger = server.Visitor();
        (await stranger.GetAsync("/my/notices")).StatusCode.Should().Be(HttpStatusCode.Redirect, "who is not signed in is asked to");
    }

    /// <summary>Also where many are of one event, and a page ends among them.</summary>
    [Fact]
    public async Task Every_notice_is_on_one_page()
    {
        var (program, organisation, _) = await server.NewProgram("buyer");
        using var own = program;
        var about = new Envelope(1_000_000, "front/test", "1", 1, "front.test.v1", new object(), Guid.Empty, "house", server.Time.GetUtcNow());
        await server.Database.Write(writing =>
        {
            NoticeRows.Add(writing, [.. Enumerable.Range(0, 120).Select(n => (about, new Notice(organisation, "payout-returned", "/my/payouts", n)))]);
            return 0;
        });

        var seen = new List<long>();
        for (var next = ""; next is not null;)
        {
            var page = await own.GetAsync($"/api/v1/notices{(next.Length > 0 ? $"?after={next}" : "")}").Json();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Where(notice => notice.GetProperty("position").GetInt64() == 1_000_000).Select(notice => long.Parse(notice.GetProperty("facts")[0].GetProperty("value").GetString()!, CultureInfo.InvariantCulture)));
            next = page.TryGetProperty("next", out var after) ? after.GetString() : null;
        }

        seen.Should().Equal(Enumerable.Range(0, 120).Reverse().Select(n => (long)n));
        (await own.GetAsync($"/api/v1/notices?after={new Cursor(5, "x")}")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_mail_dropped_twice_is_one_file()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-mail-").FullName;
        var route = MailRoutes.Drop(folder, "noreply@ainalym.kz");
        foreach (var _ in (int[])[1, 2]) await route(new Mail("7-0-a", "a@b.kz", "Төлем", "Бірінші\nекінші"), CancellationToken.None);
        var file = Directory.EnumerateFiles(folder).Should().ContainSingle().Subject;
        (await File.ReadAllTextAsync(file)).Should().Be(
            "From: noreply@ainalym.kz\r\nTo: a@b.kz\r\nSubject: =?utf-8?B?0KLTqdC70LXQvA==?=\r\nMessage-ID: <7-0-a@ainalym.kz>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nБірінші\r\nекінші\r\n");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_mail_server_is_spoken_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = Hear(listener);
        await MailRoutes.Smtp(new Uri($"smtp+plain://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), "noreply@ainalym.kz")(new Mail("7-0-a", "a@b.kz", "Төлем", "Payment of 5"), CancellationToken.None);
        (await heard).Should().Contain("MAIL FROM:<noreply@ainalym.kz>").And.Contain("RCPT TO:<a@b.kz>").And.ContainMatch("*ssage-ID: <7-0-a@ainalym.kz>").And.Contain(line => line.StartsWith("Subject: =?utf-8?", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("--mail-server", "http://x", "mail server")]
    [InlineData("--mail-from", "nobody", "no mail address")]
    [InlineData("--public-url", "ftp://x", "no address of pages")]
    public void What_is_no_address_is_said_before_anything_runs(string option, string value, string said)
    {
        FrontOptions.Read([option, value], _ => null, out var problem).Should().BeNull();
        problem.Should().Contain(said);
    }

    /// <summary>A mail server that takes everything.</summary>
    private static async Task<IReadOnlyList<string>> Hear(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        var lines = new List<string>();
        var isData = false;
        await writer.WriteLineAsync("220 here");
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (isData && line != ".") continue;
            isData = line == "DATA";
            await writer.WriteLineAsync(line switch { "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" });
            if (line == "QUIT") break;
        }

        return lines;
    }
}
