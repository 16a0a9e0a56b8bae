using Ainalym.Contracts.CodeLists;
using Ainalym.Journal;
using Ainalym.Waste.Classifier;

namespace Ainalym.Waste;

/// <summary>Waste: the code lists now; sites, consignment notes, weighings and processing are to come.</summary>
public static class WasteModule
{
    private static readonly Lazy<CodeLists> Lists = new(CodeListFiles.Load);

    public static HouseModule Module { get; } = new("waste", typeof(WasteModule).Assembly);

    /// <summary>Loaded at the first call, which the house makes at its start.</summary>
    /// <exception cref="CodeListException">A file of the lists is damaged: the house does not start.</exception>
    public static CodeLists CodeLists => Lists.Value;
}
