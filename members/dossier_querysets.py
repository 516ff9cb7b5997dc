"""Named reads of the member's file."""

from django.db.models import F

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet
from config.lib.periods import FactQuerySet
from members.dossier_enums import IN_THE_INDEX


class OfFileQuerySet(ScopedQuerySet, FactQuerySet):
    """Facts about files, in the scope of where their members officially are today."""

    scope_field = "member__home"

    def visible_to(self, user, permission=Permission.FILES_VIEW):
        """Facts about files in whose scope `user` holds `permission`."""
        return super().visible_to(user, permission)


class DossierPaperQuerySet(OfFileQuerySet):
    def in_the_index(self):
        """Standing papers that the index lists: there, or known by their number alone."""
        return self.standing().filter(state__in=IN_THE_INDEX)

    def in_time_order(self):
        """By the day of the paper, those without a day last, then as they were entered."""
        return self.order_by(F("issued_on").asc(nulls_last=True), "id")


class ScanQuerySet(OfFileQuerySet):
    pass


class IndexCertificationQuerySet(OfFileQuerySet):
    pass


class FileLoanQuerySet(OfFileQuerySet):
    def out(self):
        """Files that have not come back."""
        return self.standing().filter(returned_on__isnull=True)

    def out_first(self):
        """Files that are out, then those that came back, the latest first."""
        return self.order_by(F("returned_on").desc(nulls_first=True), "-lent_on", "-id")


class FileCheckQuerySet(ScopedQuerySet, FactQuerySet):
    """Reconciliations, in the scope of the body that made them."""

    def visible_to(self, user, permission=Permission.FILES_KEEP):
        """Reconciliations of bodies whose files `user` keeps."""
        return super().visible_to(user, permission)
