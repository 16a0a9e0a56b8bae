using Ainalym.Kernel;

namespace Ainalym.Journal.Http;

/// <summary>What the edge refuses before a module sees the request, and what stands in its way. Public names are <c>journal.request.…</c>.</summary>
public enum RequestRefusal
{
    /// <summary>No body, or an empty one. (400)</summary>
    BodyMissing,

    /// <summary>The body is not JSON in UTF-8; facts: line and byte, both from 1. (400)</summary>
    NotJson,

    /// <summary>A field or parameter that must be given is not there. (400)</summary>
    FieldMissing,

    /// <summary>A field that this request does not have. (400)</summary>
    FieldUnknown,

    /// <summary>A value of another kind than asked for; fact: what is asked for. (400)</summary>
    WrongType,

    /// <summary>A word that is not in its list; fact: the list. (400)</summary>
    NotInList,

    /// <summary>Not a UUID. (400)</summary>
    NotUuid,

    /// <summary>A parameter that can't be read. (400)</summary>
    Malformed,

    /// <summary>A write without the header <c>Idempotency-Key</c>. (400)</summary>
    IdempotencyKeyMissing,

    /// <summary>The header <c>Idempotency-Key</c> is not a UUID, or is the nil one. (400)</summary>
    IdempotencyKeyMalformed,

    /// <summary>A cursor that this house did not give. (400)</summary>
    CursorMalformed,

    /// <summary>The header <c>Last-Event-ID</c> is not a position. (400)</summary>
    LastEventIdMalformed,

    /// <summary>A form without its antiforgery token, or with one of another sign-in. (400)</summary>
    FormExpired,

    /// <summary>Any other request the server can't read. (400)</summary>
    Unreadable,

    /// <summary>Nobody is signed in. (401)</summary>
    NotSignedIn,

    /// <summary>The signed-in organisation's role does not open this route. (403)</summary>
    NotAllowed,

    /// <summary>No such address, or nothing under it that the caller may see. (404)</summary>
    NotFound,

    /// <summary>The address is there, the method is not. (405)</summary>
    MethodNotAllowed,

    /// <summary>The body is larger than the house takes; fact: the limit in bytes. (413)</summary>
    BodyTooLarge,

    /// <summary>The body is not sent as <c>application/json</c>, or, for a page's form, as a form. (415)</summary>
    MediaType,

    /// <summary>Too many requests; fact: seconds to wait. (429)</summary>
    TooManyRequests,

    /// <summary>A bug: it is in the log under the trace id. (500)</summary>
    Unexpected,

    /// <summary>The journal could not be read or written; repeat with the same command id. (503)</summary>
    StorageUnavailable,
}

/// <summary>A request that can't be read: thrown while it is bound, answered as a problem. Never used for a rule of the trade, whose refusals are answers.</summary>
public sealed class RefusedRequest(params IReadOnlyList<Refusal> refusals) : Exception(string.Join("; ", refusals))
{
    public IReadOnlyList<Refusal> Refusals { get; } = refusals;
}
