"""How gunicorn serves the pages: `gunicorn -c config/gunicorn.py config.wsgi`."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "sync"
timeout = 120
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
# Nothing is steered at run time, so no socket is opened for it.
control_socket_disable = True
