using Ainalym.Journal.Data;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Rails;

namespace Ainalym.Front;

/// <summary>What the command line asks for.</summary>
/// <param name="DataFolder">Holds the journal, the keys and what belongs to them.</param>
/// <param name="Urls">Where to listen, separated by semicolons.</param>
/// <param name="Verb">Something to do instead of serving, with its operands.</param>
public sealed record FrontOptions(string DataFolder, bool Demo = false, string Urls = FrontOptions.DefaultUrls, string? Verb = null, IReadOnlyList<string>? Operands = null)
{
    /// <summary>The house's clock; stepped by hand in tests.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Names a SQL Server database to keep the journal in, which only the cluster host does.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The house's own accounts at its bank, whose statements are taken in.</summary>
    public IReadOnlyList<HouseAccount> BankAccounts { get; init; } = [];

    /// <summary>In whose name those accounts are.</summary>
    public string BankHolder { get; init; } = DefaultHolder;

    public const string DefaultHolder = "Ainalym";

    /// <summary>The BIN of who holds them, for invoices; none: they name no BIN.</summary>
    public Bin? BankHolderBin { get; init; }

    /// <summary>What new deals are made on.</summary>
    public DealRuleBook DealRules { get; init; } = DealRuleBook.Usual;

    /// <summary>How people reach the pages, for mails and documents; ends in a slash.</summary>
    public Uri PublicUrl { get; init; } = new(DefaultUrls + "/");

    /// <summary>Makes the PDF files; none: one that is on the PATH.</summary>
    public string? Chromium { get; init; }

    /// <summary>Takes the house's mails; none: they are put into the folder <c>mail</c> of the data folder.</summary>
    public Uri? MailServer { get; init; }

    public string MailFrom { get; init; } = DefaultMailFrom;

    public const string DefaultMailFrom = "noreply@localhost";

    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Made up, with good check digits.</summary>
    public const string DemoAccount = "KZ61991DEMO000000001";

    public const string Usage = """
        Ainalym.Front [--data DIR] [--demo] [--urls URLS]      serves pages and API
        Ainalym.Front VERB … [--data DIR]                      does one thing and ends

          --data DIR    data folder; else MARKET_DATA, else ./data
          --demo        a made-up country in a folder of its own (DIR/demo), with sign-ins to try
          --urls URLS   where to listen; else ASPNETCORE_URLS, else http://localhost:5080
          --bank-account IBAN[:CURRENCY][,IBAN:CURRENCY]
                        the house's own accounts, whose statements are taken in; in tenge where no currency is said, and of each
                        currency the first is paid from and into; else MARKET_BANK_ACCOUNT
          --bank-holder NAME
                        in whose name those accounts are, as payment files say it; else MARKET_BANK_HOLDER
          --bank-holder-bin BIN
                        its BIN, as invoices name it; else MARKET_BANK_HOLDER_BIN
          --deal-rules FILE
                        what new deals are made on by their day, instead of what comes with the house: standstill, days to decide,
                        tolerance and the seller's share of a lost guarantee, in the columns of src/Market/data/deal-rules.csv; else MARKET_DEAL_RULES
          --public-url URL
                        how people reach the pages, for mails and documents; else MARKET_PUBLIC_URL, else the first of URLS
          (MARKET_CHROMIUM)
                        the Chromium that makes PDF files; else one on the PATH; without one documents are pages to print
          --mail-server URL
                        smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtp+plain://HOST:25; else MARKET_MAIL_SERVER, else mails are files in DIR/mail
          --mail-from ADDRESS
                        whom mails are from; else MARKET_MAIL_FROM
          --connection TEXT
                        connection string of a SQL Server database for the journal, else MARKET_CONNECTION; the cluster host takes it
        """;

