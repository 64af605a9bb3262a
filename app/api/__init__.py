"""The REST interface, version 1, for programs that act for a person by a bearer token."""
