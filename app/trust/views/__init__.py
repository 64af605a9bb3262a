"""Pages of trust, and what differs between readers on cards."""
