using System.Collections.Concurrent;
using System.Text;

namespace Ainalym.Kernel;

/// <summary>
/// Why something was not done: a code and the facts a person needs. The public name is made of the enum's module, its aggregate and the member:
/// <c>Ainalym.Market.Lots.LotRefusal.BelowMinimumBid</c> is <c>market.lot.below-minimum-bid</c>.
/// </summary>
public sealed record Refusal(Enum Code, params IReadOnlyList<Fact> Facts)
{
    private static readonly ConcurrentDictionary<Enum, string> Names = new();

    /// <summary>The field of the request that it is about, when it is about one: <c>mass_kg</c>.</summary>
    public string? Field { get; init; }

    /// <summary>Stable public name; also the key of the text in every language.</summary>
    public string Name => NameOf(Code);

    public static implicit operator Refusal(Enum code) => new(code);

    public Refusal About(string field) => this with { Field = field };

    public static string NameOf(Enum code) => Names.GetOrAdd(code, static code =>
    {
        var type = code.GetType();
        // What a module publishes for others stands in Ainalym.Contracts.<Module>, and is the module's all the same.
        var names = type.Namespace!.Split('.');
        var module = Kebab(names[1] == "Contracts" ? names[2] : names[1]);
        var aggregate = Kebab(type.Name.EndsWith("Refusal", StringComparison.Ordinal) ? type.Name[..^"Refusal".Length] : type.Name);
        return module == aggregate ? $"{module}.{Kebab(code.ToString())}" : $"{module}.{aggregate}.{Kebab(code.ToString())}";
    });

    /// <summary><c>BelowMinimumBid</c> → <c>below-minimum-bid</c>.</summary>
    public static string Kebab(string pascal)
    {
        var kebab = new StringBuilder(pascal.Length + 8);
        foreach (var letter in pascal)
        {
            if (char.IsUpper(letter) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }

    public bool Equals(Refusal? other) =>
        other is not null && Code.Equals(other.Code) && Field == other.Field && Facts.SequenceEqual(other.Facts);

    public override int GetHashCode() => HashCode.Combine(Code, Field, Facts.Count);

    public override string ToString() => Facts.Count == 0 ? Name : $"{Name} ({string.Join(", ", Facts.Select(fact => fact.Value))})";
}
