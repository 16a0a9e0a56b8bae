namespace Ainalym.Journal;

/// <summary>How a house is set up.</summary>
/// <param name="DataFolder">Holds <c>journal.db</c> and what belongs to it.</param>
public sealed record HouseOptions(string DataFolder)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Names a SQL Server database to keep the journal in instead of the data folder. Only the cluster host takes it.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Most entries of one batch.</summary>
    public int MostInBatch { get; init; } = 1024;

    /// <summary>A grain that nobody used for so long is dropped from memory.</summary>
    public TimeSpan IdleGrain { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A snapshot is made after so many events.</summary>
    public long SnapshotEvery { get; init; } = 500;

    /// <summary>No process has beaten for so long: the house was down, and what would have closed meanwhile is frozen.</summary>
    public TimeSpan OutageGap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a follower's lease is good without being renewed.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>The house was down: what hung on the clock must be made good before reminders run.</summary>
/// <param name="Since">The last beat of any process.</param>
/// <param name="Gap">How far ahead of now to look for what is about to fall due.</param>
public sealed record Outage(DateTimeOffset Since, TimeSpan Gap);
