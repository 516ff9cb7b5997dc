"""Which appendix a member is scored after: the one that goes with the form of his written review, or a chosen one."""

from dataclasses import dataclass

from evaluations.enums import Appendix
from evaluations.models import ReviewPoints, WrittenReview
from evaluations.rules.score_pattern import Pattern, appendix_for
from evaluations.written_facts import form_of, proposed_groups


@dataclass(frozen=True)
class Proposal:
    """The appendix of the form that a member writes; `why` says how the form was found while nothing is written.

    `written` is the self-review, None while it is not begun; `pattern` None where the rules know no appendix.
    """

    form: str
    pattern: Pattern | None
    written: WrittenReview | None = None
    why: str = ""

    @property
    def appendix(self):
        return self.pattern.appendix if self.pattern else ""

    @property
    def words(self):
        """“Phụ lục 4, ứng với Mẫu 02B (…)”, or that none is known."""
        if self.pattern is None:
            return f"Bộ quy tắc không nêu phụ lục ứng với Mẫu {self.form}." if self.form else ""
        found = f"{Appendix(self.appendix).label} ứng với Mẫu {self.form} ({self.pattern.form_citation})"
        return f"{found}; mẫu dự kiến vì {self.why}." if self.why else f"{found}."


def proposal_of(written, book, why=""):
    """What goes with the form of one self-review, saved or not yet."""
    pattern = book.patterns.get(appendix_for(book.patterns, written.form))
    return Proposal(written.form, pattern, None if written._state.adding else written, why)


def proposals(reviews, season, book):
    """The proposal of each review by its id; at most two queries."""
    written = {row.member_id: row for row in WrittenReview.objects.of_members(season, _members(reviews))}
    rest = [review for review in reviews if review.member_id not in written]
    groups = proposed_groups(rest, book.rules.review_forms, season.reference_date) if rest else {}
    found = {}
    for review in reviews:
        if review.member_id in written:
            found[review.pk] = proposal_of(written[review.member_id], book)
            continue
        group = groups[review.member_id]
        unwritten = WrittenReview(group=group.group, form=form_of(group.group, book))
        found[review.pk] = proposal_of(unwritten, book, group.explanation)
    return found


def _members(reviews):
    return [review.member_id for review in reviews]


def row_after(sheet, review, row, proposal):
    """The row of a member's points on the frame that applies now; a row that is settled stays as it is."""
    if row is not None and row.is_settled:
        return row
    row = row or ReviewPoints(review=review)
    row.appendix, row.frame_id = proposal.appendix, sheet.frames.get(proposal.appendix)
    return row


def settled_words(row, proposal):
    """Why a member is not scored after the appendix of his form, though he might be; empty where he is."""
    if not row.is_settled or not proposal.appendix or row.appendix == proposal.appendix:
        return ""
    now = Appendix(row.appendix).label if row.appendix else "hai nhóm tiêu chí"
    if row.appendix_reason:
        return f"Chấm theo {now} do chọn riêng, lý do: {row.appendix_reason}. {proposal.words}"
    return (
        f"Đã chấm theo {now}; bản kiểm điểm nay viết theo Mẫu {proposal.form}, ứng với "
        f"{Appendix(proposal.appendix).label}. Điểm đã chấm được giữ nguyên; muốn đổi phụ lục thì xóa trống điểm trước."
    )
