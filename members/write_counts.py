"""How many rows a running import has written: told beside the database, whose open transaction nobody can look into."""

import json
from pathlib import Path

from django.core.files.storage import default_storage


def tell_count(job, done, total):
    """Say how far the job is; cheap, once for each thousand rows."""
    place = _place(job)
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".new")
    draft.write_text(json.dumps([done, total]), encoding="ascii")
    draft.replace(place)


def told_count(job):
    """(rows written, rows to write) of a running job; (0, 0) before it has said anything."""
    try:
        done, total = json.loads(_place(job).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0, 0
    return done, total


def forget_count(job):
    """Take the note away when the job has ended."""
    _place(job).unlink(missing_ok=True)


def _place(job):
    return Path(default_storage.path(f"progress/{job.pk}"))
