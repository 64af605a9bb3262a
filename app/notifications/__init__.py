"""Notifications: one per person and event, the strongest reason wins; shown grouped ("Anna and 4 others")."""
