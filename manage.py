#!/usr/bin/env python3
"""Django's command line for the OGL-Portal."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ogl_portal.settings")
    from django.core.management import execute_from_command_line

    from ogl_portal.lib.logs import log_failure

    if not sys.stderr.isatty():
        sys.excepthook = log_failure
    execute_from_command_line(sys.argv)
