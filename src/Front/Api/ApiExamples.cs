namespace Ainalym.Front.Api;

/// <summary>A request and its answer, as they look on the wire.</summary>
internal sealed record ApiExample(string? Request, string? Answer);

/// <summary>Examples for the API's description, by operation id.</summary>
internal static class ApiExamples
{
    private const string Tokens = """{ "token_type": "Bearer", "access_token": "CfDJ8…", "expires_in": 900, "refresh_token": "CfDJ8…" }""";

    private const string Summary = """
        {
          "lot_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "seller_id": "01890f5e-0000-7b11-8c31-0a4f6a0c9d22", "revision": 1, "grade": "1.04.00", "material": "paper",
          "waste_code": "15 01 01", "mass_kg": "20500.000", "form": "bales", "region": "750000000", "place": "Алматы, Рыскулова 103", "format": "ascending", "status": "open",
          "opening_price": "45000.00 KZT", "price": "47500.00 KZT", "bids": 6, "leader": 3, "reserve_met": false, "closes_at": "2026-05-11T09:00:00+00:00"
        }
        """;

    private const string Ended = """
        {
          "lot_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "seller_id": "01890f5e-0000-7b11-8c31-0a4f6a0c9d22", "revision": 1, "grade": "1.04.00", "material": "paper",
          "waste_code": "15 01 01", "mass_kg": "20500.000", "form": "bales", "region": "750000000", "place": "Алматы, Рыскулова 103", "format": "ascending", "status": "awarded",
          "opening_price": "45000.00 KZT", "price": "52000.00 KZT", "bids": 7, "leader": 3, "reserve_met": true, "closes_at": "2026-05-11T09:00:00+00:00",
          "ended_at": "2026-05-11T09:00:00.012+00:00", "awarded_by": "auction", "winner": 3, "award_price": "52000.00 KZT", "award_amount": "1066000.00 KZT"
        }
        """;

    private const string Spread = """{ "deals": 7, "mass_kg": "143500.000", "lowest": "41000.00 KZT", "median": "46500.00 KZT", "highest": "52000.00 KZT" }""";

    private const string LotDone = """{ "lot_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "version": 1, "position": 4210 }""";

    private const string EntryDone = """{ "entry_id": "9f86d081884c7d659a2feaa0c55ad015", "version": 2, "position": 4310 }""";

    private const string PayoutDone = """{ "payout_id": "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f", "version": 1, "position": 4320 }""";

    private const string Payout = """
        {
          "payout_id": "0190f5e18b8f7cc098c5dc0c0c07398f", "amount": "750000.00 KZT", "account": "KZ86125KZT5004100100", "standing": "filed",
          "ordered_at": "2026-05-04T08:00:00+00:00", "changed_at": "2026-05-04T10:00:00+00:00"
        }
        """;

    private const string PaymentFile = """{ "account": "KZ86125KZT5004100100", "number": 3, "payments": 17, "sum": "21450000.00 KZT" }""";

    private const string PayoutAccount = """{ "account": "KZ86125KZT5004100100", "next_account": "KZ75125KZT1001300335", "next_from": "2026-05-05T08:00:00+00:00" }""";

    private const string BankEntry = """
        {
          "entry_id": "9f86d081884c7d659a2feaa0c55ad015", "account": "KZ86125KZT5004100100", "reference": "20260504-000017", "amount": "1845000.00 KZT", "direction": "in", "booked": "2026-05-04",
          "payer_name": "ТОО «Пример»", "payer_account": "KZ75125KZT1001300335", "remittance": "Оплата по счёту 17", "standing": "unmatched", "undoes": null
        }
        """;

    private const string Document = """
        {
          "document_id": "0190f5e18b8f7cc098c5dc0c0c07398f", "number": "CT-2026-000017", "kind": "contract", "subject": "0190f5e18b8f7cc098c5dc0c0c07398f", "total": "1066000.00 KZT",
          "issued_at": "2026-05-12T08:00:00+00:00"
        }
        """;

