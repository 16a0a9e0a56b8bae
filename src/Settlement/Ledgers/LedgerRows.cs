using System.Collections.Immutable;
using System.Diagnostics;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Ledgers;

/// <summary>The rows that commit with a ledger's events. The ledger is read back from the first two tables when it comes into memory.</summary>
public static class LedgerRows
{
    public static RowTable Accounts { get; } = new("ledger_accounts", ["currency", "account"], ["debits_posted", "credits_posted", "debits_pending", "credits_pending", "last_number"]);

    public static RowTable Holds { get; } = new("ledger_holds", ["currency", "transfer"], ["debit", "credit", "amount_minor", "purpose", "reference", "expires_at_ms", "held_at_ms"]);

    /// <summary>What is held, or was: transfers in two steps. What was posted at once is a posting and no more.</summary>
    public static RowTable Transfers { get; } = new("ledger_transfers", ["currency", "transfer"],
        ["debit", "credit", "amount_minor", "posted_minor", "state", "purpose", "reference", "expires_at_ms", "at_ms", "ended_at_ms"]);

    public static RowTable Postings { get; } = new("ledger_postings", ["currency", "number"],
        ["position", "transfer", "debit", "credit", "amount_minor", "debit_balance_minor", "credit_balance_minor", "debit_previous", "credit_previous", "purpose", "reference", "at_ms"]);

    private static readonly RowShape Account = Accounts.Whole();
    private static readonly RowShape Hold = Holds.Added();
    private static readonly RowShape NoHold = Holds.Gone();
    private static readonly RowShape Transfer = Transfers.Added();
    private static readonly RowShape TransferEnd = Transfers.Part("posted_minor", "state", "ended_at_ms");
    private static readonly RowShape Posting = Postings.Added();

    public static IEnumerable<Row> From(string currency, Ledger after, IReadOnlyList<Recorded<LedgerEvent>> events)
    {
        var rows = new List<Row>(events.Count * 4);
        var touched = new HashSet<AccountId>();
        foreach (var (position, number, _, @event) in events)
        {
            switch (@event)
            {
                case TransferPosted e:
                    rows.Add(Posting.Row(
                        currency, number, position, e.Id.ToString(), e.Debit.ToString(), e.Credit.ToString(), e.Amount.MinorUnits, e.DebitBalance.MinorUnits, e.CreditBalance.MinorUnits, e.DebitPrevious, e.CreditPrevious,
                        KebabCase.Name(e.Purpose), e.Reference, e.At));
                    Touch(touched, e.Debit, e.Credit);
                    break;
                case TransferHeld e:
                    rows.Add(Transfer.Row(currency, e.Id.ToString(), e.Debit.ToString(), e.Credit.ToString(), e.Amount.MinorUnits, Cell.Null, "held", KebabCase.Name(e.Purpose), e.Reference, e.ExpiresAt, e.At, Cell.Null));
                    rows.Add(Hold.Row(currency, e.Id.ToString(), e.Debit.ToString(), e.Credit.ToString(), e.Amount.MinorUnits, KebabCase.Name(e.Purpose), e.Reference, e.ExpiresAt, e.At));
                    if (e.ExpiresAt is { } end) rows.Add(Reminder.At(LedgerAddress.Ledger.Kind, currency, e.Id.ToString(), end));
                    Touch(touched, e.Debit, e.Credit);
                    break;
                case HoldPosted e:
                    AddEnd(rows, currency, e.Id, "posted", e.Amount.MinorUnits, e.At);
                    rows.Add(Posting.Row(
                        currency, number, position, e.Id.ToString(), e.Debit.ToString(), e.Credit.ToString(), e.Amount.MinorUnits, e.DebitBalance.MinorUnits, e.CreditBalance.MinorUnits, e.DebitPrevious, e.CreditPrevious,
                        KebabCase.Name(e.Purpose), e.Reference, e.At));
                    Touch(touched, e.Debit, e.Credit);
                    break;
                case HoldVoided e:
                    AddEnd(rows, currency, e.Id, "voided", 0, e.At);
                    Touch(touched, e.Debit, e.Credit);
                    break;
                case HoldExpired e:
                    AddEnd(rows, currency, e.Id, "expired", 0, e.At);
                    Touch(touched, e.Debit, e.Credit);
                    break;
                default:
                    throw new UnreachableException($"{@event.GetType().Name} has no rows.");
            }
        }

        foreach (var account in touched)
        {
            var (debits, credits, debitsPending, creditsPending, last) = after[account];
            rows.Add(Account.Row(currency, account.ToString(), debits, credits, debitsPending, creditsPending, last));
        }

        return rows;
    }

    /// <summary>The ledger as its rows say it is.</summary>
    public static Ledger Read(string currency, long version, RowReader rows)
    {
        var accounts = new Dictionary<AccountId, Balance>();
        foreach (var cells in rows(Accounts, currency))
            accounts.Add(TextValue.Parse<AccountId>(cells[1].Text), new Balance(cells[2].Number, cells[3].Number, cells[4].Number, cells[5].Number, cells[6].Number));
        var holds = ImmutableDictionary.CreateBuilder<TransferId, Held>();
        foreach (var cells in rows(Holds, currency))
        {
            var expires = cells[7].IsNull ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(cells[7].Number);
            var held = new Held(
                TextValue.Parse<AccountId>(cells[2].Text), TextValue.Parse<AccountId>(cells[3].Text), cells[4].Number, KebabCase.Parse<TransferPurpose>(cells[5].Text), cells[6].Text!, expires);
            holds.Add(TextValue.Parse<TransferId>(cells[1].Text), held);
        }

        return accounts.Count == 0 ? Ledger.Initial : new(TextValue.Parse<Currency>(currency), version, new AccountMap(accounts), holds.ToImmutable());
    }

    private static void AddEnd(List<Row> rows, string currency, TransferId id, string state, long posted, DateTimeOffset at)
    {
        rows.Add(TransferEnd.Row(currency, id.ToString(), posted, state, at));
        rows.Add(NoHold.Row(currency, id.ToString()));
        rows.Add(Reminder.None(LedgerAddress.Ledger.Kind, currency, id.ToString()));
    }

    private static void Touch(HashSet<AccountId> touched, AccountId debit, AccountId credit)
    {
        touched.Add(debit);
        touched.Add(credit);
    }
}
