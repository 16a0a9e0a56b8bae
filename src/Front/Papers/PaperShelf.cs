using System.Globalization;
using Ainalym.Front.Pages;
using Ainalym.Journal;
using Ainalym.Journal.Data;
using Ainalym.Journal.Http;
using Ainalym.Settlement.Documents;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Ainalym.Front.Papers;

/// <summary>The documents' PDF files: each made at first asking, kept by its content's hash, and from then on the same bytes for ever.</summary>
internal sealed class PaperShelf(DocumentQueries documents, ContentShelf shelf, IServiceProvider services, ILoggerFactory logs, JournalClock clock, PdfPress? press = null)
{
    /// <summary>One page is pressed at a time in a process, and who waited for the same one finds it made.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    public bool HasPress => press is not null;

    /// <summary>A document's PDF in a language; null where none was made and none can be. One whose file is lost is made anew.</summary>
    public async Task<byte[]?> Pdf(DocumentRow document, CultureInfo language, CancellationToken ct)
    {
        if (await Read(await Made(document, language, ct), ct) is { } made) return made;
        if (press is null) return null;
        await Turn.WaitAsync(ct);
        try
        {
            var known = await Made(document, language, ct);
            if (await Read(known, ct) is { } meanwhile) return meanwhile;
            var bytes = await press(await Html(document, language), ct);
            await documents.Keep(document, language.Code(), shelf.Put(bytes), lost: known, clock.Now(), ct);
            return await Read(await Made(document, language, ct), ct);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>The name of the file that it was made into.</summary>
    private async Task<string?> Made(DocumentRow document, CultureInfo language, CancellationToken ct) => (await documents.Files(document, ct)).FirstOrDefault(file => file.Language == language.Code())?.Sha256;

    private async Task<byte[]?> Read(string? hash, CancellationToken ct) => hash is not null && shelf.Find(hash) is { } path ? await File.ReadAllBytesAsync(path, ct) : null;

    private async Task<string> Html(DocumentRow document, CultureInfo language)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = language;
            var sheet = await renderer.RenderComponentAsync<PrintPage>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(PrintPage.Document)] = document }));
            return sheet.ToHtmlString();
        });
    }
}
