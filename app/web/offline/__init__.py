"""The network on a phone, also without a connection: the installable app, its service worker, what it may keep.

The worker itself is the folder `worker`. Always true: nothing of a person is kept on a device of which they have not
said that it is their own; the server says of each page whether it may be kept, and the worker believes nobody else.
"""
