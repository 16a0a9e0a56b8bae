namespace Ainalym.Journal.Following;

/// <summary>
/// "Close this auction at 14:00": an inline row of the stream that wants it, so it commits with the fact that set it. The command sent when it falls due
/// has an id made of stream, name and time, so firing twice is harmless.
/// </summary>
public static class Reminder
{
    public static RowTable Table { get; } = new("reminders", ["stream", "name"], ["due_ms"]);

    private static readonly RowShape Set = Table.Whole();
    private static readonly RowShape Cleared = Table.Gone();

    /// <summary>Sets the stream's reminder of that name, or moves it.</summary>
    public static Row At(string kind, string id, string name, DateTimeOffset due) => Set.Row($"{kind}/{id}", name, due);

    public static Row None(string kind, string id, string name) => Cleared.Row($"{kind}/{id}", name);
}
