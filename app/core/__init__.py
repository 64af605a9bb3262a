"""Mechanisms that know no feature: database, unit of work, outbox, actor, errors, live hints, rendering."""
