"""What the official system was last given: the data behind every file of the official layout, for comparison."""

import json
import uuid
import zlib

from django.db import models
from django.utils import timezone

from members.enums import OfficialSource
from members.querysets import OfficialFileQuerySet


class OfficialFile(models.Model):
    """A file in the official layout that was written here or brought from the official system, with its data.

    `content` is compressed JSON: {key: {field: text}}; the key is a member's id, or "row:N" of a row of nobody here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField("nguồn", max_length=10, choices=OfficialSource.choices)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="official_files")
    file_name = models.CharField("tên tệp", max_length=200)
    on = models.DateField("tính đến ngày")
    people = models.PositiveIntegerField("số người")
    masked = models.BooleanField("số được che", default=False)
    content = models.BinaryField(editable=False)
    created_at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    created_by = models.ForeignKey("cells.User", models.PROTECT, related_name="+", verbose_name="người làm")

    objects = OfficialFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp theo mẫu chính thức"
        ordering = ["-created_at"]

    def __str__(self):
        return self.file_name

    @property
    def scope_path(self):
        return self.organisation.path

    @property
    def values(self):
        """{key: {field: text}} of its rows."""
        return json.loads(zlib.decompress(bytes(self.content)))


def pack(values) -> bytes:
    """The data of a file as it is kept."""
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), 6)
