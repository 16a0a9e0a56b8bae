namespace Ainalym.Front.Tests;

public sealed class LanguagesTests(FrontServer server)
{
    [Theory]
    [InlineData("/", null, null, "lang=\"ru\"")]
    [InlineData("/", "de, fr", null, "lang=\"ru\"")]
    [InlineData("/", "de, kk;q=0.7, en;q=0.3", null, "lang=\"kk\"")]
    [InlineData("/", "en", "lang=kk", "lang=\"kk\"")]
    [InlineData("/?lang=en", "kk", "lang=ru", "lang=\"en\"")]
    [InlineData("/?lang=xx", "kk", null, "lang=\"kk\"")]
    public async Task A_request_says_its_language(string path, string? accepted, string? cookie, string expected)
    {
        using var visitor = server.Visitor();
        visitor.DefaultRequestHeaders.AcceptLanguage.Clear();
        if (accepted is not null) visitor.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepted);
        if (cookie is not null) visitor.DefaultRequestHeaders.Add("Cookie", cookie);
        (await visitor.GetStringAsync(path)).Should().Contain($"<html {expected}");
    }

    [Fact]
    public async Task A_chosen_language_is_kept_and_problems_speak_it()
    {
        using var browser = server.Visitor();
        await browser.GetAsync("/?lang=kk");
        (await browser.GetStringAsync("/")).Should().Contain("<html lang=\"kk\"").And.Contain("Қайталама шикізаттың ашық нарығы");
        (await browser.GetAsync("/api/v1/nothing").Json()).GetProperty("title").GetString().Should().StartWith("Бұл мекенжайда");
    }
}
