using System.Globalization;
using Ainalym.Front.Demo;
using Ainalym.Journal;
using Ainalym.Market.Deals;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Front.Tests;

public sealed class DemoTests
{
    private sealed record Stage
    {
        public required string Name { get; init; }
        public required long Deals { get; init; }
    }

    /// <summary>A Saturday, a Monday, and the day after the longest holidays.</summary>
    [Theory, InlineData("2026-11-28T17:50"), InlineData("2026-11-30T06:00"), InlineData("2026-03-24T12:00")]
    public async Task A_deal_stands_at_every_stage_on_whatever_day_the_demo_is_made(string now)
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("ainalym-demo-").FullName, "demo");
        try
        {
            var options = new FrontOptions(folder);
            await DemoSeed.Renew(options, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), TimeSpan.FromDays(24));
            await using var app = FrontHost.Build(options, FrontPorts.Embedded);
            var stages = await app.Services.GetRequiredService<IDatabase>().Query<Stage>(
                "SELECT CASE WHEN stage = 'standstill' AND operator_turn = 1 THEN 'complained' ELSE stage END AS Name, CAST(COUNT(*) AS BIGINT) AS Deals FROM deals GROUP BY 1", ct: TestContext.Current.CancellationToken);

            stages.Select(stage => stage.Name).Should().Contain(
                [.. typeof(Deal).GetNestedTypes().Where(type => !type.IsAbstract).Select(type => Kernel.KebabCase.NameOf(type.Name)).Except(["unopened", "underpaid", "cancelled"]), "complained"]);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }
}
