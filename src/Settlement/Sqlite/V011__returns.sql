-- What the payment back to the payer is called, where one before it came to nothing and was called as the entry; null where it is called so itself.
ALTER TABLE bank_entries ADD COLUMN return_id TEXT;
