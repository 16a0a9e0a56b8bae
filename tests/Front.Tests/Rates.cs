using System.Net;
using Ainalym.Front.Edge;

namespace Ainalym.Front.Tests;

public sealed class Rates
{
    private static readonly RateQuota Quota = new("q", 6, TimeSpan.FromMinutes(1));

    [Fact]
    public void The_whole_quota_may_be_used_at_once_and_then_fills_up_evenly()
    {
        var clock = new Clock();
        var limiter = new RateLimiter(clock);
        Enumerable.Range(0, 6).Select(_ => limiter.Take(Quota, "a")).Select(answer => (answer.Taken, answer.Remaining)).Should().Equal((true, 5), (true, 4), (true, 3), (true, 2), (true, 1), (true, 0));
        limiter.Take(Quota, "a").Should().Be(new RateAnswer(false, 0, TimeSpan.FromSeconds(10)));
        limiter.Take(Quota, "b").Taken.Should().BeTrue();
        clock.Ticks += TimeSpan.FromSeconds(10).Ticks - 1;
        limiter.Take(Quota, "a").Taken.Should().BeFalse();
        clock.Ticks++;
        limiter.Take(Quota, "a").Should().Be(new RateAnswer(true, 0, TimeSpan.FromSeconds(60)));
        limiter.Take(Quota, "a").Taken.Should().BeFalse();
    }

    [Fact]
    public async Task Parallel_requests_never_take_more_than_the_quota()
    {
        var limiter = new RateLimiter(new Clock());
        var taken = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => limiter.Take(Quota, "a").Taken)));
        taken.Count(one => one).Should().Be(6);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void An_IPv6_network_counts_as_one(string address, string network) => RequestRates.Network(IPAddress.Parse(address)).Should().Be(network);

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_again()
    {
        var folder = Directory.CreateTempSubdirectory("ainalym-rates-").FullName;
        await using (var app = FrontServer.Build(folder, TimeProvider.System, ("RateLimits:Address", "3"), ("RateLimits:SignIn", "1")))
        {
            await app.StartAsync();
            using var visitor = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            visitor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
            var first = await visitor.GetAsync("/");
            first.Headers.GetValues("RateLimit-Policy").Should().Equal("\"address\";q=3;w=60");
            first.Headers.GetValues("RateLimit").Should().Equal("\"address\";r=2;t=20");
            await visitor.GetAsync("/");
            await visitor.GetAsync("/");

            var document = await visitor.GetAsync("/api/v1/organisations/mine");
            document.Headers.RetryAfter!.Delta!.Value.Should().BeCloseTo(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));
            (await Task.FromResult(document).Problem()).Should().Be((429, "journal.request.too-many-requests", null));
            (await visitor.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
            (await visitor.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);

            (await visitor.PostText("/api/v1/sign-in", """{"email":"a","password":"b"}""").Problem()).Status.Should().Be(401);
            (await visitor.PostText("/api/v1/sign-in", """{"email":"a","password":"b"}""").Problem()).Status.Should().Be(429);
        }

        Directory.Delete(folder, recursive: true);
    }

    private sealed class Clock : TimeProvider
    {
        public long Ticks { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
