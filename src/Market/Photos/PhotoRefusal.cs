namespace Ainalym.Market.Photos;

/// <summary>Why a photo was not taken.</summary>
public enum PhotoRefusal
{
    /// <summary>Fact: the most megabytes (of 1,048,576 bytes).</summary>
    TooLarge,

    /// <summary>By its content it is no JPEG, PNG or WebP.</summary>
    NotAPhoto,

    /// <summary>It begins like a photo and ends too early, or contradicts itself.</summary>
    Damaged,

    /// <summary>A side too short or too long; facts: least and most pixels.</summary>
    WrongSize,

    /// <summary>Fact: the most photos of an organisation in 24 hours.</summary>
    TooManyInADay,

    /// <summary>No photo has this hash.</summary>
    PhotoNotFound,
}
