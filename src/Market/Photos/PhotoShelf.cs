using Ainalym.Journal.Data;

namespace Ainalym.Market.Photos;

/// <summary>The photos' files.</summary>
public sealed class PhotoShelf(string dataFolder) : ContentShelf(dataFolder, "photos");
