-- The same as Sqlite/V010__file_holders.sql. What waits for a file is counted for each account: Sqlite has had such an index from the start.
ALTER TABLE payment_files ADD holder NVARCHAR(400) NULL;

CREATE INDEX payments_waiting ON payments (file_number, account, currency);
