"""People and places: who works where.

A person is keyed by *personnel number*. Regions hold shops; a shop has a code, an address, a time zone and a format;
departments are the head office's. A person who left keeps their row: what they wrote stays, and they can't sign in.
"""
