using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Ainalym.Journal;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Microsoft.Extensions.DependencyInjection;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>Photos and drafts: the plain rows and files beside the journal.</summary>
public sealed class PhotoTests : IAsyncLifetime
{
    private static readonly (Guid, string) AsSeller = (Seller, "Seller");
    private MarketServer server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LotDrafts Drafts => new(server.Services.GetRequiredService<IDatabase>(), TimeProvider.System);

    public async ValueTask InitializeAsync() => server = await MarketServer.Start();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_photo_is_sent_named_by_a_lot_and_shown()
    {
        var (status, photo) = await Upload(Sample("png"), small: Sample("jpg"));
        status.Should().Be(201);
        ((string?)photo!["content_type"], (int?)photo["width"], (int?)photo["height"]).Should().Be(("image/png", 160, 120));
        (string Hash, string Small) sent = ((string)photo["photo"]!, (string)photo["small"]!);

        var lot = HttpTests.Good();
        lot["photos"] = new JsonArray(sent.Hash, sent.Hash);
        var (listed, answer, _) = await server.Send(HttpMethod.Post, "lots", lot, AsSeller);
        listed.Should().Be(201);
        var (_, read, _) = await server.Send(HttpMethod.Get, $"lots/{answer!["lot_id"]}");
        read!["photos"]!.AsArray().Select(hash => (string?)hash).Should().Equal(sent.Hash);
        var (_, board, _) = await server.Send(HttpMethod.Get, "lots");
        ((string?)board!["items"]![0]!["photo"]).Should().Be(sent.Small);

        using var shown = await server.Client.GetAsync(new Uri($"photos/{sent.Small}", UriKind.Relative), Ct);
        (shown.Content.Headers.ContentType!.MediaType, shown.Headers.CacheControl!.ToString()).Should().Be(("image/jpeg", "public, max-age=31536000, immutable"));
        (await shown.Content.ReadAsByteArrayAsync(Ct)).Should().Equal(Sample("jpg"));
    }

    [Fact]
    public async Task The_same_photo_twice_is_one_and_gets_its_small_copy_later()
    {
        var (_, first) = await Upload(Sample("webp"));
        first!["small"].Should().BeNull();
        var (_, second) = await Upload(Sample("webp"), small: Sample("jpg"));
        ((string?)second!["photo"]).Should().Be((string?)first["photo"]);
        var rows = await Uploads().Named([(string)first["photo"]!], Ct);
        rows.Should().ContainSingle().Which.Small.Should().Be((string?)second["small"]);
    }

    [Fact]
    public async Task A_small_copy_that_is_none_is_left_out()
    {
        var (status, photo) = await Upload(Sample("png"), small: "no picture"u8.ToArray());
        status.Should().Be(201);
        photo!["small"].Should().BeNull();
    }

    [Fact]
    public async Task What_is_no_photo_is_refused_with_its_field()
    {
        var (status, problem) = await Upload("GIF89a and so on"u8.ToArray());
        (status, (string?)problem!["code"], (string?)problem["field"]).Should().Be((422, "market.photo.not-a-photo", "photo"));
        (await server.Send(HttpMethod.Get, "photos/" + new string('a', 64))).Status.Should().Be(404);
        (await server.Send(HttpMethod.Get, "photos/..%2F..%2Fjournal.db")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_lot_names_at_most_eight_photos_that_are_there()
    {
        var lot = HttpTests.Good();
        lot["photos"] = new JsonArray([.. Enumerable.Range(0, 9).Select(n => (JsonNode)$"{n:x64}")]);
        var (status, problem, _) = await server.Send(HttpMethod.Post, "lots", lot, AsSeller);
        status.Should().Be(422);
        problem!["errors"]!.AsArray().Select(error => ((string?)error!["code"], (string?)error["field"])).Should().Contain([("market.lot.too-many-photos", "photos"), ("market.lot.photo-unknown", "photos")]);
    }

    [Fact]
    public async Task An_organisation_sends_two_hundred_photos_a_day()
    {
        await server.Services.GetRequiredService<IDatabase>().Write(
            writing =>
            {
                for (var n = 0; n < PhotoUploads.MostInADay; n++)
                {
                    writing.Run(
                        "INSERT INTO photos (hash, content_type, width, height, small, organisation_id, taken_ms) VALUES (@hash, 'image/png', 100, 100, NULL, @organisation, @at)",
                        new { hash = $"{n:x64}", organisation = Seller.ToString("N"), at = Noon.AddHours(-1).ToUnixTimeMilliseconds() });
                }

                return true;
            },
            Ct);
        var (status, problem) = await Upload(Sample("png"));
        (status, (string?)problem!["code"]).Should().Be((422, "market.photo.too-many-in-a-day"));
    }

    [Fact]
    public async Task A_draft_is_kept_as_it_was_written_last_for_its_own_organisation()
    {
        (await Drafts.Save(Seller, Id(1), "first", Ct)).Should().BeNull();
        (await Drafts.Save(Seller, Id(1), "second", Ct)).Should().BeNull();
        (await Drafts.Of(Seller, Ct)).Should().ContainSingle().Which.Fields.Should().Be("second");
        (await Drafts.One(Aliya, Id(1), Ct)).Should().BeNull();
        await Drafts.Remove(Aliya, Id(1), Ct);
        (await Drafts.One(Seller, Id(1), Ct))!.Fields.Should().Be("second");
        await Drafts.Remove(Seller, Id(1), Ct);
        (await Drafts.Of(Seller, Ct)).Should().BeEmpty();
    }

    [Fact]
    public async Task Twenty_drafts_are_kept_and_none_too_long()
    {
        for (var n = 1; n <= LotDrafts.Most; n++) (await Drafts.Save(Seller, Id(n), "lot", Ct)).Should().BeNull();
        (await Drafts.Save(Seller, Id(21), "lot", Ct))!.Code.Should().Be(DraftRefusal.TooMany);
        (await Drafts.Save(Seller, Id(20), new string('a', LotDrafts.Longest), Ct)).Should().BeNull("one that is there may change");
        (await Drafts.Save(Seller, Id(20), new string('a', LotDrafts.Longest + 1), Ct))!.Code.Should().Be(DraftRefusal.TooLong);
        (await Drafts.Save(Aliya, Id(1), "lot", Ct)).Should().BeNull("another organisation has its own");
    }

    private static byte[] Sample(string extension) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "photos", "sample." + extension));

    private PhotoUploads Uploads() => server.Services.CreateScope().ServiceProvider.GetRequiredService<PhotoUploads>();

    private async Task<(int Status, JsonNode? Body)> Upload(byte[] photo, byte[]? small = null)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(photo), "photo", "IMG_1.jpg" } };
        if (small is not null) form.Add(new ByteArrayContent(small), "small", "small.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Post, "photos") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("said", $"{Seller}/Seller");
        using var response = await server.Client.SendAsync(request, Ct);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct)));
    }
}
