"""Reputation's pages."""
