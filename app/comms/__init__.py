"""The comms desk: what editors decide for everyone (priority topics, mandatory subscriptions)."""
