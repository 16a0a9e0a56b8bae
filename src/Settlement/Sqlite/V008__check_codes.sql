-- What the public page of a document is opened by; none of what was issued before there were codes.
ALTER TABLE documents ADD COLUMN check_code TEXT;
