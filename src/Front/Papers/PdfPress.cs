using System.ComponentModel;
using System.Diagnostics;
using Ainalym.Journal;

namespace Ainalym.Front.Papers;

/// <summary>Makes a PDF of a page that needs nothing but itself.</summary>
/// <exception cref="StorageException">It could not be made; the message says why.</exception>
internal delegate Task<byte[]> PdfPress(string html, CancellationToken ct);

/// <summary>The press that a headless Chromium is: a process for each page, which takes a processor and some hundred megabytes.</summary>
/// <param name="longest">How long it may take over one page; 60 seconds where nothing is said.</param>
internal sealed class ChromiumPress(string chromium, TimeSpan? longest = null)
{
    private readonly TimeSpan longest = longest ?? TimeSpan.FromSeconds(60);

    /// <summary>Where one is installed; null where none is.</summary>
    /// <param name="named">Looked at instead, where it is given.</param>
    public static string? Find(string? named) => named is not null
        ? File.Exists(named) ? named : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome")]).FirstOrDefault(File.Exists);

    public async Task<byte[]> Print(string html, CancellationToken ct)
    {
        string? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("ainalym-press-").FullName;
            return await Print(html, folder, ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new StorageException($"The PDF was not made: {error.Message}", error);
        }
        finally
        {
            Clear(folder);
        }
    }

    private async Task<byte[]> Print(string html, string folder, CancellationToken ct)
    {
        var (page, pdf) = (Path.Combine(folder, "page.html"), Path.Combine(folder, "page.pdf"));
        await File.WriteAllTextAsync(page, html, ct);
        using var process = Process.Start(new ProcessStartInfo(
            chromium,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-extensions", "--disable-dev-shm-usage", $"--user-data-dir={Path.Combine(folder, "profile")}",
                "--no-pdf-header-footer", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri,
            ])
        { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest);
        try
        {
            await Task.WhenAll(process.StandardError.ReadToEndAsync(limit.Token), process.StandardOutput.ReadToEndAsync(limit.Token), process.WaitForExitAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            // It is gone before the next begins and before its folder is cleared.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
            throw new StorageException($"The PDF was not made within {longest.TotalSeconds:0.#} seconds.");
        }

        return File.Exists(pdf) ? await File.ReadAllBytesAsync(pdf, ct) : throw new StorageException($"The PDF was not made: {chromium} ended with {process.ExitCode}.");
    }

    /// <summary>What cannot be cleared stays in the machine's folder for such things: the PDF is there all the same.</summary>
    private static void Clear(string? folder)
    {
        try
        {
            if (folder is not null) Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
