namespace Ainalym.Front.Api;

/// <summary>A request and its answer, as they look on the wire.</summary>
internal sealed record ApiExample(string? Request, string? Answer);

/// <summary>Examples for the API's description, by operation id.</summary>
internal static class ApiExamples
{
    private const string Tokens = """{ "token_type": "Bearer", "access_token": "CfDJ8…", "expires_in": 900, "refresh_token": "CfDJ8…" }""";

    private const string LotDone = """{ "lot_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "version": 1, "position": 4210 }""";

    private const string Lot = """
        {
          "grade": "1.04.00", "waste_code": "15 01 01", "mass_kg": "20500.000", "form": "bales", "moisture_percent": "8", "contamination_percent": "1.5",
          "region": "75", "place": "Алматы, Рыскулова 103", "latitude": 43.27, "longitude": 76.87, "pick_up_from": "2026-05-12", "pick_up_to": "2026-05-20",
          "description": "Corrugated board from shops, in bales.", "format": "ascending", "opening_price": "45000.00 KZT", "reserve_price": "50000.00 KZT",
          "closes_at": "2026-05-11T09:00:00Z"
        }
        """;

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
        ["ListLot"] = new(Lot, LotDone),
        ["ChangeLot"] = new(Lot, LotDone),
        ["PlaceBid"] = new(
            """{ "maximum": "52000.00 KZT", "revision": 1 }""",
            """{ "lot_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "version": 7, "position": 4211, "bidder": 3, "at": "2026-05-04T09:00:05.123+00:00", "leading": true, "price": "47500.00 KZT", "reserve_met": true }"""),
        ["BuyLot"] = new(
            """{ "revision": 1 }""",
            """{ "lot_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "version": 2, "position": 4212, "bidder": 1, "at": "2026-05-04T09:00:05.123+00:00", "price": "160000.00 KZT", "amount": "3280000.00 KZT" }"""),
        ["RecordHead"] = new("""{ "head_bin": "991240000003" }""", null),
    };
}
