-- In whose name the house's account was when a file to the bank was made: the file's bytes follow from its rows alone. Null of files that were made before.
ALTER TABLE payment_files ADD COLUMN holder TEXT;
