"""The organisation: its name, logo and accent colour, and the consent it asks its people for.

Only administrators set them. A text of consent is never changed: a new one is a new version, and everybody is asked
anew. What somebody agreed to, and when, is kept as long as their account.
"""
