"""Papers of legal proceedings: entered when they come, voided when entered wrongly."""

from django.core.exceptions import ValidationError
from django.db import transaction

from config.lib.workflow import NotAllowed
from discipline.beside_journal import record
from discipline.models import ProceedingPaper
from members.models import Proceeding

GONE = "Văn bản này vừa được hủy ở nơi khác. Hãy tải lại trang."
TWICE = "Đã ghi văn bản số {number} ngày {on} của giai đoạn này."


@transaction.atomic
def add_proceeding_paper(proceeding, values, *, by):
    """A paper of police, procuracy or court about one stage of the proceedings against a member."""
    stage = Proceeding.objects.standing().select_for_update(of=("self",)).filter(pk=proceeding.pk).first()
    if stage is None:
        raise NotAllowed("Giai đoạn tố tụng này vừa được hủy. Hãy tải lại trang.")
    same = ProceedingPaper.objects.standing().filter(
        proceeding=stage, number=values["number"], issued_on=values["issued_on"]
    )
    if same.exists():
        words = TWICE.format(number=values["number"], on=f"{values['issued_on']:%d/%m/%Y}")
        raise ValidationError({"number": words})
    paper = ProceedingPaper.objects.create(proceeding=stage, recorded_by=by, **values)
    record("add_proceeding_paper", paper, by=by, data={"paper": paper.get_kind_display()})
    return paper


@transaction.atomic
def void_proceeding_paper(paper, *, reason, by):
    """Void a paper that was entered wrongly."""
    row = ProceedingPaper.objects.standing().select_for_update(of=("self",)).filter(pk=paper.pk).first()
    if row is None:
        raise NotAllowed(GONE)
    row.void(reason, by)
    record("void_proceeding_paper", row, by=by, reason=reason)
    return row
