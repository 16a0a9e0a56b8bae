using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Ainalym.Front.Demo;
using Ainalym.Journal;

namespace Ainalym.Front.Tests;

/// <summary>A seller without script: photos and drafts by the form alone.</summary>
public sealed partial class Selling(FrontServer server) : IAsyncLifetime
{
    private readonly HttpClient seller = server.Visitor();

    public async ValueTask InitializeAsync() => await seller.SignInByForm("seller");

    public ValueTask DisposeAsync()
    {
        seller.Dispose();
        return default;
    }

    [Fact]
    public async Task A_lot_is_published_with_its_photos_and_shows_them()
    {
        var before = await Lots();
        var form = await seller.HiddenFields("/lots/new", "/lots");
        using var answer = await Send("/lots", form, Good(), Photo("jpg"), Photo("png"));
        (answer.StatusCode, answer.Headers.Location?.ToString()).Should().Be((HttpStatusCode.Redirect, "/my/lots?done=published"));

        var lot = (await Lots()).Except(before).Should().ContainSingle().Subject;
        var page = await seller.GetStringAsync(lot);
        var photos = PhotoLink().Matches(page).Select(photo => photo.Value).Distinct(StringComparer.Ordinal).ToList();
        photos.Should().HaveCount(2);
        using var visitor = server.Visitor();
        using var photo = await visitor.GetAsync(photos[0]);
        photo.Content.Headers.ContentType!.MediaType.Should().Be("image/jpeg");

        var edit = await seller.HiddenFields(lot + "/edit", lot + "/edit");
        var kept = photos[1]["/photos/".Length..];
        using var changed = await Send(lot + "/edit", edit, [.. Good(), ("photos", kept)]);
        changed.Headers.Location?.ToString().Should().Be("/my/lots?done=changed");
        PhotoLink().Matches(await seller.GetStringAsync(lot)).Select(match => match.Value).Distinct(StringComparer.Ordinal).Should().Equal(photos[1]);
    }

    [Fact]
    public async Task What_is_wrong_keeps_what_was_typed_and_the_photos_that_are_right()
    {
        var form = await seller.HiddenFields("/lots/new", "/lots");
        using var answer = await Send("/lots", form, [.. Good().Where(field => field.Name != "mass_kg"), ("mass_kg", "twenty")], Photo("jpg"), ("notes.txt", "no photo"u8.ToArray()));
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var page = await answer.Content.ReadAsStringAsync();
        page.Should().Contain("value=\"twenty\"").And.Contain("This is no photo in JPEG, PNG or WebP.").And.Contain("id=\"mass_kg-error-0\"");
        Box().Matches(page).Should().ContainSingle("the right photo is kept, ticked");
    }

