using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Ainalym.Support;

/// <summary>What a PDF says, read back with <c>pdftotext</c>.</summary>
public static partial class PdfText
{
    /// <returns>Its words in the order of the layout, one space between.</returns>
    public static async Task<string> Read(byte[] pdf) => string.Join(' ', (await Run(pdf, "-layout")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <returns>Its words, each with how far it stands from the left and the right edge of its page, in points (1/72 inch).</returns>
    public static async Task<IReadOnlyList<(string Word, double Left, double Right)>> Places(byte[] pdf)
    {
        var words = new List<(string, double, double)>();
        var width = 0d;
        foreach (Match found in PageOrWord().Matches(await Run(pdf, "-bbox")))
        {
            if (found.Groups["width"].Success) width = Number(found.Groups["width"]);
            else words.Add((WebUtility.HtmlDecode(found.Groups["word"].Value), Number(found.Groups["from"]), width - Number(found.Groups["to"])));
        }

        return words;

        static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""<page width="(?<width>[\d.]+)"|<word xMin="(?<from>-?[\d.]+)" yMin="[^"]*" xMax="(?<to>-?[\d.]+)" yMax="[^"]*">(?<word>[^<]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PageOrWord();

    private static async Task<string> Run(byte[] pdf, string option)
    {
        using var process = Process.Start(new ProcessStartInfo("pdftotext", [option, "-", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, StandardOutputEncoding = Encoding.UTF8 })!;
        await process.StandardInput.BaseStream.WriteAsync(pdf);
        process.StandardInput.Close();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }
}
