"""Rewards: what bonus points are spent on.

A *reward* stands in the catalogue with a price in bonus points; it may be few, for a region, a format of shop or from a
level of loyalty on. An *order* takes one of it and the points, is approved, handed out and closed, or cancelled, which
gives both back. A *level of loyalty* (bronze, silver, gold, platinum) follows from what somebody has earned in bonus
points within twelve months, spent or not.

Always true: no more of a reward is ordered than there is; an order costs what the person was shown; every order that is
not cancelled has exactly its price in the ledger, every cancelled one nothing. Nobody decides about their own order.
"""
