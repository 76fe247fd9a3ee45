"""The attacks of security.md that the portal must stand: one module for each class.

Most of them take their addresses from the resolver, the access matrix and the admin's registry, so that whatever is
new is asked without anybody thinking of it. The matrix itself is tests/test_access.py; each module names what else
belongs to its class.
"""
