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

    /// <summary>A document's PDF in a language; null where none was made and none can be.</summary>
    public async Task<byte[]?> Pdf(DocumentRow document, CultureInfo language, CancellationToken ct)
    {
        if (await Made(document, language, ct) is { } made) return made;
        if (press is null) return null;
        await Turn.WaitAsync(ct);
        try
        {
            if (await Made(document, language, ct) is { } meanwhile) return meanwhile;
            var bytes = await press(await Html(document, language), ct);
            await documents.Keep(document, language.Code(), shelf.Put(bytes), clock.Now(), ct);
            return await Made(document, language, ct);
        }
        finally
        {
            Turn.Release();
        }
    }

    private async Task<byte[]?> Made(DocumentRow document, CultureInfo language, CancellationToken ct)
    {
        var file = (await documents.Files(document, ct)).FirstOrDefault(file => file.Language == language.Code());
        return file is not null && shelf.Find(file.Sha256) is { } path ? await File.ReadAllBytesAsync(path, ct) : null;
    }

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
