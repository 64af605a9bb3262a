"""The desk of words, the report of what was looked for in vain, and how to search."""
