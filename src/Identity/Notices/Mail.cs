using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;

namespace Ainalym.Identity.Notices;

/// <summary>A mail to one person.</summary>
/// <param name="Key">The same for the same mail, so that sent twice it can be seen to be one: letters, digits, <c>-</c> and <c>.</c>.</param>
public sealed record Mail(string Key, string To, string Subject, string Body);

/// <summary>Sends a mail, or throws: the outbox tries again.</summary>
public delegate Task MailRoute(Mail mail, CancellationToken ct);

/// <summary>The ways that mails leave the house.</summary>
public static class MailRoutes
{
    /// <summary>How long a mail server may take over a mail.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Puts each mail as a file into a folder, where a person or a mail server takes it up. The same mail is the same file.</summary>
    public static MailRoute Drop(string folder, string from, TimeProvider time) => async (mail, ct) =>
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{mail.Key}.eml");
        var text = string.Create(CultureInfo.InvariantCulture, $"Date: {time.GetUtcNow():ddd, dd MMM yyyy HH:mm:ss} +0000\r\n") + $"From: {from}\r\nTo: {mail.To}\r\nSubject: {Encoded(mail.Subject)}\r\nMessage-ID: <{mail.Key}@{new MailAddress(from).Host}>\r\n"
            + $"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{mail.Body.ReplaceLineEndings("\r\n")}\r\n";
        await File.WriteAllTextAsync(file + ".part", text, ct);
        File.Move(file + ".part", file, overwrite: true);
    };

    /// <param name="server"><c>smtp://user:password@host:587</c> (STARTTLS) or, without TLS for a relay on the same machine, <c>smtp+plain://host:25</c>.</param>
    /// <param name="longest">How long it may take; 30 seconds where nothing is said. Then the try has failed, with a <see cref="TimeoutException"/>.</param>
    public static MailRoute Smtp(Uri server, string from, TimeSpan? longest = null) => async (mail, ct) =>
    {
        using var client = new SmtpClient(server.Host, server.IsDefaultPort ? 587 : server.Port) { EnableSsl = server.Scheme == "smtp" };
        if (server.UserInfo.Split(':', 2) is [var user, var password]) client.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        using var message = new MailMessage(from, mail.To, mail.Subject, mail.Body) { SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        message.Headers.Add("Message-ID", $"<{mail.Key}@{new MailAddress(from).Host}>");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest ?? Longest);
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (Exception error) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{server.Host} did not take the mail {mail.Key} within {(longest ?? Longest).TotalSeconds:0.#} seconds."), error);
        }
    };

    /// <summary>A header's text as RFC 2047 has it: encoded words of at most 75 characters, each of whole letters, folded.</summary>
    private static string Encoded(string text)
    {
        const int MostBytes = 45;
        var words = new List<string>();
        var bytes = new List<byte>(MostBytes);
        Span<byte> one = stackalloc byte[4];
        foreach (var letter in text.EnumerateRunes())
        {
            if (bytes.Count + letter.Utf8SequenceLength > MostBytes) Close();
            bytes.AddRange(one[..letter.EncodeToUtf8(one)]);
        }

        Close();
        return string.Join("\r\n ", words);

        void Close()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=");
            bytes.Clear();
        }
    }
}
