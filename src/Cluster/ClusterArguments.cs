using System.Globalization;

namespace Ainalym.Cluster;

/// <summary>What the cluster host's command line says beyond the front's.</summary>
/// <param name="SiloPort">Where the other processes of this machine reach this one: 1 to 65535, another for each.</param>
internal sealed record ClusterArguments(int SiloPort)
{
    public const int DefaultSiloPort = 11111;

    public const string Usage = """
        Ainalym.Cluster [--silo-port PORT] …                   the same front, of several processes on one data folder

          --silo-port PORT
                        where the other processes reach this one; else 11111. All else is passed on:
        """;

    /// <summary>Takes out what is the cluster's; the rest is for the front.</summary>
    public static ClusterArguments? Read(IReadOnlyList<string> args, out string[] rest, out string? problem)
    {
        var passed = new List<string>();
        (problem, rest) = (null, []);
        var port = DefaultSiloPort;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, inline) = args[i].StartsWith("--silo-port=", StringComparison.Ordinal) ? ("--silo-port", args[i]["--silo-port=".Length..]) : (args[i], null);
            if (name != "--silo-port")
            {
                passed.Add(name);
                continue;
            }

            var value = inline ?? (i + 1 < args.Count ? args[++i] : "");
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535) continue;
            problem = $"--silo-port needs a port, 1 to 65535; it was given '{value}'.";
            return null;
        }

        rest = [.. passed];
        return new(port);
    }
}