    private const string DealDone = """{ "deal_id": "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f", "version": 3, "position": 4410 }""";

    private const string Deal = """
        {
          "deal_id": "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f", "lot_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "seller_id": "01890f5e-0000-7b11-8c31-0a4f6a0c9d22",
          "buyer_id": "01890f5e-0000-7b11-8c31-0a4f6a0c9d23", "grade": "1.04.00", "mass_kg": "20500.000", "price": "52000.00 KZT", "amount": "1066000.00 KZT", "stage": "contract",
          "turn": [ "buyer" ], "by": "2026-05-15T19:00:00+00:00", "opened_at": "2026-05-11T09:00:00.020+00:00"
        }
        """;

    private const string Lot = """
        {
          "grade": "1.04.00", "waste_code": "15 01 01", "mass_kg": "20500.000", "form": "bales", "moisture_percent": "8", "contamination_percent": "1.5",
          "region": "75", "place": "Алматы, Рыскулова 103", "latitude": 43.27, "longitude": 76.87, "pick_up_from": "2026-05-12", "pick_up_to": "2026-05-20",
          "description": "Corrugated board from shops, in bales.", "format": "ascending", "opening_price": "45000.00 KZT", "reserve_price": "50000.00 KZT",
          "guarantee_percent": "5", "closes_at": "2026-05-11T09:00:00Z"
        }
        """;

    private const string SignedBalance = """
        {
          "figures": {
            "currency": "KZT", "day": "2026-05-04", "position": 4210, "chain_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "lines": [
              { "kind": "available", "accounts": 1, "debits": "0.00 KZT", "credits": "1250000.00 KZT", "balance": "1250000.00 KZT" },
              { "kind": "bank", "accounts": 1, "debits": "1250000.00 KZT", "credits": "0.00 KZT", "balance": "-1250000.00 KZT" }
            ],
            "client_money": "1250000.00 KZT", "bank_and_card": "1250000.00 KZT", "sum": "0.00 KZT"
          },
          "signed_at": "2026-05-04T19:00:00.12+00:00", "token": "eyJhbGciOiJFUzI1NiIsImtpZCI6…"
        }
        """;

    private const string News = """{ "lot_id": "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f", "at": "2026-05-04T09:00:05.123+00:00", "bidder": 3, "price": "47500.00 KZT", "leader": 3, "reserve_met": false }""";

