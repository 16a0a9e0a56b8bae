-- A document is looked for by its code.
CREATE INDEX documents_by_check_code ON documents (check_code) WHERE check_code IS NOT NULL;
