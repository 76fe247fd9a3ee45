"""How gunicorn serves the portal: ``.venv/bin/python -m gunicorn -c deploy/gunicorn.conf.py ogl_portal.wsgi``.

PORTAL_BIND, WEB_WORKERS and WEB_THREADS come from the environment.
"""

import os

bind = os.environ.get("PORTAL_BIND", "unix:/run/ogl-portal/portal.sock")
umask = 0o007  # the socket is for the portal and its group, to which the web server belongs
workers = int(os.environ.get("WEB_WORKERS", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True  # workers share the memory of the program
worker_tmp_dir = "/dev/shm"  # noqa: S108 - memory: a sign of life never waits for a disk
timeout = 60  # a PDF takes at most 20 seconds of CPU, in a process of its own
graceful_timeout = 30
keepalive = 5
max_requests = 2000  # then a worker is replaced, one after the other
max_requests_jitter = 400
limit_request_line = 4094
limit_request_fields = 60
forwarder_headers = ""  # no proxy says under which address the portal stands: links would follow whoever sends it
control_socket_disable = True

# One line for each request comes from the portal (ogl_portal/lib/request_log.py): gunicorn's would hold addresses.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_tokens": {"()": "ogl_portal.lib.logs.TokenFilter"}},
    "formatters": {"json": {"()": "ogl_portal.lib.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_tokens"], "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
