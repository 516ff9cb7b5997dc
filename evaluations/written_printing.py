"""The self-review on paper: the form filled in, blank, all of a cell; and form 04, what the file of a review holds.

The order of parts, headings, boxes and closing blocks is the rule set's (classification.md, 10.2 and 10.3).
"""

from dataclasses import dataclass
from typing import Any

from cells.frames import Letterhead, letterhead
from config.lib.documents import place_and_date, style_on
from config.lib.pdf import render_pdf
from config.lib.tables import CENTRE, FigureTable, Heading, Row
from evaluations.enums import Outcome
from evaluations.models import RaisedPoint, WrittenReview
from evaluations.rules import number_text, roman
from evaluations.rules.own_score import OwnScore
from evaluations.scores import people_of
from evaluations.season_rules import rule_book
from evaluations.written_facts import Head, form_of, heads_of
from evaluations.written_page import form_words, layout_for, shows_text, unknown_words
from evaluations.year_facts import DEGREE_WORDS
from members.reports.life_tasks import tasks_given

TEMPLATE = "evaluations/pdf/written.html"
FORMS_AT_ONCE = 3  # printed within two seconds; more are a background job
ANSWERS = "answers"  # the section in which points raised by superiors are answered
STAFF, MEMBER = "staff", "member"
LEVEL_OF = {STAFF: "Cán bộ, công chức, viên chức", MEMBER: "Đảng viên"}


@dataclass(frozen=True)
class PrintedSection:
    """One section with what was written in it; `degrees` are (word, ticked)."""

    number: str
    heading: str
    hint: str
    paragraphs: tuple[str, ...]
    raised: tuple[tuple[str, str], ...]
    degrees: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class WrittenPaper:
    """One form on paper."""

    form: str
    form_words: str
    unknown: str
    title: str
    year: int
    letterhead: Letterhead
    dated: str
    particulars: tuple[tuple[str, str], ...]
    part_a: str
    part_b: str
    parts: tuple[tuple[str, str, tuple[PrintedSection, ...]], ...]
    own_points: tuple[tuple[str, str, str], ...]
    points_heading: str
    levels_number: str
    levels_heading: str
    own_levels: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    closing: tuple[tuple[str, str], ...]
    signer: str
    tasks: FigureTable | None


@dataclass(frozen=True)
class Source:
    """What one paper is filled from; `review` None: a blank form."""

    written: WrittenReview
    head: Head
    raised: tuple[RaisedPoint, ...] = ()
    tasks: tuple[Any, ...] = ()
    review: Any = None
    own: OwnScore | None = None


class Press:
    """Makes the papers of one cell and season: rules and letterhead are read once."""

    def __init__(self, sheet, on):
        self.sheet, self.book, self.on = sheet, rule_book(sheet.season), on
        self.rules = self.book.rules.review_forms
        self.letterhead = letterhead(sheet.organisation, on)

    def paper(self, source):
        """One form, filled in from its source."""
        written, layout = source.written, layout_for(source.written, self.book)
        parts = tuple((p.number, p.heading, self._sections(p, source)) for p in layout.parts)
        own_points, own_levels = self._own_points(source.own), self._own_levels(source)
        offset = 0 if self.rules.part_b else len(layout.parts)
        return WrittenPaper(
            form=layout.form,
            form_words=form_words(layout.form, self.book),
            unknown=unknown_words(layout, self.book, self.sheet.season.year),
            title=layout.title or "BẢN KIỂM ĐIỂM",
            year=self.sheet.season.year,
            letterhead=self.letterhead,
            dated=place_and_date(self.letterhead.place, written.written_on, year=self.on.year),
            particulars=_particulars(layout, source.head),
            part_a=self.rules.part_a or "",
            part_b=self.rules.part_b or "",
            parts=parts,
            own_points=own_points,
            points_heading=f"{roman(offset)}. {self.rules.heading('by_group')}" if own_points else "",
            levels_number=roman(offset + bool(own_points)),
            levels_heading=self.rules.heading("level"),
            own_levels=own_levels,
            closing=self._closing(layout, source),
            signer=source.head.full_name,
            tasks=_task_table(source.tasks) if self.rules.task_annex else None,
        )

    def _sections(self, part, source):
        return tuple(self._section(section, source) for section in part.sections)

    def _section(self, section, source):
        text = source.written.texts.get(section.code, "")
        degrees = (self.book.rules.ruleset.criterion_degrees or ()) if section.has_degrees else ()
        chosen = source.written.degrees.get(section.code)
        answered = source.raised if section.code == ANSWERS else ()
        return PrintedSection(
            number=section.number,
            heading=section.heading,
            hint=section.hint,
            paragraphs=tuple(line for line in text.splitlines() if line),
            raised=tuple((f"{point.body} gợi ý: {point.text}", point.answer) for point in answered),
            degrees=tuple((DEGREE_WORDS.get(code, code), code == chosen) for code in degrees),
        )

    def _own_points(self, own):
        """(what, own points, maximum) of the two groups and their sum; none where the rule set has no points."""
        frame = self.book.rules.score_frame
        if frame.root_general_max is None or frame.root_results_max is None or not self.rules.part_b:
            return ()
        got = (own.groups.general, own.groups.results, own.total) if own else (None, None, None)
        most = (frame.root_general_max, frame.root_results_max)
        names = (f"1. {self.rules.heading('general')}", f"2. {self.rules.heading('results')}", "Tổng")
        found = zip(names, got, (*most, sum(most)), strict=True)
        return tuple(
            (name, "" if points is None else number_text(points), number_text(top)) for name, points, top in found
        )

    def _own_levels(self, source):
        """(as what, [(level, ticked)]) for each capacity in which the form claims a level."""
        claimed = {STAFF: source.written.staff_level, MEMBER: source.review.own_level if source.review else ""}
        levels = self.book.scale.levels
        return tuple(
            (LEVEL_OF[who], tuple((level.name, level.code == claimed[who]) for level in levels))
            for who in self.rules.own_levels or ()
        )

    def _closing(self, layout, source):
        """(kind, level in words) of each block after the signature."""
        review, names = source.review, {level.code: level.name for level in self.book.scale.levels}
        levels = {"cell_proposal": review.proposed_level, "base_level": review.decided_level} if review else {}
        return tuple((kind, names.get(levels.get(kind, ""), "")) for kind in layout.closing if kind != "writer")


