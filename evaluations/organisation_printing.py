"""Form 01 of a collective, and the decision on organisations with its annexed list, as party documents."""

from collections import Counter
from dataclasses import dataclass, replace

from cells.enums import DocumentType
from cells.frames import letterhead, proposed_signer
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from evaluations.decision_printing import decision_frame, issuer_line
from evaluations.enums import OrganisationGroup
from evaluations.organisation_fields import SECTIONS
from evaluations.organisation_results import result_words
from evaluations.organisation_scores import ScoredCollective, collective_of, kinds_of
from evaluations.rules import number_text
from evaluations.scoring_printing import collective_paper, scoring_table
from evaluations.season_rules import rule_book

FORM_01 = "evaluations/pdf/form_01.html"
DECISION = "evaluations/pdf/organisation_decision.html"
BLANK = "……"
LINES = 4  # dotted lines of a section on the blank form


# --- form 01 ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Form01:
    """Form 01 (43-HD/BTCTW) of one collective and year; `parts` are (number, title, lines) of the sections A."""

    collective: str
    year: int
    day: str
    parts: tuple
    points: tuple
    levels: tuple
    is_blank: bool


def form_01_paper(review, book, *, blank=False):
    """What form 01 says: as typed, or empty with room to write."""
    texts = {} if blank else review.texts
    parts = tuple((number, title, tuple(texts.get(code, "").splitlines())) for code, number, title in SECTIONS)
    own = "" if blank else review.own_level
    held = None if blank else review.held_on
    return Form01(
        collective=review.organisation.name,
        year=review.season.year,
        day=f"{held:%d/%m/%Y}" if held else "……/……/……",
        parts=parts,
        points=_points(review, book.rules.score_frame, blank),
        levels=tuple((level.name, level.code == own) for level in book.organisation_scale.levels),
        is_blank=blank,
    )


def _points(review, frame, blank):
    """(words, points, maximum) of both groups and their sum; none where the rule set has no points."""
    if frame.root_general_max is None or frame.root_results_max is None:
        return ()
    own = (None, None, None) if blank else (review.general_points, review.results_points, review.points)
    most = (frame.root_general_max, frame.root_results_max, frame.root_general_max + frame.root_results_max)
    words = ("1. Nhóm tiêu chí chung", "2. Nhóm tiêu chí về kết quả thực hiện nhiệm vụ", "Tổng điểm")
    shown = (BLANK if points is None else number_text(points) for points in own)
    return tuple(zip(words, shown, map(number_text, most), strict=True))


def form_01_pdf(review, book, *, on, blank=False):
    """Form 01 in the frame of the collective; a draft without number."""
    head, signer = letterhead(review.organisation, on), proposed_signer(review.organisation, on)
    frame = DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=DocumentType.REPORT,
        symbol=head.symbol,
        style=style_on(on),
        place=head.place,
        year=on.year,
        type_name="BÁO CÁO KIỂM ĐIỂM",
        abstract=f"tự đánh giá, xếp loại tập thể năm {review.season.year}",
        authority=head.authority,
        position=signer.position,
        signer="" if blank else signer.name,
        recipients=tuple(head.recipients.splitlines()),
    )
    context = {"paper": form_01_paper(review, book, blank=blank), "dotted": range(LINES)}
    context["criteria"] = _criteria(review, book, blank) if review.frame_id else None
    return render_document(frame, context, dated=on, template=FORM_01)


def _criteria(review, book, blank):
    """The points by criteria of a collective that has a frame, as the annex of form 01."""
    scored = ScoredCollective(book, [collective_of(review, book)], kinds_of(review), [], None)
    return scoring_table(collective_paper(scored, blank=blank))


# --- the decision ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OrganisationDecisionPaper:
    """One decision on organisations as it was decided: counts by level of each group, a line for each organisation."""

    decision: object
    year: int
    bases: tuple[str, ...]
    groups: tuple
    rows: tuple

    @property
    def total(self):
        return len(self.rows)


def organisation_decision_paper(decision):
    """What the decision prints, whatever was decided later: organisations in list order."""
    book = rule_book(decision.season)
    scale = book.organisation_scale
    grades = list(decision.grades.select_related("organisation__parent", "review").order_by("organisation__path"))
    return OrganisationDecisionPaper(
        decision=decision,
        year=decision.season.year,
        bases=book.citations,
        groups=tuple(_groups(grades, scale)),
        rows=tuple((_line(grade, scale), grade.review_id, grade.voided_at is not None) for grade in grades),
    )


def _groups(grades, scale):
    """(name of the group, number, counts by level in words, how many exemplary ones)."""
    for group in OrganisationGroup:
        mine = [grade for grade in grades if grade.group == group]
        if mine:
            counted = Counter(grade.level for grade in mine)
            counts = [(level.name, counted[level.code]) for level in scale.levels if counted[level.code]]
            if counted[""]:
                counts.append(("Không xếp loại", counted[""]))
            yield group.label, len(mine), tuple(counts), sum(grade.is_exemplary for grade in mine)


def _line(grade, scale):
    above = grade.organisation.parent
    return (
        grade.organisation.name,
        above.name if above else "",
        OrganisationGroup(grade.group).label,
        result_words(grade, scale),
    )


def organisation_list_table(paper):
    """The annexed list."""
    headings = (
        Heading("TT", CENTRE, 6), Heading("Tổ chức đảng", width=30), Heading("Cấp trên trực tiếp", width=24),
        Heading("Loại hình", width=16), Heading("Xếp loại", width=24),
    )  # fmt: skip
    rows = tuple(Row((number, *line)) for number, (line, _, _) in enumerate(paper.rows, start=1))
    title = f"xếp loại chất lượng tổ chức đảng năm {paper.year}"
    return FigureTable("Danh sách", title=title, headings=headings, rows=rows)


def organisation_decision_pdf(paper):
    """The decision in the frame of the body, under its number where that begins with digits."""
    decision = paper.decision
    abstract = f"công nhận kết quả xếp loại chất lượng tổ chức đảng năm {paper.year}"
    frame = decision_frame(decision.organisation, decision.number, decision.decided_on, abstract)
    bases = frame.basis_lines([*(f"Căn cứ {basis}" for basis in paper.bases), "Xét đề nghị của các tổ chức đảng"])
    context = {"paper": paper, "bases": bases, "issuer": issuer_line(frame), "table": organisation_list_table(paper)}
    return render_document(frame, context, dated=decision.decided_on, template=DECISION)


def organisation_decision_xlsx(paper):
    """The annexed list as a workbook."""
    return write_rows([replace(organisation_list_table(paper), name=f"Năm {paper.year}").as_sheet()])
