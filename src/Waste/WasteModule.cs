using Ainalym.Contracts.CodeLists;
using Ainalym.Journal;
using Ainalym.Journal.Data;
using Ainalym.Waste.Classifier;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Waste;

/// <summary>Waste: the code lists now; sites, consignment notes, weighings and processing are to come.</summary>
public static class WasteModule
{
    private static readonly Lazy<CodeLists> Lists = new(CodeListFiles.Load);

    public static HouseModule Module { get; } = new("waste", typeof(WasteModule).Assembly);

    /// <summary>Loaded once, at the first call.</summary>
    /// <exception cref="DataFileException">A file of the lists is damaged.</exception>
    public static CodeLists CodeLists => Lists.Value;

    /// <summary>Loads the lists, so that the house does not start on damaged ones.</summary>
    /// <exception cref="DataFileException">A file of the lists is damaged.</exception>
    public static IServiceCollection AddWaste(this IServiceCollection services) =>
        services.AddSingleton(CodeLists).AddSingleton<CodeListSearch>().AddSingleton<CodeListPages>();

    /// <summary>The module's part of <c>/api/v1</c>.</summary>
    public static void MapWaste(this IEndpointRouteBuilder api) => api.MapCodeLists();
}
