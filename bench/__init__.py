"""Measures Shopfloor as people use it: a real server, a real database, one client or eight.

make bench                         1x data on SQLite
.venv/bin/python -m bench --help   other sizes, PostgreSQL, single figures
"""
