using Ainalym.Kernel;
using Ainalym.Market.Deals;

namespace Ainalym.Front.Pages;

/// <summary>Says who has a deal's next step, and what happened in it.</summary>
internal static class Turns
{
    public static string Of(DealRow deal, Say say)
    {
        string[] turns = [.. new[] { ("seller", deal.SellerTurn), ("buyer", deal.BuyerTurn), ("operator", deal.OperatorTurn) }.Where(side => side.Item2 != 0).Select(side => say[$"deal.turn.{side.Item1}"])];
        return turns.Length == 0 ? deal.ByMs is null ? "—" : say["deal.turn.none"] : string.Join(", ", turns);
    }

    /// <summary>A step of the way in the reader's words.</summary>
    public static string Said(DealStep step, Say say)
    {
        Fact[] facts = step.Step switch
        {
            "contract-offered" => [],
            "dispute-raised" when step.Who is null => [],
            "goods-weighed" => [TextValue.Parse<Mass>(step.MassKg), step.Words!],
            "receipt-ended" => [TextValue.Parse<Mass>(step.MassKg), TextValue.Parse<Money>(step.Amount)],
            "deal-cancelled" => [say.Of($"market.cancellation.{step.Words}")],
            "deal-defaulted" => [say.Of($"market.default.{step.Words}"), TextValue.Parse<Money>(step.Amount)],
            "pick-up-proposed" => [Who(step, say), say.Day(step.Day!)],
            "pick-up-agreed" => [say.Day(step.Day!)],
            "deadline-extended" or "decision-overdue" => [step.By!.Value],
            "complaint-filed" or "evidence-added" or "dispute-raised" or "goods-loaded" => [Who(step, say), step.Words!],
            "contract-accepted" => [Who(step, say)],
            _ => [step.Amount is { } amount ? TextValue.Parse<Money>(amount) : step.Words!],
        };
        return say.With($"deal.did.{step.Step}{(step is { Step: "dispute-raised", Who: null } ? ".late" : "")}", facts);
    }

    private static string Who(DealStep step, Say say) => say[$"deal.who.{step.Who}"];
}
