using System.Diagnostics;
using Ainalym.Journal;

namespace Ainalym.Front.Papers;

/// <summary>Makes a PDF of a page that needs nothing but itself.</summary>
/// <exception cref="StorageException">It could not be made; the message says why.</exception>
internal delegate Task<byte[]> PdfPress(string html, CancellationToken ct);

/// <summary>The press that a headless Chromium is. One page at a time: it takes a processor and some hundred megabytes.</summary>
internal sealed class ChromiumPress(string chromium) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Where one is installed; null where none is.</summary>
    /// <param name="named">Looked at instead, where it is given.</param>
    public static string? Find(string? named) => named is not null
        ? File.Exists(named) ? named : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome")]).FirstOrDefault(File.Exists);

    public async Task<byte[]> Print(string html, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        var folder = Directory.CreateTempSubdirectory("ainalym-press-").FullName;
        try
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
            limit.CancelAfter(Longest);
            try
            {
                await Task.WhenAll(process.StandardError.ReadToEndAsync(limit.Token), process.StandardOutput.ReadToEndAsync(limit.Token), process.WaitForExitAsync(limit.Token));
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                ct.ThrowIfCancellationRequested();
                throw new StorageException($"The PDF was not made within {Longest.TotalSeconds:0} seconds.");
            }

            return File.Exists(pdf) ? await File.ReadAllBytesAsync(pdf, ct) : throw new StorageException($"The PDF was not made: {chromium} ended with {process.ExitCode}.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
