"""The words of the demo company: invented people, places, jobs, groups, topics and things in texts."""
