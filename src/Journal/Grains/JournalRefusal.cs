using Ainalym.Kernel;

namespace Ainalym.Journal;

/// <summary>What the journal itself refuses, whatever the kind.</summary>
public enum JournalRefusal
{
    /// <summary>The caller's role, or organisation, does not allow this command. (403)</summary>
    NotPermitted,

    /// <summary>This command id was used before by somebody else or for something else; nothing is said about that. (422)</summary>
    CommandIdReused,
}

internal static class JournalRefusals
{
    public static Enum ByName(string name) =>
        Enum.GetValues<JournalRefusal>().Cast<Enum>().FirstOrDefault(code => Refusal.NameOf(code) == name)
        ?? throw new InvalidOperationException($"A receipt holds the refusal '{name}', which nothing here knows.");
}

/// <summary>The journal could not be read or written (503). Nothing is lost: repeat the command with the same id.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
