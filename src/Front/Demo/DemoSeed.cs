using System.Globalization;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Photos;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Front.Demo;

/// <summary>The demo's data folder: made by the same commands that users send, in a house whose clock is moved by hand, and made anew when older than a day.</summary>
internal static class DemoSeed
{
    private const string Marker = "demo-made-at";

    /// <summary>How far back the demo's country begins.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromDays(26 * 7);

    private static readonly TimeSpan Good = TimeSpan.FromDays(1);

    /// <summary>Only a folder that carries the demo's own mark is ever cleared.</summary>
    /// <exception cref="StorageException">The folder holds something else.</exception>
    public static async Task Renew(FrontOptions options)
    {
        var now = TimeProvider.System.GetUtcNow();
        var marker = Path.Combine(options.DataFolder, Marker);
        if (File.Exists(marker))
        {
            var made = DateTimeOffset.Parse(await File.ReadAllTextAsync(marker), CultureInfo.InvariantCulture);
            if (now - made < Good && made <= now) return;
            Directory.Delete(options.DataFolder, recursive: true);
        }
        else if (Directory.Exists(options.DataFolder) && Directory.EnumerateFileSystemEntries(options.DataFolder).Any())
        {
            throw new StorageException($"{options.DataFolder} is not empty and was not made by the demo, so it is left as it is. Choose another folder with --data DIR.");
        }

        Directory.CreateDirectory(options.DataFolder);
        await File.WriteAllTextAsync(marker, DateTimeOffset.UnixEpoch.ToString("O", CultureInfo.InvariantCulture));
        await using (var stepping = SteppingHouse.Open(FrontHost.Modules, new HouseOptions(options.DataFolder), now - Past, NullLoggerFactory.Instance))
        {
            var organisations = await DemoOrganisations.Register(stepping.House.Database, stepping.House.Clock.Time);
            await DemoMoney.TopUp(stepping, DemoOrganisations.All.Where(demo => demo.Role == Roles.Buyer).Select(demo => organisations[demo.Key].Organisation));
            await new DemoLots(stepping, new PhotoShelf(options.DataFolder), organisations, now).Play();
        }

        await File.WriteAllTextAsync(marker, now.ToString("O", CultureInfo.InvariantCulture));
    }

    public static void PrintSignIns(TextWriter to)
    {
        to.WriteLine();
        to.WriteLine($"Demo sign-ins, all with the password {DemoOrganisations.Password}");
        foreach (var demo in DemoOrganisations.All)
            to.WriteLine($"  {demo.Email,-34} {demo.Role,-10} {demo.Name}");
    }
}
