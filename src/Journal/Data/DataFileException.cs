namespace Ainalym.Journal.Data;

/// <summary>A data file of the house is not as it must be. The house does not start on it.</summary>
public sealed class DataFileException(string file, int line, string problem, Exception? inner = null)
    : Exception(line > 0 ? $"{file}, line {line}: {problem}" : $"{file}: {problem}", inner);
