"""Measures Shopfloor as people use it: a real server, a real database, one client at a time or eight at once.

make bench                         1x data on SQLite and, where it is installed, PostgreSQL
.venv/bin/python -m bench --help   other sizes, one database, single figures
"""
