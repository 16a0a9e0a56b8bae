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
    private static readonly TimeSpan HalfYear = TimeSpan.FromDays(26 * 7);

    /// <summary>What each buyer has paid in to begin with: 300 million tenge.</summary>
    private static readonly Money PaidInFirst = new(300_000_000_00, Currency.Kzt);

    /// <summary>What a buyer whose money is short pays in beyond what is missing: 50 million tenge.</summary>
    private static readonly Money PaidInAtOnce = new(50_000_000_00, Currency.Kzt);

    /// <summary>What each buyer pays in last, so that whoever signs in can bid at once: 100 million tenge.</summary>
    private static readonly Money PaidInLast = new(100_000_000_00, Currency.Kzt);

    private static readonly TimeSpan Good = TimeSpan.FromDays(1);

    /// <summary>Only a folder that carries the demo's own mark is ever cleared.</summary>
    /// <exception cref="StorageException">The folder holds something else.</exception>
    public static Task Renew(FrontOptions options) => Renew(options, TimeProvider.System.GetUtcNow(), HalfYear);

    /// <param name="now">Where the demo's country comes to.</param>
    /// <param name="past">How far back it begins.</param>
    public static async Task Renew(FrontOptions options, DateTimeOffset now, TimeSpan past)
    {
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
        await using (var stepping = SteppingHouse.Open(FrontHost.Modules, new HouseOptions(options.DataFolder), now - past, NullLoggerFactory.Instance))
        {
            var organisations = await DemoOrganisations.Register(stepping.House.Database, stepping.House.Clock.Time);
            var account = TextValue.Parse<Iban>(FrontOptions.DemoAccount);
            var bank = new DemoBank(stepping, account);
            var payouts = new DemoPayouts(stepping, bank, account, CallerOf("seller", Roles.Seller), CallerOf("operator", Roles.Operator));
            var buyers = DemoOrganisations.All.Index().Where(demo => demo.Item.Role == Roles.Buyer).ToDictionary(demo => organisations[demo.Item.Key].Organisation, demo => DemoOrganisations.BinOf(demo.Index));
            await bank.TopUp(buyers.Values.Select(bin => (bin, PaidInFirst)));
            await payouts.NameAccount();
            await new DemoLots(stepping, new PhotoShelf(options.DataFolder), organisations, (buyer, missing) => bank.TopUp([(buyers[buyer], missing + PaidInAtOnce)]), now).Play();
            await bank.TopUp(buyers.Values.Select(bin => (bin, PaidInLast)));
            await bank.PayInvoice(organisations["buyer"].Organisation, new Money(25_000_000_00, Currency.Kzt), new Money(20_000_000_00, Currency.Kzt));
            await bank.PayUnnamed(new Money(1_845_000_00, Currency.Kzt), "Оплата по счёту, лот гофрокартон");
            await bank.TakeUnexplained(new Money(4_500_00, Currency.Kzt), "Комиссия за ведение счёта");
            await payouts.Order();

            Caller CallerOf(string key, Roles role) => new(organisations[key].User, organisations[key].Organisation, role);
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
