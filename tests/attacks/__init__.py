"""The attacks of security.md that the portal must stand: one module for each class.

Most of them take their addresses from the resolver, the access matrix and the admin's registry, so that whatever is
new is asked without anybody thinking of it. The matrix of address × role × method itself is tests/test_access.py; each
module names what else belongs to its class.

Access: test_methods, test_cross_site_requests, test_foreign_objects, test_rights_of_staff.
Answers that tell or lead too much: test_redirects, test_enumeration, test_headers, tests/test_secrets.py.
Sessions: test_session_fixation.
"""
