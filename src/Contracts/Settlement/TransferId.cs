using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Contracts.Settlement;

/// <summary>Why a text is not a transfer's id.</summary>
public enum TransferIdRefusal
{
    /// <summary>Not 32 hexadecimal digits, or these with <c>-n</c>.</summary>
    NotATransfer,
}

/// <summary>A transfer is called after the command that made it, and after its place in the chain when it is not the first: <c>0192…</c>, <c>0192…-1</c>. So the journal's receipts know which exist.</summary>
[JsonConverter(typeof(TextValueConverter<TransferId>))]
public readonly record struct TransferId(Guid CommandId, int Index = 0) : ITextValue<TransferId>
{
    public static bool TryParse(string? text, out TransferId value, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = null;
        value = default;
        var index = 0;
        if (text is { Length: >= 32 } && Guid.TryParseExact(text.AsSpan(0, 32), "N", out var command)
            && (text.Length == 32 || (text[32] == '-' && int.TryParse(text.AsSpan(33), NumberStyles.None, CultureInfo.InvariantCulture, out index) && index > 0 && text[33] != '0')))
        {
            value = new(command, index);
            return true;
        }

        refusal = new Refusal(TransferIdRefusal.NotATransfer);
        return false;
    }

    public override string ToString() => Index == 0 ? CommandId.ToString("N") : string.Create(CultureInfo.InvariantCulture, $"{CommandId:N}-{Index}");
}
