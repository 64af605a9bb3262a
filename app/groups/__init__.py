"""Groups: open (all see and join), closed (all see that it exists, members see inside), secret (members only)."""
