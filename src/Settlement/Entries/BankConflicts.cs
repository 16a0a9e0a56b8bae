using System.Globalization;
using Ainalym.Journal;

namespace Ainalym.Settlement.Entries;

/// <summary>
/// Entries whose balance the bank now tells otherwise than it was taken in. Of each the latest word counts, and none when that is what was taken in. What is told as zero is another entry by its other
/// reference, which was taken in too: nothing that is told later makes it count once.
/// </summary>
internal static class BankConflicts
{
    /// <param name="statement">Its day. What a later day's statement has told stays, when an earlier one is taken in again.</param>
    /// <param name="told">By their ids, all entries that it tells of and that were taken in before: at least one.</param>
    /// <param name="otherwise">Those of them that came in or went out with another amount, as they are told now; with nothing, where it is another entry.</param>
    public static int Save(Writing writing, DateOnly statement, IReadOnlyCollection<string> told, IReadOnlyCollection<EntryFacts> otherwise, DateTimeOffset now)
    {
        var day = statement.ToString("O", CultureInfo.InvariantCulture);
        writing.Run("DELETE FROM bank_conflicts WHERE entry_id IN @told AND day <= @day AND told_minor <> 0", new { told, day });
        foreach (var facts in otherwise)
        {
            writing.Run(
                "INSERT INTO bank_conflicts (entry_id, told_minor, day, told_at_ms) SELECT @id, @minor, @day, @now WHERE NOT EXISTS (SELECT 1 FROM bank_conflicts WHERE entry_id = @id)",
                new { id = facts.Id, minor = facts.Moved.MinorUnits, day, now = now.ToUnixTimeMilliseconds() });
        }

        return otherwise.Count;
    }
}
