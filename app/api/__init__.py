"""The REST interface, version 1, for programs that act for a person by a bearer token.

Words: an *endpoint* is a route with the models of what it takes and gives; the description at /api/v1/openapi.json is
made from the same models. A program may do what its person may do and sees what they see. Objects are named by public
ids, handles and names alone; moments are ISO 8601, UTC; errors are problem+json.
"""
