using System.Diagnostics;
using System.Text;

namespace Ainalym.Support;

/// <summary>What a PDF says, read back with <c>pdftotext</c>.</summary>
public static class PdfText
{
    /// <returns>Its words in the order of the layout, one space between.</returns>
    public static async Task<string> Read(byte[] pdf)
    {
        using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", "-", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, StandardOutputEncoding = Encoding.UTF8 })!;
        await process.StandardInput.BaseStream.WriteAsync(pdf);
        process.StandardInput.Close();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
