"""Welcome: the three first steps of somebody who is here for the first time.

Consent must be given before anything else, by everybody and again for every new text. A photo, and the choice of
topics and people, may be skipped; what is left is kept with the account, so one goes on where one was, on any device.
"""
