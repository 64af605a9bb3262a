"""The feed: the personal one and the company's, newest activity or most useful first."""
