using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary><c>FixedPrice</c> is "fixed-price". Numbers are not taken for names.</summary>
public sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

public static class KebabCase
{
    /// <summary>How a member is written in rows, JSON and addresses.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => Names<T>.Of.TryGetValue(value, out var name) ? name : NameOf(value.ToString());

    /// <exception cref="FormatException">No member is called so.</exception>
    public static T Parse<T>(string? name)
        where T : struct, Enum => name is not null && Names<T>.By.TryGetValue(name, out var value) ? value : throw new FormatException($"No {typeof(T).Name} is called '{name}'.");

    /// <returns>False where no member is called so.</returns>
    public static bool TryParse<T>(string? name, out T value)
        where T : struct, Enum
    {
        value = default;
        return name is not null && Names<T>.By.TryGetValue(name, out value);
    }

    public static string NameOf(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(value => value, value => NameOf(value.ToString()));
        public static readonly Dictionary<string, T> By = Of.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
