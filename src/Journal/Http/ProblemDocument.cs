using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Journal.Http;

/// <summary>Problem details (RFC 9457) of the house, sent as <c>application/problem+json</c>.</summary>
/// <param name="Type">An identifier, not an address to open: <c>https://ainalym.kz/problems/</c> and the code.</param>
/// <param name="Title">What is wrong and what to do, in the reader's language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable public name: <c>market.lot.below-minimum-bid</c>.</param>
/// <param name="Field">The field of the request it is about, as the request writes it.</param>
/// <param name="Facts">The values in the title, unformatted.</param>
/// <param name="Errors">Every problem, when a whole document was checked and there are several; the first is the one above.</param>
/// <param name="CommandId">The command it answers: repeat a 503 with the same id.</param>
/// <param name="TraceId">Under this the house's log knows the request.</param>
public sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Code,
    string? Field,
    IReadOnlyList<ProblemFact> Facts,
    IReadOnlyList<ProblemError>? Errors,
    Guid? CommandId,
    string TraceId);

/// <summary>One of several problems of a document.</summary>
public sealed record ProblemError(string Title, string Code, string? Field, IReadOnlyList<ProblemFact> Facts);

/// <summary>A value in its invariant form.</summary>
/// <param name="Kind"><c>text</c>, <c>number</c>, <c>money</c>, <c>price-per-tonne</c>, <c>mass</c> (kilograms), <c>share</c> (percent) or <c>instant</c> (ISO 8601, UTC).</param>
public sealed record ProblemFact(string Kind, string Value)
{
    internal static IReadOnlyList<ProblemFact> From(Refusal refusal) => [.. refusal.Facts.Select(fact => new ProblemFact(Refusal.Kebab(fact.Kind.ToString()), fact.Value))];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ProblemJson : JsonSerializerContext;
