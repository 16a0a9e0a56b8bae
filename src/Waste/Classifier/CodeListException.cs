namespace Ainalym.Waste.Classifier;

/// <summary>A file of the code lists is not as it must be. The house does not start on it.</summary>
public sealed class CodeListException(string file, int line, string problem, Exception? inner = null)
    : Exception(line > 0 ? $"{file}, line {line}: {problem}" : $"{file}: {problem}", inner);
