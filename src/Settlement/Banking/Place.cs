using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Banking;

/// <summary>An element of a statement with the line in which what it belongs to begins: an entry, the statement itself. Names of elements are asked for without their namespace, which is the root's; others' are not seen.</summary>
internal readonly partial record struct Place(XElement Element, int Line)
{
    public string Trimmed => Element.Value.Trim();

    public bool Has(params string[] path) => Find(path) is not null;

    public string? Optional(params string[] path) => Find(path) is { HasElements: false } found && found.Value.Trim() is { Length: > 0 } text ? text : null;

    public string Text(params string[] path) => Optional(path) ?? throw Missing(Named(path));

    public IEnumerable<Place> All(params string[] path)
    {
        IEnumerable<XElement> found = [Element];
        foreach (var name in path) found = found.SelectMany(element => element.Elements(element.Name.Namespace + name));
        var line = Line;
        return found.Select(element => new Place(element, line));
    }

    public T Value<T>(params string[] path)
        where T : struct, ITextValue<T>
    {
        var text = Text(path);
        return T.TryParse(text, out var value, out _) ? value : throw Malformed(Named(path), text);
    }

    /// <summary>A day, also where the bank gives the hour with it.</summary>
    public DateOnly Date(string name)
    {
        var text = Optional(name, "Dt") ?? Optional(name, "DtTm") ?? throw Missing(Named([name]));
        return IsoDay().IsMatch(text) && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Malformed(name, text);
    }

    /// <summary>A moment: a day and its hour.</summary>
    public DateTimeOffset Moment(string name)
    {
        var text = Text(name);
        return text.Contains('T', StringComparison.Ordinal) && IsoDay().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : throw Malformed(Named([name]), text);
    }

    public bool IsCredit() => IsCredit("CdtDbtInd");

    public bool IsCredit(params string[] indicator) => Text(indicator) switch
    {
        "CRDT" => true,
        "DBIT" => false,
        var other => throw Malformed(Named(indicator), other),
    };

    public Money Amount(Currency expected, params string[] path)
    {
        var amount = Amount(path);
        return amount.Currency == expected ? amount : throw new StatementException(new Refusal(StatementRefusal.MixedCurrencies, expected.Code, amount.Currency.Code, Line));
    }

    /// <summary>Null where none stands there, or one of another currency.</summary>
    public Money? AmountIn(Currency expected, params string[] path) => Find(path)?.Attribute("Ccy")?.Value == expected.Code ? Amount(path) : null;

    /// <summary>A balance is below zero when it is a debit.</summary>
    public Money Signed()
    {
        var amount = Amount("Amt");
        return IsCredit() ? amount : new Money(-amount.MinorUnits, amount.Currency);
    }

    public StatementException Malformed(string element, string text) => new(new Refusal(StatementRefusal.ValueMalformed, element, text.Length > 100 ? text[..100] : text, Line));

    public StatementException Missing(string element) => new(new Refusal(StatementRefusal.ElementMissing, element, Line));

    public string? AtMost(int longest, string element, string? text) => text is null || text.Length <= longest ? text : throw Malformed(element, text);

    private Money Amount(params string[] path)
    {
        var text = Text(path);
        var written = Find(path)!.Attribute("Ccy")?.Value ?? throw Missing(Named(path) + "@Ccy");
        // XML's own numbers: a point, no grouping, no sign; five places, of which the house's currencies have two. A currency is said by its code and nothing like it.
        return Number().IsMatch(text) && Currency.All.Any(known => known.Code == written) && Money.TryParse($"{Shortened(text)} {written}", out var amount, out _) ? amount : throw Malformed(Named(path), $"{text} {written}");
    }

    /// <summary>Without the zeros that say nothing.</summary>
    private static string Shortened(string text) => text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && text.Length > point + 1 + Currency.Places
        ? text[..(point + 1 + Currency.Places)] + text[(point + 1 + Currency.Places)..].TrimEnd('0')
        : text;

    private XElement? Find(string[] path)
    {
        var found = Element;
        foreach (var name in path)
        {
            found = found.Element(found.Name.Namespace + name);
            if (found is null) return null;
        }

        return found;
    }

    public string Named(params string[] path) => $"{Element.Name.LocalName}/{string.Join('/', path)}";

    [GeneratedRegex(@"^[0-9]{1,18}(\.[0-9]{1,5})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    /// <summary>A day, or a moment of it, with or without its zone (ISO 8601 as XML has it).</summary>
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IsoDay();
}
