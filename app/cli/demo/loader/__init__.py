"""From a plan to the database: rows are made here, and only here."""
