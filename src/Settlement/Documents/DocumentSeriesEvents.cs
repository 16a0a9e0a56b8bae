using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Documents;

/// <summary>What has happened to the numbers of a series.</summary>
public abstract record DocumentSeriesEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

/// <summary>The document has the next number of the series, for ever, and says what it says.</summary>
/// <param name="InPlaceOf">The void number of the series that it stands for.</param>
/// <param name="Dated">When what it tells happened, which its number's year is of; null where only <paramref name="At"/> was kept.</param>
/// <param name="CheckCode">Stands on the paper and opens its public page. What was issued before there were codes has none.</param>
public sealed record DocumentIssued(
    long Number, Guid Document, DocumentKind Kind, string Subject, DocumentContent Content, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CheckCode = null,
    [property: JsonPropertyName("dated_ms"), JsonConverter(typeof(UnixMilliseconds)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Dated = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? InPlaceOf = null) : DocumentSeriesEvent(At);

/// <summary>The number stands for nothing any more. It stays listed and is not given again.</summary>
public sealed record NumberVoided(long Number, string Reason, DateTimeOffset At) : DocumentSeriesEvent(At);
