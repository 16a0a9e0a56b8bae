namespace Ainalym.Kernel.Tests;

/// <summary>How the tests read texts: the canonical text of what was read, or the refusal.</summary>
internal static class Reading
{
    public static T Good<T>(string? text)
        where T : struct, ITextValue<T>
    {
        T.TryParse(text, out var value, out var refusal).Should().BeTrue($"'{text}' was refused: {refusal}");
        return value;
    }

    public static Refusal Refused<T>(string? text)
        where T : struct, ITextValue<T>
    {
        T.TryParse(text, out var value, out var refusal).Should().BeFalse($"'{text}' was read as {value}");
        value.Should().Be(default(T));
        return refusal!;
    }

    /// <summary>A text far longer than any value, of characters that a value may have.</summary>
    public static string Endless(string piece) => string.Concat(Enumerable.Repeat(piece, 200_000));
}
