-- Who runs the house is told what it is late with: a few among all organisations.
CREATE INDEX organisations_by_role ON organisations (role, organisation_id);
