"""The portal on several machines, played on one: three nodes behind nginx, one PostgreSQL, one bucket, one mail server.

``python -m tests.nodes`` runs the whole story and prints its figures, ``python -m tests.nodes short`` a shorter one.
"""
