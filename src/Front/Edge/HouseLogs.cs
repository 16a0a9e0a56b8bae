using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ainalym.Front.Edge;

/// <summary>One JSON line an entry. Paths, queries, addresses and e-mail addresses are not logged: the framework's request lines are off, ours name ids only.</summary>
internal static class HouseLogs
{
    public static void AddHouseLogs(this ILoggingBuilder logging, FrontOptions options)
    {
        logging.ClearProviders();
        logging.AddFilter(null, options.Demo ? LogLevel.Warning : LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // it warns that the keys lie unsealed in the data folder; so does the journal
        logging.AddFilter("Microsoft.Hosting.Lifetime", options.Demo ? LogLevel.Warning : LogLevel.Information);
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
    }
}