def _particulars(layout, head):
    """(label, value) of the lines below the title; what is not known is left to be written by hand."""
    lines = {
        "full_name": [("Họ và tên", head.full_name)],
        "born_on": [("Ngày sinh", head.born_on)],
        "posts": [
            ("Chức vụ Đảng", head.party_posts),
            ("Chức vụ chính quyền", head.state_posts),
            ("Chức vụ đoàn thể", head.mass_posts),
        ],
        "workplace": [("Đơn vị công tác", head.workplace)],
        "cell": [("Chi bộ", head.cell)],
    }
    names = layout.particulars or ("full_name", "born_on", "cell")
    return tuple(line for name in names for line in lines[name])


def _task_table(tasks):
    """The annex of tasks; product and quality are not in the register and are written by hand."""
    headings = (
        Heading("TT", CENTRE, 4), Heading("Nhiệm vụ", width=22), Heading("Người, cấp giao", width=12),
        Heading("Thời hạn", CENTRE, 9), Heading("Ngày hoàn thành", CENTRE, 9), Heading("Sản phẩm", width=12),
        Heading("Chất lượng", width=10), Heading("Vượt yêu cầu", CENTRE, 8), Heading("Minh chứng", width=14),
    )  # fmt: skip
    rows = tuple(Row((n, *_task_line(task))) for n, task in enumerate(tasks, start=1))
    blank = tuple(Row((n, *[""] * 8)) for n in range(1, 6))
    return FigureTable("Nhiệm vụ", title="", headings=headings, rows=rows or blank, wide=True)


def _task_line(task):
    done = f"{task.done_on:%d/%m/%Y}" if task.done_on else ""
    beyond = "Có" if task.beyond else "Không" if task.done_on else ""
    return (task.title, task.given_by, f"{task.due_on:%d/%m/%Y}", done, "", "", beyond, task.evidence)


# --- papers ----------------------------------------------------------------------------------------------------------


def written_pdf(page, on):
    """The form of one member, filled in as far as it is written."""
    sheet, review = page.sheet, page.review
    source = Source(
        written=page.written,
        head=heads_of([review], sheet.organisation.name, sheet.season.reference_date)[review.member_id],
        raised=tuple(page.raised),
        tasks=tuple(tasks_given([review.member_id], sheet.season.year)[review.member_id]),
        review=review,
        own=page.score.own if page.score else None,
    )
    return _render([Press(sheet, on).paper(source)], on)


def blank_pdf(sheet, group, on):
    """The blank form of a group; only the cell stands in it."""
    press = Press(sheet, on)
    written = WrittenReview(group=group, form=form_of(group, press.book))
    return _render([press.paper(Source(written, Head(cell=sheet.organisation.name)))], on)


def readable_written(sheet, user):
    """The self-reviews of a cell that `user` reads, by member."""
    members = sheet.reviews.exclude(outcome=Outcome.OUTSIDE).values("member")
    rows = WrittenReview.objects.of_members(sheet.season, members).select_related("member")
    return {row.member_id: row for row in rows if shows_text(user, sheet, row)}


def handed_in_by(known):
    """The members of self-reviews that are more than drafts."""
    return [written.member for written in known.values() if written.is_handed_in]


def cell_pdf(sheet, known, on):
    """These self-reviews of a cell (by member) in one file, in the order of the list."""
    reviews = list(sheet.reviews.select_related("member").filter(member__in=list(known)))
    members = [review.member_id for review in reviews]
    press, season = Press(sheet, on), sheet.season
    heads = heads_of(reviews, sheet.organisation.name, season.reference_date)
    raised = list(RaisedPoint.objects.for_cell(season, sheet.organisation, members))
    tasks = tasks_given(members, season.year)
    scores = {person.review.pk: person.own for person in people_of(sheet, reviews, press.book)}
    return _render(
        [
            press.paper(
                Source(
                    known[review.member_id],
                    heads[review.member_id],
                    tuple(point for point in raised if point.member_id == review.member_id),
                    tuple(tasks[review.member_id]),
                    review,
                    scores.get(review.pk),
                )
            )
            for review in reviews
        ],
        on,
    )


def _render(papers, on):
    return render_pdf(TEMPLATE, {"papers": papers}, dated=on, css=style_on(on).css())
