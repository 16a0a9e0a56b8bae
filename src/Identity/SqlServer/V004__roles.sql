-- The same as Sqlite/V004__roles.sql.
CREATE INDEX organisations_by_role ON organisations (role, organisation_id);
