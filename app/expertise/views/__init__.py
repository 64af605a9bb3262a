"""Pages of experts: those of a topic, what a person knows, and how it is worked out."""
