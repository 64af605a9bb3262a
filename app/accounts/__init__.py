"""Accounts: how a person gets in and what they may do.

A credential is an Argon2id hash; a session is a server-side row, so that signing out, a new password, a new role or
leaving ends it at once; a token lets a program act for a person; a grant gives a role.
"""
