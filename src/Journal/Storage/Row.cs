using Ainalym.Kernel;

namespace Ainalym.Journal;

/// <summary>A value of a row: a whole number, a text or nothing. Ids are texts in N form, times Unix milliseconds, so that both engines bind and sort alike.</summary>
public readonly struct Cell : IEquatable<Cell>
{
    /// <summary>Stands where the text would, so that a cell is two words.</summary>
    private static readonly object IsANumber = new();

    private readonly object? kind;
    private readonly long number;

    private Cell(object? kind, long number) => (this.kind, this.number) = (kind, number);

    public string? Text => kind as string;

    public bool IsNumber => ReferenceEquals(kind, IsANumber);

    public bool IsNull => kind is null;

    public long Number => IsNumber ? number : throw new InvalidOperationException("The cell holds no number.");

    public static Cell Null => default;

    public static implicit operator Cell(long value) => new(IsANumber, value);
    public static implicit operator Cell(long? value) => value is { } number ? number : Null;
    public static implicit operator Cell(bool value) => value ? 1L : 0L;
    public static implicit operator Cell(string? value) => new(value, 0);
    public static implicit operator Cell(Guid value) => value.ToString("N");
    public static implicit operator Cell(Guid? value) => value?.ToString("N");
    public static implicit operator Cell(DateTimeOffset value) => value.ToUnixTimeMilliseconds();
    public static implicit operator Cell(DateTimeOffset? value) => value?.ToUnixTimeMilliseconds();

    public object? Boxed => IsNumber ? number : Text;

    public bool Equals(Cell other) => IsNumber == other.IsNumber && number == other.number && Text == other.Text;

    public override bool Equals(object? obj) => obj is Cell other && Equals(other);

    public override int GetHashCode() => IsNumber ? number.GetHashCode() : Text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => IsNumber ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : Text ?? "null";
}

/// <summary>A table of inline rows: its key and its other columns. Each row belongs to one stream.</summary>
public sealed record RowTable(string Name, IReadOnlyList<string> Key, IReadOnlyList<string> Columns)
{
    /// <summary>Inserts the row, or writes over all its columns.</summary>
    public RowShape Whole() => new(this, RowWrite.Upsert, Columns);

    /// <summary>Inserts the row, which is new: an event row.</summary>
    public RowShape Added() => new(this, RowWrite.Insert, Columns);

    /// <summary>Writes over some columns of a row that is there.</summary>
    public RowShape Part(params IReadOnlyList<string> columns) => new(this, RowWrite.Update, columns);

    /// <summary>Takes the row away.</summary>
    public RowShape Gone() => new(this, RowWrite.Delete, []);
}

public enum RowWrite { Upsert, Insert, Update, Delete }

/// <summary>One way of writing to a table; made once and kept in a static field, as each has a prepared statement.</summary>
public sealed class RowShape(RowTable table, RowWrite write, IReadOnlyList<string> columns)
{
    public RowTable Table { get; } = table;

    public RowWrite Write { get; } = write;

    /// <summary>The columns written, after the key.</summary>
    public IReadOnlyList<string> Columns { get; } = columns.All(table.Columns.Contains)
        ? columns
        : throw new ArgumentException($"{table.Name} has no column {columns.First(column => !table.Columns.Contains(column))}.", nameof(columns));

    /// <summary>Key values first, then <see cref="Columns"/>, in their order.</summary>
    /// <exception cref="ArgumentException">Another number of cells.</exception>
    public Row Row(params Cell[] cells) => cells.Length == Table.Key.Count + Columns.Count
        ? new(this, cells)
        : throw new ArgumentException($"{Table.Name} takes {Table.Key.Count + Columns.Count} cells here, not {cells.Length}.", nameof(cells));
}

/// <summary>One row to write.</summary>
public readonly record struct Row(RowShape Shape, Cell[] Cells);
