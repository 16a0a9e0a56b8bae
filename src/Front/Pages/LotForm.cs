using System.Globalization;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Ainalym.Contracts.CodeLists;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Front.Pages;

/// <summary>What the seller's form sends: texts as typed. Times are Kazakhstan's; a place without coordinates stands at its region's centre.</summary>
public sealed record LotForm
{
    [DataMember(Name = "command_id")]
    public Guid CommandId { get; set; }

    /// <summary>What is typed is kept under this id until it is published.</summary>
    [DataMember(Name = "draft_id")]
    public Guid DraftId { get; set; }

    /// <summary>Hashes of photos that were taken in, in the order of showing; on the form a box each, so that one may be left out.</summary>
    [DataMember(Name = "photo_hashes")]
    public string? PhotoHashes { get; set; }

    public string? Grade { get; set; }

    [DataMember(Name = "waste_code")]
    public string? WasteCode { get; set; }

    [DataMember(Name = "mass_kg")]
    public string? MassKg { get; set; }

    public string? Form { get; set; }

    [DataMember(Name = "moisture_percent")]
    public string? MoisturePercent { get; set; }

    [DataMember(Name = "contamination_percent")]
    public string? ContaminationPercent { get; set; }

    public string? Region { get; set; }

    public string? Place { get; set; }

    public string? Latitude { get; set; }

    public string? Longitude { get; set; }

    [DataMember(Name = "pick_up_from")]
    public string? PickUpFrom { get; set; }

    [DataMember(Name = "pick_up_to")]
    public string? PickUpTo { get; set; }

    public string? Description { get; set; }

    public string? Format { get; set; }

    [DataMember(Name = "opening_price")]
    public string? OpeningPrice { get; set; }

    [DataMember(Name = "reserve_price")]
    public string? ReservePrice { get; set; }

    [DataMember(Name = "buy_now_price")]
    public string? BuyNowPrice { get; set; }

    [DataMember(Name = "guarantee_percent")]
    public string? GuaranteePercent { get; set; }

    [DataMember(Name = "closes_at")]
    public string? ClosesAt { get; set; }

    public IReadOnlyList<string> Photos() => PhotoHashes?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A new lot's form: what most sellers would choose.</summary>
    public static LotForm New(Guid commandId, DateTimeOffset now)
    {
        var close = TimeZoneInfo.ConvertTime(now.AddDays(5), FactText.Zone).Date.AddHours(15);
        return new()
        {
            CommandId = commandId,
            DraftId = commandId,
            Form = KebabCaseOf(MaterialForm.Bales),
            Format = KebabCaseOf(LotFormat.Ascending),
            GuaranteePercent = LotPublishing.GuaranteePercentUsual.ToString(CultureInfo.InvariantCulture),
            MoisturePercent = "0",
            ContaminationPercent = "0",
            ClosesAt = close.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
            PickUpFrom = DateOnly.FromDateTime(close).AddDays(1).ToString("O", CultureInfo.InvariantCulture),
            PickUpTo = DateOnly.FromDateTime(close).AddDays(10).ToString("O", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The form of a lot that is there, to describe it anew.</summary>
    public static LotForm Of(LotPageRow lot, long? reserveMinor, Guid commandId) => new()
    {
        CommandId = commandId,
        PhotoHashes = lot.Photos,
        Grade = lot.Grade,
        WasteCode = lot.WasteCode,
        MassKg = Plain(lot.MassG / 1_000m),
        Form = lot.Form,
        MoisturePercent = Plain(lot.MoisturePpm / 10_000m),
        ContaminationPercent = Plain(lot.ContaminationPpm / 10_000m),
        Region = lot.Region,
        Place = lot.Place,
        Latitude = Plain(lot.LatitudeE6 / 1_000_000m),
        Longitude = Plain(lot.LongitudeE6 / 1_000_000m),
        PickUpFrom = lot.PickUpFrom,
        PickUpTo = lot.PickUpTo,
        Description = lot.Description,
        Format = lot.Format,
        OpeningPrice = DecimalText.Format(lot.OpeningMinor, Currency.Places),
        ReservePrice = reserveMinor is { } reserve ? DecimalText.Format(reserve, Currency.Places) : null,
        BuyNowPrice = lot.BuyNowMinor is { } buyNow ? DecimalText.Format(buyNow, Currency.Places) : null,
        GuaranteePercent = Plain(lot.GuaranteePpm / 10_000m),
        ClosesAt = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(lot.ClosesAtMs), FactText.Zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
    };

    /// <summary>The form of a new lot like one that has ended, with days of its own.</summary>
    public static LotForm Again(LotPageRow lot, long? reserveMinor, Guid commandId, DateTimeOffset now)
    {
        var fresh = New(commandId, now);
        return Of(lot, reserveMinor, commandId) with { DraftId = fresh.DraftId, ClosesAt = fresh.ClosesAt, PickUpFrom = fresh.PickUpFrom, PickUpTo = fresh.PickUpTo };
    }

    /// <summary>The lot that the form describes, or everything that can't be read.</summary>
    public LotDescription? Read(Guid sellerId, CodeLists codes, DateOnly today, out IReadOnlyList<Refusal> refusals)
    {
        var problems = new List<Refusal>();
        var centre = Kernel.Region.TryParse(Region, out var region, out _) ? codes.Find(region, today)?.Centre : null;
        var request = new LotRequest(
            Grade ?? "", WasteCode ?? "", MassKg ?? "", Word<MaterialForm>(Form, "form", problems), MoisturePercent ?? "", ContaminationPercent ?? "", Region ?? "", Place?.Trim() ?? "",
            Degrees(Latitude, centre?.Latitude, "latitude", problems), Degrees(Longitude, centre?.Longitude, "longitude", problems),
            Day(PickUpFrom, "pick_up_from", problems), Day(PickUpTo, "pick_up_to", problems), Description?.Trim().ReplaceLineEndings("\n") ?? "",
            Word<LotFormat>(Format, "format", problems), OpeningPrice ?? "", Moment(ClosesAt, problems), Given(ReservePrice), Given(BuyNowPrice), GuaranteePercent: Given(GuaranteePercent), Photos: Photos());
        var lot = request.Read(sellerId, out var unreadable);
        refusals = [.. problems, .. unreadable];
        return refusals.Count == 0 ? lot : null;
    }

    /// <summary>As a person would type it, without noughts at the end.</summary>
    private static string Plain(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string KebabCaseOf<T>(T value)
        where T : struct, Enum => KebabCase.Name(value);

    private static T Word<T>(string? text, string field, List<Refusal> problems)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (KebabCaseOf(value) == text) return value;
        problems.Add(new Refusal(RequestRefusal.NotInList, string.Join(", ", Enum.GetValues<T>().Select(KebabCaseOf))).About(field));
        return default;
    }

    private static decimal Degrees(string? text, decimal? usual, string field, List<Refusal> problems)
    {
        if (Given(text) is null && usual is { } centre) return centre;
        if (decimal.TryParse(text?.Trim().Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)) return degrees;
        problems.Add(new Refusal(RequestRefusal.Malformed).About(field));
        return 0;
    }

    private static DateOnly Day(string? text, string field, List<Refusal> problems)
    {
        if (!DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) problems.Add(new Refusal(RequestRefusal.Malformed).About(field));
        return day;
    }

    private static DateTimeOffset Moment(string? text, List<Refusal> problems)
    {
        if (DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var there))
            return FactText.InZone(there);
        problems.Add(new Refusal(RequestRefusal.Malformed).About("closes_at"));
        return default;
    }
}
