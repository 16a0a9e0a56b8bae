namespace Ainalym.Kernel.Tests;

public class IbanTests
{
    /// <summary>Examples of the IBAN registry and of banks' own pages.</summary>
    [Theory]
    [InlineData("KZ86125KZT5004100100")]
    [InlineData("DE89370400440532013000")]
    [InlineData("GB29NWBK60161331926819")]
    [InlineData("NO9386011117947")]
    [InlineData("MT84MALT011000012345MTLCAST001S")]
    public void A_good_account_is_read(string text) => TextValue.Parse<Iban>(text).ToString().Should().Be(text);

    [Theory]
    [InlineData("KZ86 125K ZT50 0410 0100")]
    [InlineData(" kz86125kzt5004100100 ")]
    public void Blanks_and_letter_case_make_no_difference(string text)
    {
        var iban = TextValue.Parse<Iban>(text);
        (iban.ToString(), iban.Country).Should().Be(("KZ86125KZT5004100100", "KZ"));
        iban.Should().Be(TextValue.Parse<Iban>("KZ86125KZT5004100100"));
    }

    /// <summary>Mod 97-10 finds every single wrong character and every two that have changed places.</summary>
    [Fact]
    public void A_slip_of_the_pen_is_found()
    {
        const string good = "KZ86125KZT5004100100";
        for (var i = 2; i < good.Length; i++)
        {
            foreach (var other in char.IsAsciiDigit(good[i]) ? "0123456789" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            {
                if (other == good[i]) continue;
                Reading.Refused<Iban>(good[..i] + other + good[(i + 1)..]).Code.Should().Be(IbanRefusal.CheckDigitsWrong);
            }

            if (i + 1 < good.Length && good[i] != good[i + 1] && char.IsAsciiDigit(good[i]) == char.IsAsciiDigit(good[i + 1]))
                Reading.Refused<Iban>(good[..i] + good[i + 1] + good[i] + good[(i + 2)..]).Code.Should().Be(IbanRefusal.CheckDigitsWrong);
        }
    }

    [Theory, InlineData(null), InlineData(""), InlineData("  ")]
    public void Nothing_is_missing(string? text) => Reading.Refused<Iban>(text).Code.Should().Be(IbanRefusal.Missing);

    [Theory]
    [InlineData("KZ86")]
    [InlineData("8612KZ5KZT5004100100")]
    [InlineData("KZ86-125K-ZT50-0410-0100")]
    [InlineData("КZ86125KZT5004100100")]
    [InlineData("KZAA125KZT5004100100")]
    public void Anything_else_is_not_an_account(string text) => Reading.Refused<Iban>(text).Code.Should().Be(IbanRefusal.NotAnIban);

    /// <summary>The registry of IBANs: KZ, two check digits, three digits of the bank, thirteen letters and digits of the account.</summary>
    [Theory]
    [InlineData("1A5KZT5004100100", "1A5")]
    [InlineData("KZT1250041001000", "KZT")]
    [InlineData("12OKZT5004100100", "12O")]
    public void The_code_of_a_bank_of_Kazakhstan_is_three_digits(string account, string code)
    {
        TextValue.Parse<Iban>(Checked(account)).WrongBankCode.Should().Be(new Refusal(IbanRefusal.BankCodeMalformed, "KZ", 3, code), "what is stored is read, and who names an account is told");
        TextValue.Parse<Iban>(Checked("120" + account[3..])).WrongBankCode.Should().BeNull();
        TextValue.Parse<Iban>("GB29NWBK60161331926819").WrongBankCode.Should().BeNull();

        static string Checked(string account) => $"KZ{98 - Mod97.Of(account + "KZ00"):00}{account}";
    }

    [Fact]
    public void Kazakhstans_accounts_have_twenty_characters() => Reading.Refused<Iban>("KZ86125KZT500410010").Should().Be(new Refusal(IbanRefusal.WrongLength, "KZ", 20, 19));
}
