"""Measurements of the portal on SQLite and on PostgreSQL: ``python -m tests.bench [submissions|search|pages …]``."""
