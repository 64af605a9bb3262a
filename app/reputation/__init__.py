"""Reputation: points for what people do for each other, in a ledger that can only grow.

An *act* is something somebody did, known by its fact: "liked:17:4:9" is person 4 liking item 17 of person 9. A *rule*
says what an act is worth and to whom, in versions that begin on a date; none is ever changed. An *entry* of the ledger
gives points for one act by one rule, or takes back what another entry gave; the database refuses to change or delete
one. A *balance* is what a person's entries add up to.

Always true: a fact pays a person once by a rule while it stands, nothing while it doesn't, and after it stands again
exactly what it paid before. Everything is settled by comparing what stands with what was paid, so a late, repeated or
reordered event does no harm.
"""
