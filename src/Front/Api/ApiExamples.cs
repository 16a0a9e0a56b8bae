namespace Ainalym.Front.Api;

/// <summary>A request and its answer, as they look on the wire.</summary>
internal sealed record ApiExample(string? Request, string? Answer);

/// <summary>Examples for the API's description, by operation id.</summary>
internal static class ApiExamples
{
    private const string Tokens = """{ "token_type": "Bearer", "access_token": "CfDJ8…", "expires_in": 900, "refresh_token": "CfDJ8…" }""";

    public static IReadOnlyDictionary<string, ApiExample> All { get; } = new Dictionary<string, ApiExample>(StringComparer.Ordinal)
    {
        ["SignIn"] = new("""{ "email": "buyer@demo.ainalym.kz", "password": "ainalym-demo" }""", Tokens),
        ["RefreshTokens"] = new("""{ "refresh_token": "CfDJ8…" }""", Tokens),
        ["Register"] = new(
            """{ "bin": "991240000003", "name": "ТОО «Пример»", "region": "75", "role": "buyer", "email": "trade@example.kz", "password": "three plain words" }""",
            """{ "organisation_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "user_id": "01890f5e-8b90-7a3e-b0a1-3f1f6a0c9d11" }"""),
        ["GetMyOrganisation"] = new(
            null,
            """{ "organisation_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "bin": "991240000003", "name": "ТОО «Пример»", "region": "750000000", "role": "buyer", "is_demo": false }"""),
        ["RecordHead"] = new("""{ "head_bin": "991240000003" }""", null),
    };
}
