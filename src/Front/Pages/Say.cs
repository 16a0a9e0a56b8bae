using System.Globalization;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Front.Pages;

/// <summary>The front's texts, and values as the reader of this request writes them.</summary>
public sealed class Say(Texts texts)
{
    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary><c>kk</c>, <c>ru</c> or <c>en</c>.</summary>
    public string Language => Culture.Code();

    /// <param name="key">Without the front's own name in front: <c>board.title</c>.</param>
    public string this[string key] => texts.Of("front." + key, Culture);

    public string With(string key, params ReadOnlySpan<Fact> facts) => texts.Of("front." + key, Culture, facts);

    public string Why(Refusal refusal) => texts.Of(refusal, Culture);

    public string Value(Fact fact) => texts.Write(fact, Culture);

    /// <summary>A moment stored as Unix milliseconds.</summary>
    public string Time(long unixMs) => FactText.Write(DateTimeOffset.FromUnixTimeMilliseconds(unixMs), Culture);
}
