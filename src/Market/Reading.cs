using Ainalym.Kernel;

namespace Ainalym.Market;

/// <summary>Reads the texts of a request and keeps all that can't be read, so that everything is told at once.</summary>
internal sealed class Reading
{
    private readonly List<Refusal> refusals = [];

    public IReadOnlyList<Refusal> Refusals => refusals;

    public T Of<T>(string? text, string field)
        where T : struct, ITextValue<T>
    {
        if (!T.TryParse(text, out var value, out var refusal)) refusals.Add(refusal.About(field));
        return value;
    }

    public T? OfOptional<T>(string? text, string field)
        where T : struct, ITextValue<T> => text is null ? null : Of<T>(text, field);
}
