using System.Globalization;
using Ainalym.Identity.Organisations;
using Ainalym.Identity.Registrations;
using Ainalym.Identity.Users;
using Ainalym.Journal;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Ainalym.Front.Demo;

/// <summary>A made-up organisation of the demo and its one user.</summary>
/// <param name="Head">Its head's key, when it belongs to a group.</param>
internal sealed record DemoOrganisation(string Key, string Name, string Region, Roles Role, string? Head = null)
{
    public string Email => $"{Key}@demo.ainalym.kz";
}

/// <summary>The organisations of the demo. Their BINs are well formed and made up: registered in a month that has not come, marked as demo wherever they show.</summary>
internal static class DemoOrganisations
{
    public const string Password = "ainalym-demo";

    public static IReadOnlyList<DemoOrganisation> All { get; } =
    [
        new("operator", "Қалдықтарды басқару орталығы (демо)", "71", Roles.Operator),
        new("regulator", "Экологический регулятор (демо)", "71", Roles.Regulator),
        new("seller", "ТОО «Таза Қала Алматы» (демо)", "75", Roles.Seller),
        new("seller-astana", "ТОО «Астана Сортировка» (демо)", "71", Roles.Seller),
        new("seller-shymkent", "ЖШС «Шымкент Қайта жинау» (демо)", "79", Roles.Seller),
        new("seller-karaganda", "ТОО «Караганда Вторресурс» (демо)", "35", Roles.Seller),
        new("seller-aktobe", "ТОО «Ақтөбе Металл Жинау» (демо)", "15", Roles.Seller),
        new("buyer", "ТОО «Қағаз Өңдеу Комбинаты» (демо)", "19", Roles.Buyer),
        new("buyer-pet", "ТОО «ПЭТ Флекс» (демо)", "75", Roles.Buyer),
        new("buyer-metal", "ТОО «Темір Балқыту» (демо)", "55", Roles.Buyer),
        new("buyer-glass", "ТОО «Шыны Өндіріс» (демо)", "79", Roles.Buyer),
        new("buyer-group", "ТОО «Таза Қала Переработка» (демо)", "75", Roles.Buyer, Head: "seller"),
    ];

    /// <summary>Registers them all; gives their ids by key.</summary>
    public static async Task<IReadOnlyDictionary<string, Registered>> Register(IDatabase db, TimeProvider time, CancellationToken ct = default)
    {
        var registrar = new Registrar(db, new PasswordHasher<User>(), time);
        var made = new Dictionary<string, Registered>(StringComparer.Ordinal);
        foreach (var (n, demo) in All.Index())
        {
            var registration = new Registration(BinOf(n), demo.Name, TextValue.Parse<Region>(demo.Region), demo.Role, demo.Email, Password, IsDemo: true);
            var (registered, refusals) = await registrar.Register(registration, CommandIds.New(time), ct);
            made[demo.Key] = registered ?? throw new InvalidOperationException($"The demo's {demo.Key} is refused: {string.Join("; ", refusals)}.");
        }

        var affiliations = new Affiliations(db);
        foreach (var (n, demo) in All.Index().Where(entry => entry.Item.Head is not null))
            _ = await affiliations.Record(made[demo.Key].Organisation, BinOf(All.Index().Single(entry => entry.Item.Key == demo.Head).Index), ct);
        return made;
    }

    /// <summary>December 2099, legal entity, head office; the first serial number from <paramref name="n"/> on that has a check digit.</summary>
    internal static Bin BinOf(int n)
    {
        for (var serial = n * 10; ; serial++)
        {
            var eleven = "991240" + serial.ToString("D5", CultureInfo.InvariantCulture);
            if (Bin.CheckDigit(eleven) is { } check) return TextValue.Parse<Bin>(eleven + check.ToString(CultureInfo.InvariantCulture));
        }
    }
}
