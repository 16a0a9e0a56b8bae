using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ainalym.Identity.Notices;
using Ainalym.Journal;
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
        var route = MailRoutes.Drop(folder, "noreply@ainalym.kz", new SteppingTime(new DateTimeOffset(2026, 5, 4, 7, 0, 0, TimeSpan.Zero)));
        foreach (var _ in (int[])[1, 2]) await route(new Mail("7-0-a", "a@b.kz", "Төлем", "Бірінші\nекінші"), CancellationToken.None);
        var file = Directory.EnumerateFiles(folder).Should().ContainSingle().Subject;
        (await File.ReadAllTextAsync(file)).Should().Be(
            "Date: Mon, 04 May 2026 07:00:00 +0000\r\nFrom: noreply@ainalym.kz\r\nTo: a@b.kz\r\nSubject: =?utf-8?B?0KLTqdC70LXQvA==?=\r\nMessage-ID: <7-0-a@ainalym.kz>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nБірінші\r\nекінші\r\n");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>RFC 2047: no encoded word is longer than 75 characters, none ends within a letter, and together they are the subject.</summary>
    [Fact]
    public async Task A_long_subject_is_folded_into_words_that_mail_programs_read()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-mail-").FullName;
        var subject = string.Concat(Enumerable.Repeat("Мәміле: кезек сізде / Сделка: ваш ход 🚚 ", 6)).TrimEnd();
        await MailRoutes.Drop(folder, "noreply@ainalym.kz", TimeProvider.System)(new Mail("7-0-a", "a@b.kz", subject, "x"), CancellationToken.None);
        var mail = await File.ReadAllTextAsync(Directory.EnumerateFiles(folder).Single());
        var header = mail[mail.IndexOf("Subject: ", StringComparison.Ordinal)..mail.IndexOf("\r\nMessage-ID", StringComparison.Ordinal)]["Subject: ".Length..];
        var words = header.Split("\r\n ");
        words.Should().HaveCountGreaterThan(3).And.AllSatisfy(word => word.Length.Should().BeLessThanOrEqualTo(75));
        string.Concat(words.Select(word => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2])))).Should().Be(subject);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_mail_server_that_says_nothing_is_a_try_that_failed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var route = MailRoutes.Smtp(new Uri($"smtp+plain://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), "noreply@ainalym.kz", TimeSpan.FromMilliseconds(300));
        await FluentActions.Awaiting(() => route(new Mail("7-0-a", "a@b.kz", "Төлем", "x"), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20))).Should().ThrowAsync<TimeoutException>().WithMessage("*0.3 seconds*");
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await FluentActions.Awaiting(() => route(new Mail("7-0-b", "a@b.kz", "Төлем", "x"), cancelled.Token)).Should().ThrowAsync<OperationCanceledException>("who stops is no failed try");
    }

    /// <summary>One that cannot be sent does not have the others sent again.</summary>
    [Fact]
    public async Task Each_person_of_an_organisation_has_a_mail_of_his_own()
    {
        var (program, organisation, _) = await server.NewProgram("seller");
        using var own = program;
        await server.Database.Write(writing => writing.Run(
            """
            INSERT INTO users (user_id, organisation_id, email, email_normal, password_hash, security_stamp, concurrency_stamp, failures, locked_until_ms, created_at_ms)
            SELECT 'second', organisation_id, 'second@example.kz', 'second@example.kz', password_hash, security_stamp, concurrency_stamp, failures, locked_until_ms, created_at_ms FROM users WHERE organisation_id = @own
            """, new { own = organisation.ToString("N") }));
        var about = new Envelope(1_000_001, "front/test", "1", 1, "front.test.v1", new object(), Guid.Empty, "house", server.Time.GetUtcNow());
        await server.Database.Write(writing =>
        {
            NoticeRows.Add(writing, [(about, new Notice(organisation, "payout-account-named", "/my/payouts", "KZ61991DEMO000000001", server.Time.GetUtcNow().AddDays(1)))]);
            return 0;
        });
        (await server.Database.Query<string>("SELECT payload FROM outbox WHERE payload LIKE @like", new { like = $"{organisation:N}/1000001/0/%" })).Should().HaveCount(2);
        var mails = await server.Mails(mail => mail.Contains("Message-ID: <1000001-0-", StringComparison.Ordinal), 2);
        mails.Should().Contain(mail => mail.Contains("To: second@example.kz\r\n", StringComparison.Ordinal));
        mails.Should().OnlyContain(mail => mail.Contains("KZ61991DEMO000000001", StringComparison.Ordinal));
        await server.Database.Write(writing =>
        {
            Outbox.Add(writing, $"notice/{organisation:N}/1000003/0", "test", "sent before each had his own");
            NoticeRows.Add(writing, [(about with { Position = 1_000_003 }, new Notice(organisation, "payout-paid", "/my/payouts")), (about with { Position = 1_000_004 }, new Notice(organisation, "invoice-short", "/documents/1", 1, "TU-2026-000001", 2))]);
            return 0;
        });
        (await server.Database.Query<string>("SELECT effect FROM outbox WHERE effect LIKE @like", new { like = $"notice/{organisation:N}/1000003/0%" })).Should().ContainSingle("a rebuild sends nothing twice");
        MailSubject(mails[0]).Should().Be("Төлем шоты өзгертілуде / Меняется счёт для выплат");
        MailSubject((await server.Mails(mail => mail.Contains("Message-ID: <1000004-0-", StringComparison.Ordinal), 2))[0]).Should().Be("Ақша қозғалысы / Движение денег");
    }

    private static string MailSubject(string mail) => string.Concat(mail[mail.IndexOf("Subject: ", StringComparison.Ordinal)..mail.IndexOf("\r\nMessage-ID", StringComparison.Ordinal)]["Subject: ".Length..]
        .Split("\r\n ").Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2]))));

    /// <summary>A colleague who has read everything must not have read away that money may soon go elsewhere.</summary>
    [Fact]
    public async Task That_the_payout_account_changes_stays_new_for_everyone_as_long_as_it_can_be_stopped()
    {
        var (program, organisation, _) = await server.NewProgram("seller");
        using var own = program;
        var about = new Envelope(1_000_002, "front/test", "1", 1, "front.test.v1", new object(), Guid.Empty, "house", server.Time.GetUtcNow());
        await server.Database.Write(writing =>
        {
            NoticeRows.Add(writing, [(about, new Notice(organisation, "payout-account-named", "/my/payouts", "KZ61991DEMO000000001", server.Time.GetUtcNow().AddDays(1))), (about, new Notice(organisation, "payout-paid", "/my/payouts"))]);
            return 0;
        });
        var notices = new NoticeQueries(server.Database);
        (await notices.Unread(organisation, server.Time.GetUtcNow(), CancellationToken.None)).Should().Be(2);
        await notices.Read(organisation, 1_000_002, CancellationToken.None);
        (await notices.Unread(organisation, server.Time.GetUtcNow(), CancellationToken.None)).Should().Be(1);
        (await notices.Unread(organisation, server.Time.GetUtcNow().AddDays(1), CancellationToken.None)).Should().Be(0, "it can not be stopped any more");
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