    /// <summary>What the parameters of addresses mean, by name.</summary>
    public static IReadOnlyDictionary<string, (string Meaning, string Example)> Parameters { get; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["lotId"] = ("The lot's UUID.", "01890f5e-8b8f-7cc0-98c5-dc0c0c07398f"),
        ["dealId"] = ("The deal's UUID.", "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f"),
        ["payable_kg"] = ("The mass that would be paid for; left out: as the scale and the terms have it; 0: the buyer has all of it back.", "20340.000"),
        ["turn"] = ("true: only those whose next step is yours.", "true"),
        ["account"] = ("An IBAN of the house.", "KZ86125KZT5004100100"),
        ["number"] = ("A number, from 1.", "3"),
        ["documentId"] = ("The document's UUID.", "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f"),
        ["series"] = ("The two letters of a kind of document and the year.", "CT-2026"),
        ["payoutId"] = ("The payout's UUID.", "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f"),
        ["entryId"] = ("The bank entry's id: 32 hex digits.", "9f86d081884c7d659a2feaa0c55ad015"),
        ["standing"] = ("matched, unmatched, assigned, returning, returned, return-sent, unexplained, bank-charge, payout-paid or payout-returned.", "unmatched"),
        ["hash"] = ("The photo's SHA-256 in lower-case hex: `photo` or `small` of the answer to its upload.", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        ["organisationId"] = ("The organisation's UUID.", "01890f5e-0000-7b11-8c31-0a4f6a0c9d22"),
        ["region"] = ("A region's KATO code, or its first two digits.", "75"),
        ["material"] = ("A material family of the grades' list.", "paper"),
        ["currency"] = ("Three letters of ISO 4217.", "KZT"),
        ["grade"] = ("A trade grade of the grades' list.", "1.04.00"),
        ["format"] = ("ascending, sealed or fixed-price.", "ascending"),
        ["search"] = ("Words; each must begin one of the lot's words or of the names of its grade and region, in any language.", "картон"),
        ["order"] = ("closing-soon, newest or largest.", "newest"),
        ["closing"] = ("today: within 24 hours; week: within seven days.", "today"),
        ["step"] = ("day: the last 30; week: the last 26; month: the last 12, and usual.", "month"),
        ["after"] = ("The `next` of the page before; left out for the first page.", "MCByb3c"),
        ["size"] = ("How many at most.", "50"),
        ["day"] = ("A day of Kazakhstan, as in ISO 8601.", "2026-05-04"),
        ["on"] = ("What was in force on this day; left out for today, in Kazakhstan.", "2026-05-04"),
        ["q"] = ("Words or a code to look for.", "paper"),
        ["family"] = ("A material family.", "paper"),
    };

    private static string PageOf(string item) => $$"""{ "items": [ {{item}} ], "next": "MCByb3c" }""";

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
        ["ListOpenLots"] = new(null, PageOf(Summary)),
        ["ListLotsBidOn"] = new(null, PageOf($$"""{ "lot": {{Summary}}, "bidder": 2, "standing": "outbid" }""")),
        ["GetTotals"] = new(null, """{ "open_lots": 41, "open_mass_kg": "1230500.000", "sold_lots": 112, "sold_mass_kg": "3391000.000", "sold_amount": "512340000.00 KZT" }"""),
        ["ListPrices"] = new(null, $$"""{ "grades": [ { "grade": "1.04.00", "sold": {{Spread}} } ] }"""),
        ["GetPriceHistory"] = new(null, $$"""{ "grade": "1.04.00", "region": "750000000", "periods": [ { "from": "2026-05-01", "sold": {{Spread}} } ] }"""),
        ["GetWallet"] = new(null, """{ "available": "1250000.00 KZT", "held": "46125.00 KZT", "outgoing": "0.00 KZT", "owed": "0.00 KZT" }"""),
        ["GetStatement"] = new(null, PageOf("""
            {
              "transfer": "01890f5e8b8f7cc098c5dc0c0c07398f", "at": "2026-05-04T08:00:00+00:00", "purpose": "top-up", "reference": "entry-20260504-17", "with": "bank",
              "amount": "1250000.00 KZT", "balance": "1296125.00 KZT"
            }
            """)),
        ["ListHolds"] = new(null, PageOf("""
            {
              "transfer": "01890f5e8b8f7cc098c5dc0c0c073990", "held_at": "2026-05-04T09:00:00+00:00", "purpose": "guarantee", "reference": "01890f5e8b8f7cc098c5dc0c0c07398f-1-0", "amount": "46125.00 KZT"
            }
            """)),
        ["ListTrialBalances"] = new(null, PageOf(SignedBalance)),
        ["GetTrialBalance"] = new(null, SignedBalance),
        ["ListMyLots"] = new(null, PageOf(Ended)),
        ["ListLotsWon"] = new(null, PageOf(Ended)),
        ["GetLot"] = new(null, $$"""
            {
              "lot": {{Summary}}, "least_bid": "48000.00 KZT", "guarantee": "46125.00 KZT", "moisture_percent": "8.0000", "contamination_percent": "1.5000", "latitude": 43.27, "longitude": 76.87,
              "pick_up_from": "2026-05-12", "pick_up_to": "2026-05-20", "description": "Corrugated board from shops, in bales.", "listed_at": "2026-05-04T08:00:00+00:00",
              "scheduled_close": "2026-05-11T09:00:00+00:00", "soft_close_minutes": 3, "soft_close_cap_minutes": 60, "photos": [ "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" ],
              "step_ladder": [ { "up_to": "49999.99 KZT", "step": "500.00 KZT" }, { "step": "1000.00 KZT" } ]
            }
            """),
        ["UploadPhoto"] = new(
            """{ "photo": "IMG_20260504_090005.jpg", "small": "small.jpg" }""",
            """{ "photo": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "content_type": "image/jpeg", "width": 3024, "height": 4032, "small": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752" }"""),
        ["UploadEvidence"] = new("""{ "document": "weighbridge.pdf" }""", """{ "document": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }"""),
        ["GetMyPartInLot"] = new(null, """{ "bidder": 3, "maximum": "52000.00 KZT", "guarantee": "46125.00 KZT" }"""),
        ["WithdrawGuarantee"] = new(null, LotDone),
        ["TakeStatement"] = new(
            """{ "statement": "camt053-20260504.xml" }""",
            """{ "statements": 1, "matched": 41, "unmatched": 1, "went_out": 2, "known": 17, "conflict_count": 0, "conflicts": [], "gaps": [], "corrected": [], "taken": 44 }"""),
        ["ListBankEntries"] = new(null, PageOf(BankEntry)),
        ["GetPayoutAccount"] = new(null, PayoutAccount),
        ["NamePayoutAccount"] = new("""{ "account": "KZ75 125K ZT10 0130 0335" }""", PayoutAccount),
        ["WithdrawPayoutAccount"] = new(null, """{ "account": "KZ86125KZT5004100100" }"""),
        ["TakeBackPayout"] = new(null, """{ "payout_id": "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f", "version": 12, "position": 4410 }"""),
        ["ListPayouts"] = new(null, PageOf(Payout)),
        ["ListPaymentFiles"] = new(null, PageOf(PaymentFile)),
        ["ListFiledPayouts"] = new(null, PageOf($$"""{ "payout": {{Payout}}, "organisation_id": "01890f5e00007b118c310a4f6a0c9d22", "from_account": "KZ86125KZT5004100100", "file_number": 3 }""")),
        ["ListDocuments"] = new(null, PageOf(Document)),
        ["GetDocument"] = new(null, $$"""
            {
              "document": {{Document}},
              "content": {
                "edition": 1,
                "parties": [ { "role": "seller", "organisation": "01890f5e-0000-7b11-8c31-0a4f6a0c9d22", "name": "ТОО «Пример»", "bin": "991240000003" } ],
                "sections": [ { "heading": "price", "facts": [ { "label": "price", "value": { "kind": "price-per-tonne", "value": "52000.00 KZT" } } ] } ],
                "total": "1066000.00 KZT"
              }
            }
            """),
        ["ListDocumentSeries"] = new(null, PageOf(Document)),
        ["VoidDocumentNumber"] = new("""{ "reason": "The buyer is named by an old name." }""", """{ "series": "CT-2026", "number": 17, "version": 21, "position": 4510 }"""),
        ["ReplaceDocumentNumber"] = new(null, """{ "series": "CT-2026", "number": 18, "version": 22, "position": 4511 }"""),
        ["MakeInvoice"] = new("""{ "amount": "750000.00 KZT" }""", """{ "document_id": "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f" }"""),
        ["GetInvoice"] = new(null, """
            {
              "document_id": "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f", "number": "TU-2026-000017", "reference": "RF81991240000013260000017", "total": "750000.00 KZT", "paid": "700000.00 KZT", "missing": "50000.00 KZT",
              "over": "0.00 KZT", "void": false
            }
            """),
        ["ListNotices"] = new(null, PageOf("""
            { "kind": "deal-paid", "link": "/deals/0190f5e18b8f7cc098c5dc0c0c07398f", "facts": [ { "kind": "money", "value": "1066000.00 KZT" } ], "at": "2026-05-12T09:00:00+00:00", "position": 4450 }
            """)),
        ["OrderPayout"] = new("""{ "amount": "750000.00 KZT" }""", PayoutDone),
        ["FailPayout"] = new("""{ "reason": "The payee's account is closed." }""", PayoutDone),
        ["MakePaymentFile"] = new(null, PaymentFile),
        ["AssignEntry"] = new("""{ "bin": "991240000003" }""", EntryDone),
        ["ReturnEntry"] = new("""{ "reason": "We know of no such invoice." }""", EntryDone),
        ["FailReturn"] = new("""{ "reason": "The payer's account is closed." }""", EntryDone),
        ["TakeBackReturn"] = new(null, EntryDone),
        ["ChargeEntry"] = new(null, EntryDone),
        ["ExplainEntry"] = new("""{ "payout_id": "0190f5e1-8b8f-7cc0-98c5-dc0c0c07398f" }""", EntryDone),
        ["GetReconciliation"] = new(null, $$"""
            {
              "day": "2026-05-04", "at_bank": "1493.00 KZT", "in_ledger": "1000.00 KZT", "difference": "493.00 KZT", "brought_forward": "500.00 KZT", "unexplained": "-7.00 KZT",
              "unaccounted": "0.00 KZT", "entries": [], "lines": []
            }
            """),
        ["ListDeals"] = new(null, PageOf(Deal)),
        ["GetDeal"] = new(null, $$"""
            {
              "deal": {{Deal}},
              "steps": [
                { "at": "2026-05-11T09:00:00.020+00:00", "step": "deal-opened", "amount": "1066000.00 KZT", "by": "2026-05-12T09:00:00.020+00:00" },
                { "at": "2026-05-12T09:00:00.020+00:00", "step": "contract-offered", "by": "2026-05-15T19:00:00+00:00" },
                { "at": "2026-05-13T06:30:00+00:00", "step": "contract-accepted", "who": "seller" }
              ]
            }
            """),
        ["AnswerOffer"] = new("""{ "accepted": true }""", DealDone),
        ["FileComplaint"] = new("""{ "reason": "My last bid was refused though it was in time." }""", DealDone),
        ["DecideComplaint"] = new("""{ "upheld": false, "reason": "The bid came after the close; the audit file shows it." }""", DealDone),
        ["AcceptContract"] = new(null, DealDone),
        ["PayDeal"] = new(null, DealDone),
        ["ProposePickUp"] = new("""{ "day": "2026-05-18" }""", DealDone),
        ["RecordLoading"] = new("""{ "vehicle": "123 ABC 02" }""", DealDone),
        ["RecordWeighing"] = new(
            """{ "gross_kg": "28480.000", "tare_kg": "8120.000", "moisture_percent": "8.5", "contamination_percent": "1.5", "ticket": "A-1045", "vehicle": "123 ABC 02" }""", DealDone),
        ["EndReceipt"] = new(null, DealDone),
        ["ConfirmReceipt"] = new(null, DealDone),
        ["RaiseDispute"] = new("""{ "reason": "The scale was not verified." }""", DealDone),
        ["AddEvidence"] = new("""{ "text": "Our own ticket of the same load.", "photos": [ "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" ] }""", DealDone),
        ["VoidWeighing"] = new("""{ "ticket": "A-2218", "reason": "Recorded for the wrong lorry." }""", DealDone),
        ["ResumeHandover"] = new("""{ "reason": "The lorry broke down; it comes on Thursday." }""", DealDone),
        ["ForeseeDispute"] = new(null, """
            {
              "sums": {
                "net_kg": "22000.000", "payable_kg": "22000.000", "goods": "1100000.00 KZT", "paid": "1000000.00 KZT", "fee_lines": [ { "of": "1000000.00 KZT", "rate_percent": "2.0000", "fee": "20000.00 KZT" } ],
                "fee": "20000.00 KZT", "vat_percent": "16.0000", "vat": "3200.00 KZT", "proceeds": "976800.00 KZT", "refund": "0.00 KZT", "missing": "100000.00 KZT"
              },
              "once_paid": {
                "net_kg": "22000.000", "payable_kg": "22000.000", "goods": "1100000.00 KZT", "paid": "1100000.00 KZT",
                "fee_lines": [ { "of": "1000000.00 KZT", "rate_percent": "2.0000", "fee": "20000.00 KZT" }, { "of": "100000.00 KZT", "rate_percent": "1.5000", "fee": "1500.00 KZT" } ],
                "fee": "21500.00 KZT", "vat_percent": "16.0000", "vat": "3440.00 KZT", "proceeds": "1075060.00 KZT", "refund": "0.00 KZT", "missing": "0.00 KZT"
              }
            }
            """),
        ["DecideDispute"] = new("""{ "reason": "Both tickets agree within 20 kg.", "payable_kg": "20340.000" }""", DealDone),
        ["OfferToSecond"] = new(null, DealDone),
        ["ListBids"] = new(null, PageOf("""{ "bidder": 3, "at": "2026-05-04T09:00:05.123+00:00", "price": "47500.00 KZT" }""")),
        ["CancelLot"] = new(null, LotDone),
        ["FreezeLot"] = new(null, LotDone),
        ["ResumeLot"] = new(null, LotDone),
        ["FreezeAllLots"] = new(null, """{ "lots": 122 }"""),
        ["ResumeAllLots"] = new(null, """{ "lots": 122 }"""),
        ["GetAuditFile"] = new(null, """
            {
              "format": "ainalym-lot-audit/1", "rule": "fixed-price/1", "lot_id": "01890f5e8b8f7cc098c5dc0c0c07398f", "grade": "1.04.00", "mass_kg": "20500.000",
              "opening_price": "160000.00 KZT", "reserve_price": null, "buy_now_price": null, "step_ladder": null, "listed_at": "2026-05-04T08:00:00.000+00:00", "revision": 1,
              "scheduled_close": "2026-05-11T09:00:00.000+00:00", "soft_close_minutes": 0, "soft_close_cap_minutes": 0, "freezes": [], "bids": [],
              "purchase": { "at": "2026-05-04T09:00:05.123+00:00", "bidder": 1 }, "ended_at": "2026-05-04T09:00:05.123+00:00",
              "outcome": { "bidder": 1, "price": "160000.00 KZT", "amount": "3280000.00 KZT", "by": "fixed-price", "unsold": null }
            }
            """),
        ["ListGrades"] = new(null, PageOf("""
            {
              "code": "1.04.00", "standard": "EN 643:2014", "family": "paper", "usual_waste_code": "15 01 01", "unit": "t", "confirmed": false, "name": { "en": "corrugated board" },
              "validity": { "from": "2016-01-01", "source": "Ainalym's catalogue of trade grades, each named after its standard", "dates_assumed": true }
            }
            """)),
        ["ListWasteCodes"] = new(null, PageOf("""
            {
              "code": "15 01 01", "hazardous": false, "chapter": "15", "mirrors": [], "name": { "en": "paper and cardboard packaging" }, "own_translation": true,
              "validity": { "from": "2021-08-06", "source": "Waste Classifier, Order No. 314 of 06.08.2021 (V2100023903)", "dates_assumed": true }
            }
            """)),
        ["ListRegions"] = new(null, PageOf("""
            {
              "code": "750000000", "kind": "city", "iso": "KZ-75", "name": { "en": "Almaty", "ru": "Алматы", "kk": "Алматы" }, "latitude": 43.24, "longitude": 76.89,
              "validity": { "from": "2022-06-08", "source": "KATO and ISO 3166-2:KZ after the oblasts of Abai, Zhetisu and Ulytau were formed", "dates_assumed": true }
            }
            """)),
        ["WatchLots"] = new(null, News),
        ["WatchLot"] = new(null, News),
        ["RecordHead"] = new("""{ "head_bin": "991240000003" }""", null),
    };
}