    [Fact]
    public async Task A_draft_is_kept_continued_and_removed()
    {
        var form = await seller.HiddenFields("/lots/new", "/lots");
        var address = $"/lots/drafts/{form["draft_id"]}";
        using var kept = await Send(address, form, [("grade", "1.04.00"), ("description", "half a word")], Photo("webp"));
        kept.Headers.Location?.ToString().Should().Be("/my/lots?done=kept");

        var again = "/lots/new?draft=" + Guid.Parse(form["draft_id"]).ToString("N");
        (await seller.GetStringAsync("/my/lots")).Should().Contain(again);
        var continued = await seller.GetStringAsync(again);
        continued.Should().Contain("half a word");
        Box().Matches(continued).Should().ContainSingle();
        (await seller.GetStringAsync("/lots/new")).Should().NotContain("half a word");

        using var other = server.Visitor();
        await other.SignInByForm("seller-astana");
        (await other.GetAsync(again)).StatusCode.Should().Be(HttpStatusCode.NotFound, "a draft is its own organisation's");

        var removal = $"/lots/drafts/{Guid.Parse(form["draft_id"]):N}/remove";
        using var removed = await Send(address + "/remove", await seller.HiddenFields("/my/lots", removal), []);
        removed.Headers.Location?.ToString().Should().Be("/my/lots?done=removed");
        (await seller.GetAsync(again)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_typed_is_kept_by_the_script_and_gone_once_published()
    {
        var form = await seller.HiddenFields("/lots/new", "/lots");
        var address = $"/lots/drafts/{form["draft_id"]}";
        using var typed = await Send(address, form, [.. Good(), ("description", "typed")], HttpMethod.Put);
        typed.StatusCode.Should().Be(HttpStatusCode.NoContent);
        using var forged = await seller.SendAsync(new(HttpMethod.Put, address) { Content = new FormUrlEncodedContent([new("grade", "1.04.00")]) });
        forged.StatusCode.Should().Be(HttpStatusCode.BadRequest, "it carries no token");

        using var published = await Send("/lots", form, Good());
        published.Headers.Location?.ToString().Should().Be("/my/lots?done=published");
        (await seller.GetAsync("/lots/new?draft=" + Guid.Parse(form["draft_id"]).ToString("N"))).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_lot_that_was_withdrawn_is_offered_again_as_it_was_with_new_days()
    {
        var before = await Lots();
        using var published = await Send("/lots", await seller.HiddenFields("/lots/new", "/lots"), [.. Good(), ("description", "as it was")]);
        published.Headers.Location?.ToString().Should().Be("/my/lots?done=published");
        var lot = (await Lots()).Except(before, StringComparer.Ordinal).Should().ContainSingle().Subject;
        using var withdrawn = await Send($"{lot}/cancel", await seller.HiddenFields("/my/lots", $"{lot}/cancel"), []);
        withdrawn.Headers.Location?.ToString().Should().Be("/my/lots?done=cancelled");

        var again = $"/lots/new?like={lot["/lots/".Length..]}";
        (await seller.GetStringAsync("/my/lots")).Should().Contain(again);
        (await seller.GetStringAsync(again)).Should().Contain("as it was").And.Contain("value=\"20500\"").And.NotContain(server.Time.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", null), "the days are new");
        using var other = server.Visitor();
        await other.SignInByForm("seller-astana");
        (await other.GetAsync(again)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private async Task<HashSet<string>> Lots() => [.. LotLink().Matches(await seller.GetStringAsync("/my/lots")).Select(match => match.Value)];

    private (string Name, string Value)[] Good()
    {
        var today = server.Time.GetUtcNow();
        return
        [
            ("grade", "1.04.00"), ("waste_code", "15 01 01"), ("mass_kg", "20500"), ("form", "bales"), ("moisture_percent", "8"), ("contamination_percent", "1"), ("region", "750000000"),
            ("place", "Алматы"), ("format", "ascending"), ("opening_price", "45000"), ("closes_at", today.AddDays(5).ToString("yyyy-MM-ddTHH:mm", null)),
            ("pick_up_from", today.AddDays(7).ToString("yyyy-MM-dd", null)), ("pick_up_to", today.AddDays(9).ToString("yyyy-MM-dd", null)),
        ];
    }

    private static (string Name, byte[] Bytes) Photo(string extension) => ("IMG." + extension, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "photos", "sample." + extension)));

    private Task<HttpResponseMessage> Send(string action, Dictionary<string, string> hidden, (string Name, string Value)[] fields, params (string Name, byte[] Bytes)[] photos) =>
        Send(action, hidden, fields, HttpMethod.Post, photos);

    private async Task<HttpResponseMessage> Send(string action, Dictionary<string, string> hidden, (string Name, string Value)[] fields, HttpMethod method, params (string Name, byte[] Bytes)[] photos)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in hidden.Select(field => (field.Key, field.Value)).Concat(fields)) content.Add(new StringContent(value), name);
        foreach (var (name, bytes) in photos)
        {
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Add(file, "photo", name);
        }

        return await seller.SendAsync(new(method, action) { Content = content });
    }

    [GeneratedRegex("/lots/[0-9a-f]{32}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LotLink();

    [GeneratedRegex("/photos/[0-9a-f]{64}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PhotoLink();

    [GeneratedRegex("""<input type="checkbox" name="photos" value="[0-9a-f]{64}" checked""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Box();
}
