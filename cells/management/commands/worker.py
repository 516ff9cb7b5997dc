"""`manage.py worker`: the background worker, which offers jobs of killed workers again and queues the daily work."""

import logging
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from cells.actions.jobs import drop_old_prints, offer_again
from cells.models import Job, User
from cells.tasks import WORKER, start_the_days_work

logger = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 20
CLEAN_EVERY_SECONDS = 1800  # and ask whether a new day has begun
KEPT = timedelta(days=1)  # how long a finished job keeps its file


class Command(db_worker.Command):
    help = "Runs background jobs, and once more those whose worker fell silent for a minute."

    def handle(self, **options):
        threading.Thread(target=keep_looking, daemon=True).start()
        super().handle(**options)


def keep_looking():
    """Look for stalled jobs, a new day and files that nobody fetched, for as long as the worker lives."""
    wait, clean_at = threading.Event(), 0.0
    while True:
        try:
            if Job.objects.stalled().exists():
                offer_again(by=User.objects.system(WORKER))
            if time.monotonic() >= clean_at:
                start_the_days_work(timezone.localtime(), by=User.objects.system(WORKER))
                clean_at = time.monotonic() + CLEAN_EVERY_SECONDS
                drop_old_prints(before=timezone.now() - KEPT, by=User.objects.system(WORKER))
        except DatabaseError:
            logger.warning("could not look for stalled jobs; trying again", exc_info=True)
        finally:
            connection.close()
        wait.wait(LOOK_EVERY_SECONDS)
