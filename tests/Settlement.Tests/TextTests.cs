using Ainalym.Contracts.Settlement;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Tests;

public class TextTests
{
    private static readonly Texts Texts = new([SettlementModule.Module]);

    private static IEnumerable<Enum> Refusals =>
    [
        .. Enum.GetValues<LedgerRefusal>(), .. Enum.GetValues<AccountRefusal>(), .. Enum.GetValues<TransferIdRefusal>(), .. Enum.GetValues<PaymentReferenceRefusal>(), .. Enum.GetValues<StatementRefusal>(),
        .. Enum.GetValues<EntryRefusal>(), .. Enum.GetValues<ImportRefusal>(), .. Enum.GetValues<PayoutAccountRefusal>(), .. Enum.GetValues<PayoutRefusal>(), .. Enum.GetValues<PaymentQueueRefusal>(),
        .. Enum.GetValues<DailyBalanceRefusal>(), .. Enum.GetValues<DocumentSeriesRefusal>(), .. Enum.GetValues<RailAccountRefusal>(),
    ];

    public static TheoryData<string> LanguageCodes => [.. Languages.All.Select(culture => culture.Code())];

    [Theory, MemberData(nameof(LanguageCodes))]
    public void Every_refusal_and_word_has_a_text_and_nothing_else(string language)
    {
        var culture = Languages.Of(language)!;
        foreach (var code in Refusals) Texts.Of(new Refusal(code, "один", "два", "три", "четыре"), culture).Should().NotBeNullOrWhiteSpace().And.NotContain("{");
        List<string> words =
        [
            .. Enum.GetValues<TransferPurpose>().Select(purpose => "settlement.purpose." + KebabCase.Name(purpose)), .. Enum.GetValues<AccountKind>().Select(kind => "settlement.account-kind." + KebabCase.Name(kind)),
        ];
        foreach (var word in words) Texts.Of(word, culture).Should().NotBeNullOrWhiteSpace();
        Texts.Keys(language).Where(key => key.StartsWith("settlement.", StringComparison.Ordinal)).Should().BeEquivalentTo([.. Refusals.Select(Refusal.NameOf), .. words]);
    }
}
