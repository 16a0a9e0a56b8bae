using System.Reflection;
using Ainalym.Journal.Following;

namespace Ainalym.Journal;

/// <summary>What a module registers with the house. Made once, in <c>…Module.cs</c>.</summary>
/// <param name="Name">Lower case, first part of all its public names: <c>market</c>.</param>
/// <param name="Assembly">Holds its migrations (<c>Sqlite/V001__….sql</c>, <c>SqlServer/V001__….sql</c>) and its texts (<c>Texts.{kk,ru,en}.resx</c>).</param>
public sealed record HouseModule(string Name, Assembly Assembly)
{
    public IReadOnlyList<GrainKind> Kinds { get; init; } = [];

    public IReadOnlyList<Projection> Projections { get; init; } = [];

    /// <summary>Made from the services, as followers may send commands and read.</summary>
    public IReadOnlyList<Func<IServiceProvider, Follower>> Followers { get; init; } = [];
}
