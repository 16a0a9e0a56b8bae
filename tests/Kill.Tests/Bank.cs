using System.Globalization;
using Ainalym.Front;
using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Rails;
using Ainalym.Support;

namespace Ainalym.Kill.Tests;

/// <summary>The house's bank: tells by its statements that each of some organisations has paid in the same sum.</summary>
/// <param name="payers">Their BINs.</param>
internal sealed class Bank(IReadOnlyList<string> payers)
{
    private int statements;

    /// <summary>Tenge that each has paid in by now.</summary>
    public long ByEach { get; private set; }

    public long All => ByEach * payers.Count;

    /// <summary>Tells a house that nobody else has open of so much more from each. Its followers post it.</summary>
    public async Task Tell(House house, long tenge)
    {
        var (n, opening) = (++statements, All);
        ByEach += tenge;
        var entries = payers.Select((bin, i) => Camt.Entry(string.Create(CultureInfo.InvariantCulture, $"P{n}-{i}"), tenge, written: $"БИН {bin}"));
        var statement = Camt.Document(Camt.Statement(opening, All, string.Concat(entries), id: string.Create(CultureInfo.InvariantCulture, $"S-{n}"), account: FrontOptions.DemoAccount));
        var accounts = new HouseAccounts([new(TextValue.Parse<Iban>(FrontOptions.DemoAccount), Currency.Kzt)], FrontOptions.DefaultHolder);
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(statement));
        (await StatementImport.Of(house, new OrganisationQueries(house.Database).ByBins, accounts).Take(file, progress: null, CancellationToken.None)).Matched.Should().Be(payers.Count);
    }
}
