using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Resources;
using Ainalym.Kernel;

namespace Ainalym.Journal.Http;

/// <summary>
/// What the house says to people, from each module's <c>Texts.{kk,ru,en}.resx</c>. A key's first segment names its module; there is no falling back
/// to another language: a key that is missing is a bug.
/// </summary>
public sealed class Texts
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> byLanguage;

    /// <exception cref="InvalidOperationException">A module has texts in some of the languages only, or a key of another module.</exception>
    public Texts(IEnumerable<HouseModule> modules)
    {
        HouseModule[] all = [new("kernel", typeof(Refusal).Assembly), new("journal", typeof(Texts).Assembly), .. modules.Where(module => module.Name is not ("kernel" or "journal"))];
        byLanguage = Languages.All.ToFrozenDictionary(
            culture => culture.Code(),
            culture => all.SelectMany(module => Read(module, culture.Code())).ToFrozenDictionary(StringComparer.Ordinal),
            StringComparer.Ordinal);
        foreach (var module in all)
            if (Languages.All.Select(culture => byLanguage[culture.Code()].Keys.Any(key => key.StartsWith(module.Name + '.', StringComparison.Ordinal))).Distinct().Count() > 1)
                throw new InvalidOperationException($"{module.Assembly.GetName().Name} has texts in some of the languages only.");
    }

    /// <summary>Every key of that language.</summary>
    public IReadOnlyList<string> Keys(string language) => byLanguage[language].Keys;

    /// <summary>The text of a refusal, its facts written in the reader's own way.</summary>
    /// <exception cref="KeyNotFoundException">The key is missing in that language.</exception>
    public string Of(Refusal refusal, CultureInfo culture) => Of(refusal.Name, culture, [.. refusal.Facts]);

    /// <summary>A text by its key, with <c>{0}</c>, <c>{1}</c>… filled from the facts.</summary>
    /// <exception cref="KeyNotFoundException">The key is missing in that language.</exception>
    public string Of(string key, CultureInfo culture, params ReadOnlySpan<Fact> facts)
    {
        var text = byLanguage[culture.Code()].TryGetValue(key, out var found) ? found : throw new KeyNotFoundException($"'{key}' has no text in '{culture.Code()}'.");
        if (facts.IsEmpty) return text;
        var written = new object[facts.Length];
        for (var i = 0; i < facts.Length; i++) written[i] = Write(facts[i], culture);

        return string.Format(culture, text, written);
    }

    /// <summary>A fact as a reader of that language writes it: <c>45 000,00 ₸/т</c>.</summary>
    public string Write(Fact fact, CultureInfo culture) => FactText.Write(this, fact, culture);

    private static IEnumerable<KeyValuePair<string, string>> Read(HouseModule module, string language)
    {
        using var stream = Satellite(module, language)?.GetManifestResourceStream($"{module.Assembly.GetName().Name}.Texts.{language}.resources");
        if (stream is null) return [];
        using var reader = new ResourceReader(stream);
        var texts = new List<KeyValuePair<string, string>>();
        foreach (System.Collections.DictionaryEntry entry in reader)
        {
            var key = (string)entry.Key;
            if (!key.StartsWith(module.Name + '.', StringComparison.Ordinal)) throw new InvalidOperationException($"The text '{key}' stands in the module '{module.Name}', whose name it does not begin with.");
            texts.Add(new(key, (string)entry.Value!));
        }

        return texts;
    }

    private static Assembly? Satellite(HouseModule module, string language)
    {
        try
        {
            return module.Assembly.GetSatelliteAssembly(CultureInfo.GetCultureInfo(language));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
