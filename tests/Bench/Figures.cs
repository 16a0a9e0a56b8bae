using System.Globalization;

namespace Ainalym.Bench;

/// <summary>One measured row: how many a second, and how long one took.</summary>
/// <param name="PerSecond">Accepted, answered after they were durable.</param>
public sealed record Row(string Name, double PerSecond, Times Times, string Beside);

/// <summary>Latencies in milliseconds.</summary>
public readonly record struct Times(double P50, double P99, double Worst)
{
    public static Times Of(List<long> ticks)
    {
        if (ticks.Count == 0) return default;
        ticks.Sort();
        return new(Ms(ticks[ticks.Count / 2]), Ms(ticks[(int)(ticks.Count * 0.99)]), Ms(ticks[^1]));
    }

    private static double Ms(long ticks) => ticks * 1000.0 / System.Diagnostics.Stopwatch.Frequency;
}

/// <summary>The table and the lines for machines.</summary>
public sealed class Figures
{
    private readonly List<Row> rows = [];
    private readonly List<string> lines = [];

    public void Add(Row row)
    {
        rows.Add(row);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {row.Name,-34} {row.PerSecond,12:N0}/s   {row.Beside}"));
    }

    public Row this[string name] => rows.Single(row => row.Name == name);

    public bool Has(string name) => rows.Exists(row => row.Name == name);

    public void Ratio(string name, string over, string under)
    {
        if (Has(over) && Has(under)) lines.Add(string.Create(CultureInfo.InvariantCulture, $"ratio {name} {this[over].PerSecond / this[under].PerSecond:0.00}"));
    }

    public void Ratio(string name, double value) => lines.Add(string.Create(CultureInfo.InvariantCulture, $"ratio {name} {value:0.00}"));

    public void Value(string name, double value) => lines.Add(string.Create(CultureInfo.InvariantCulture, $"value {name} {value:0.0##}"));

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"{"row",-34} {"per second",12} {"p50 ms",9} {"p99 ms",9} {"worst ms",9}  beside");
        foreach (var row in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name,-34} {row.PerSecond,12:N0} {row.Times.P50,9:0.00} {row.Times.P99,9:0.00} {row.Times.Worst,9:0.0}  {row.Beside}"));
        Console.WriteLine();
        foreach (var line in lines) Console.WriteLine(line);
    }
}
