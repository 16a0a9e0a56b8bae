namespace Ainalym.Identity.Organisations;

/// <summary>Why an organisation's head can't be recorded.</summary>
public enum OrganisationRefusal
{
    /// <summary>No organisation of that id. (404)</summary>
    OrganisationNotFound,

    /// <summary>No organisation of the head's BIN is registered; fact: the BIN.</summary>
    HeadNotRegistered,

    /// <summary>The named head itself belongs to another organisation; fact: that one's BIN. Name that one.</summary>
    HeadHasHead,

    /// <summary>The organisation is the head of others, so it can't have a head of its own.</summary>
    IsHead,
}
