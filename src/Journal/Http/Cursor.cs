using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Ainalym.Journal.Http;

/// <summary>Where a list goes on: after the row with this sort value and id. Outside it is opaque text; a client gives back what it was given.</summary>
/// <param name="At">The sort column of the last row; most often Unix milliseconds.</param>
public readonly record struct Cursor(long At, string Id)
{
    private const int LongestId = 64;

    /// <summary>Before the first row of an ascending list.</summary>
    public static Cursor Start { get; } = new(long.MinValue, "");

    public static bool TryParse(string? text, IFormatProvider? provider, out Cursor cursor)
    {
        cursor = default;
        if (text is not { Length: > 0 and <= 128 } || !Base64Url.IsValid(text)) return false;
        var said = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        if (said.Length != 2 || !long.TryParse(said[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)) return false;
        if (said[1].Length > LongestId || !said[1].All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) return false;

        cursor = new(at, said[1]);
        return true;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At} {Id}")));
}

/// <summary>A part of a list.</summary>
/// <param name="Next">Give it as <c>after</c> for the part that follows; none at the end.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>From one row more than asked for, so that the end is known without counting.</summary>
    public static PageOf<T> From(IReadOnlyList<T> rows, int size, Func<T, Cursor> cursor) =>
        rows.Count <= size ? new(rows, null) : new([.. rows.Take(size)], cursor(rows[size - 1]).ToString());
}
