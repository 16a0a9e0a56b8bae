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

    public const string DefaultUrls = "http://localhost:5080";

    public const string Usage = """
        Ainalym.Front [--data DIR] [--demo] [--urls URLS]      serves pages and API
        Ainalym.Front VERB … [--data DIR]                      does one thing and ends

          --data DIR    data folder; else MARKET_DATA, else ./data
          --demo        a made-up country in a folder of its own (DIR/demo), with sign-ins to try
          --urls URLS   where to listen; else ASPNETCORE_URLS, else http://localhost:5080
          --connection TEXT
                        connection string of a SQL Server database for the journal, else MARKET_CONNECTION; the cluster host takes it
        """;

    /// <summary>Reads the arguments, or says which one it does not understand.</summary>
    public static FrontOptions? Read(IReadOnlyList<string> args, Func<string, string?> environment, out string? problem)
    {
        problem = null;
        var words = new List<string>();
        string? data = null, urls = null, connection = null;
        var demo = false;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, inline) = args[i].StartsWith("--", StringComparison.Ordinal) && args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (args[i][..at], args[i][(at + 1)..]) : (args[i], null);
            switch (name)
            {
                case "--demo":
                    demo = true;
                    break;
                case "--data" or "--urls" or "--connection":
                    var value = inline ?? (i + 1 < args.Count ? args[++i] : null);
                    if (string.IsNullOrWhiteSpace(value)) problem = $"{name} needs a value.";
                    else if (name == "--data") data = value;
                    else if (name == "--urls") urls = value;
                    else connection = value;
                    break;
                default:
                    if (name.StartsWith('-')) problem = $"{name} is not known.";
                    words.Add(args[i]);
                    break;
            }
        }

        if (problem is not null) return null;
        var folder = Path.GetFullPath(data ?? environment("MARKET_DATA") ?? "data");
        return new(
            demo ? Path.Combine(folder, "demo") : folder,
            demo,
            urls ?? environment("ASPNETCORE_URLS") ?? DefaultUrls,
            words.FirstOrDefault(),
            [.. words.Skip(1)])
        {
            ConnectionString = connection ?? (environment("MARKET_CONNECTION") is { Length: > 0 } known ? known : null),
        };
    }
}
