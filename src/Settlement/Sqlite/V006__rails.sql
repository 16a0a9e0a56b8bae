-- Movements of any rail stand in bank_entries: account is an IBAN, or card: and what a processor calls it. undoes is the reference, in the same account, of the movement that this one takes back or
-- gives back; null where the rail does not say.
ALTER TABLE bank_entries ADD COLUMN undoes TEXT;

CREATE INDEX bank_statements_of_account ON bank_statements (account, currency, day, place);