    /// <summary>Reads the arguments, or says which one it does not understand.</summary>
    public static FrontOptions? Read(IReadOnlyList<string> args, Func<string, string?> environment, out string? problem)
    {
        problem = null;
        var words = new List<string>();
        string? data = null, urls = null, connection = null, bank = null, holder = null, holderBin = null, publicUrl = null, dealRules = null, mailServer = null, mailFrom = null;
        var demo = false;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, inline) = args[i].StartsWith("--", StringComparison.Ordinal) && args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (args[i][..at], args[i][(at + 1)..]) : (args[i], null);
            switch (name)
            {
                case "--demo":
                    demo = true;
                    break;
                case "--data" or "--urls" or "--connection" or "--bank-account" or "--bank-holder" or "--bank-holder-bin" or "--deal-rules" or "--public-url" or "--mail-server" or "--mail-from":
                    var value = inline ?? (i + 1 < args.Count ? args[++i] : null);
                    if (string.IsNullOrWhiteSpace(value)) problem = $"{name} needs a value.";
                    else if (name == "--data") data = value;
                    else if (name == "--urls") urls = value;
                    else if (name == "--bank-account") bank = value;
                    else if (name == "--bank-holder") holder = value;
                    else if (name == "--bank-holder-bin") holderBin = value;
                    else if (name == "--deal-rules") dealRules = value;
                    else if (name == "--public-url") publicUrl = value;
                    else if (name == "--mail-server") mailServer = value;
                    else if (name == "--mail-from") mailFrom = value;
                    else connection = value;
                    break;
                default:
                    if (name.StartsWith('-')) problem = $"{name} is not known.";
                    words.Add(args[i]);
                    break;
            }
        }

        var accounts = new List<HouseAccount>();
        foreach (var text in (bank ?? environment("MARKET_BANK_ACCOUNT") ?? (demo ? DemoAccount : "")).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (number, of) = text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? (text[..colon], text[(colon + 1)..]) : (text, Currency.Kzt.Code);
            if (!Iban.TryParse(number, out var account, out var refusal) || (refusal = account.WrongBankCode) is not null) problem ??= $"'{text}' is no IBAN: {refusal}.";
            else if (!Currency.TryParse(of, out var currency, out refusal)) problem ??= $"'{text}' is in no currency that the house keeps: {refusal}.";
            else if (accounts.Exists(other => other.Iban == account)) problem ??= $"'{text}': an account has one currency and stands here once.";
            else accounts.Add(new(account, currency));
        }

        holderBin ??= environment("MARKET_BANK_HOLDER_BIN");
        Bin? bin = null;
        if (!string.IsNullOrEmpty(holderBin))
        {
            if (Bin.TryParse(holderBin, out var read, out var notABin)) bin = read;
            else problem ??= $"'{holderBin}' is no BIN: {notABin}.";
        }

        dealRules ??= environment("MARKET_DEAL_RULES");
        var rules = DealRuleBook.Usual;
        try
        {
            if (!string.IsNullOrEmpty(dealRules)) rules = DealRuleBook.From(dealRules);
        }
        catch (Exception unread) when (unread is DataFileException or IOException or UnauthorizedAccessException)
        {
            problem ??= $"The rules of deals can't be taken: {unread.Message}";
        }

        publicUrl ??= environment("MARKET_PUBLIC_URL") ?? (urls ?? environment("ASPNETCORE_URLS") ?? DefaultUrls).Split(';')[0];
        if (!Uri.TryCreate(publicUrl.TrimEnd('/') + "/", UriKind.Absolute, out var reached) || reached.Scheme is not ("http" or "https")) problem ??= $"'{publicUrl}' is no address of pages: http://… or https://….";
        mailServer ??= environment("MARKET_MAIL_SERVER");
        Uri? server = null;
        if (mailServer is not null && (!Uri.TryCreate(mailServer, UriKind.Absolute, out server) || server.Scheme is not ("smtp" or "smtp+plain") || server.Host.Length == 0))
            problem ??= "The mail server is smtp://USER:PASSWORD@HOST:PORT or smtp+plain://HOST:PORT.";
        mailFrom ??= environment("MARKET_MAIL_FROM") ?? DefaultMailFrom;
        if (!System.Net.Mail.MailAddress.TryCreate(mailFrom, out _)) problem ??= $"'{mailFrom}' is no mail address.";

        if (problem is not null) return null;
        var folder = Path.GetFullPath(data ?? environment("MARKET_DATA") ?? "data");
        return new(
            demo ? Path.Combine(folder, "demo") : folder,
            demo,
            urls ?? environment("ASPNETCORE_URLS") ?? DefaultUrls,
            words.FirstOrDefault(),
            [.. words.Skip(1)])
        {
            BankAccounts = accounts,
            DealRules = rules,
            PublicUrl = reached!,
            Chromium = environment("MARKET_CHROMIUM"),
            MailServer = server,
            MailFrom = mailFrom,
            BankHolder = holder ?? environment("MARKET_BANK_HOLDER") ?? DefaultHolder,
            BankHolderBin = bin,
            ConnectionString = connection ?? (environment("MARKET_CONNECTION") is { Length: > 0 } known ? known : null),
        };
    }
}
