namespace Ainalym.Journal.Http;

/// <summary>Names of the policies that routes ask for. A route without one, and not explicitly open to everyone, is closed to all.</summary>
public static class Policies
{
    /// <summary>Buyers: bid, buy, hold guarantees.</summary>
    public const string Trade = "trade";

    /// <summary>Sellers: publish and manage lots.</summary>
    public const string Sell = "sell";

    /// <summary>The operator of the house.</summary>
    public const string Operate = "operate";

    /// <summary>The regulator, and the operator: look into everything, change nothing.</summary>
    public const string Inspect = "inspect";

    /// <summary>Anyone signed in.</summary>
    public const string SignedIn = "signed-in";
}
