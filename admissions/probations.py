"""Probation of one candidate: since when it runs, when it ends, what recognition still lacks."""

from dataclasses import dataclass
from datetime import date

from admissions.enums import ON_PROBATION, CertificateKind, PaperKind, Purpose, State
from admissions.models import AdmissionPaper, Candidate, Ceremony, ClassCertificate, Helper
from config.lib.periods import Precision
from config.lib.workflow import NotAllowed
from members.enums import Status
from members.models import Member
from members.readmissions import Readmissions
from members.rules.probation import probation_end

PROBATION_PAPERS = (PaperKind.SELF_REVIEW, PaperKind.HELPER_REMARK, PaperKind.RECOGNITION_SUMMARY)
NO_START = "Chưa rõ ngày vào Đảng của {member}; hãy bổ sung đủ ngày, tháng, năm trong hồ sơ đảng viên trước."


@dataclass(frozen=True)
class Probation:
    """The clock of twelve months; the end is the official date, however late anybody votes or signs."""

    started_on: date
    ends_on: date
    article: str


def probation_of(candidate, book):
    """The probation by the rules of its first day; NotAllowed where the day of the ceremony is not known."""
    started_on = probation_start(candidate)
    if started_on is None:
        raise NotAllowed(NO_START.format(member=candidate.member))
    rules = book.on(candidate.scope_organisation, started_on).probation
    article = rules.cite("probation_months", "official_date_rule")
    return Probation(started_on, probation_end(rules, started_on), article)


def probation_start(candidate):
    """The ceremony on file; of who was on probation before he was followed here, that of his record."""
    held = Ceremony.objects.standing().filter(candidate=candidate).values_list("held_on", flat=True).first()
    if held or candidate.member_id is None:
        return held
    member = candidate.member
    again = Readmissions([member.pk]).ceremony(member.pk, date.max)
    exact = member.admitted_on if member.admitted_precision == Precision.DAY else None
    return again or exact


def lacking(ends_on, *, helpers, papers, classes, **_):
    """What the cell must have before it votes (294-QĐ/TW, 4.2; 06-HD/TW, 4), in words."""
    if not classes:
        yield "giấy chứng nhận lớp đảng viên mới (CN-ĐVM)"
    reviews = [paper.dated_on for paper in papers if paper.kind == PaperKind.SELF_REVIEW]
    if not any(dated_on >= ends_on for dated_on in reviews):
        early = " – bản đã có làm trước khi hết thời gian dự bị" if reviews else ""
        yield f"bản tự kiểm điểm làm từ ngày {ends_on:%d/%m/%Y} (10-KNĐ){early}"
    yield from _missing_remarks(helpers, papers)
    if all(paper.kind != PaperKind.RECOGNITION_SUMMARY for paper in papers):
        yield "tổng hợp ý kiến đối với đảng viên dự bị (12-KNĐ)"


def papers_of(candidate):
    """Helpers, papers and certificates of the probation that stand; three queries."""
    helpers = Helper.objects.standing().filter(candidate=candidate, purpose=Purpose.RECOGNITION)
    papers = AdmissionPaper.objects.standing().filter(candidate=candidate, kind__in=PROBATION_PAPERS)
    classes = ClassCertificate.objects.standing().filter(candidate=candidate, kind=CertificateKind.NEW_MEMBER)
    return {
        "helpers": tuple(helpers.select_related("member")),
        "papers": tuple(papers.select_related("helper__member")),
        "classes": tuple(classes),
    }


def refuse_incomplete(candidate, ends_on):
    """NotAllowed with what recognition still lacks."""
    if missing := list(lacking(ends_on, **papers_of(candidate))):
        raise NotAllowed(f"Chưa đủ giấy tờ xét công nhận: {'; '.join(missing)}. Hãy ghi ở phần “Dự bị”.")


def not_followed(organisation, on):
    """Members on probation today at and below a body without a candidacy."""
    rows = Member.objects.standing().in_status(Status.PROBATIONARY, on).filter(home__path__startswith=organisation.path)
    followed = Candidate.objects.standing().filter(state__in=(*ON_PROBATION, State.OFFICIAL), member__isnull=False)
    return rows.exclude(pk__in=followed.values("member")).select_related("home").order_by("pk")


def _missing_remarks(helpers, papers):
    """Remarks of every helper of the probation, the former ones too (06-HD/TW, 3.10)."""
    written = {paper.helper_id for paper in papers if paper.kind == PaperKind.HELPER_REMARK}
    left = [str(each.member) for each in helpers if each.pk not in written]
    if left or not written:
        yield "nhận xét của người giúp đỡ (11-KNĐ)" + (f": {', '.join(left)}" if left else "")
