using Ainalym.Settlement.Keys;

namespace Ainalym.Front.Verbs;

/// <summary>The keys that the house signs with.</summary>
internal static class KeyVerbs
{
    public static Verb RotateKeys { get; } = new("rotate-keys", "rotate-keys              retires the key that the house signs with and makes another; prints its id", Run);

    private static async Task<int> Run(VerbCall call)
    {
        using var cancelling = new CancelKey();
        await using var house = JournalVerbs.Open(call);
        await call.Answers.WriteLineAsync((await SigningKeys.Of(house).Rotate(cancelling.Token)).Kid);
        return 0;
    }
}
