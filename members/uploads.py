"""Where the bytes of a large file wait, outside of the database, for the job that checks it."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def keep_upload(job, content):
    """Keep the bytes until the job has read them."""
    default_storage.save(_name(job), ContentFile(content))


def kept_upload(job):
    """The bytes that wait for the job, or None."""
    if not default_storage.exists(_name(job)):
        return None
    with default_storage.open(_name(job)) as waiting:
        return waiting.read()


def drop_upload(job):
    """Take the bytes away: they are personal data."""
    default_storage.delete(_name(job))


def _name(job):
    return f"uploads/{job.pk}"
