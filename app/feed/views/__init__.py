"""The home feed, publishing, and the streams on the pages of groups, topics, people and places."""
