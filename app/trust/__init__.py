"""How far what was written may be trusted: its state, until when and for whom it is valid, who answers for it.

A text is an *opinion*; *confirmed*, when the asker accepted it or enough people who may confirm did; or *official*,
when who owns its topic stands behind it. What relies on something that has changed is to be *checked* until somebody
who may has looked at it. Validity and scope are the same for all readers; whether they are met is each reader's own.
"""
