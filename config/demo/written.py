"""Papers of this year's reviews: some cells have everything handed in, the cell of the story is in the middle of it."""

from datetime import timedelta

from django.utils import timezone

from evaluations.actions.raised_points import RaisedPointEntry, raise_point
from evaluations.enums import Excuse, Outcome, WrittenState
from evaluations.models import RatingSheet, ResidenceComment, WrittenReview
from evaluations.season_rules import rule_book
from evaluations.written_facts import form_of, proposed_groups
from evaluations.written_page import layout_for

CELLS = 20  # so many cells have papers, however large the demo
BATCH = 500
TEXTS = {
    "conduct": "Có lập trường chính trị vững vàng; giữ gìn đạo đức, lối sống; đoàn kết nội bộ (mẫu).",
    "duties": "Hoàn thành các nhiệm vụ được phân công trong năm, đúng thời hạn (mẫu).",
    "member_duties": "Sinh hoạt chi bộ đều; hoàn thành nhiệm vụ chi bộ phân công (mẫu).",
    "commitment": "Tiếp tục học tập, nêu gương; thực hiện đúng cam kết đầu năm (mẫu).",
    "shortcomings": "Có lúc tham gia ý kiến trong sinh hoạt chi bộ chưa nhiều (mẫu).",
    "causes": "Chưa chủ động chuẩn bị ý kiến trước buổi sinh hoạt (mẫu).",
    "remedy": "Hạn chế chỉ ra kỳ trước đã khắc phục (mẫu).",
    "directions": "Chủ động nghiên cứu tài liệu, phát biểu trong mỗi kỳ sinh hoạt (mẫu).",
}


def hand_in_papers(tree, on, *, by):
    """Self-reviews and residence comments of a few cells this year; two points for the cell of the story."""
    rows = RatingSheet.objects.for_page().filter(season__year=on.year).order_by("organisation__position", "pk")
    sheets = [sheet for sheet in rows[:CELLS] if sheet.organisation_id != tree.story.story_cell.pk]
    story = rows.filter(organisation=tree.story.story_cell).first()
    written, comments = [], []
    for sheet, share in [*((each, 1.0) for each in sheets), *([(story, 0.3)] if story else [])]:
        reviews = list(sheet.reviews.exclude(outcome=Outcome.OUTSIDE).select_related("member"))
        some = reviews[: int(len(reviews) * share)]
        written += _written(sheet, some, on, by)
        comments += [_comment(sheet.season, review, place, on, by) for place, review in enumerate(some)]
    WrittenReview.objects.bulk_create(written, BATCH)
    ResidenceComment.objects.bulk_create(comments, BATCH)
    if story:
        _raise(story, tree, on, by)


def _written(sheet, reviews, on, by):
    book, now = rule_book(sheet.season), timezone.now()
    groups = proposed_groups(reviews, book.rules.review_forms, sheet.season.reference_date)
    for review in reviews:
        group = groups[review.member_id].group
        written = WrittenReview(
            season=sheet.season, member=review.member, group=group, form=form_of(group, book),
            written_on=on - timedelta(days=6), state=WrittenState.HANDED_IN, handed_in_at=now, handed_in_by=by,
            changed_by=by,
        )  # fmt: skip
        codes = {section.code for section in layout_for(written, book).sections}
        written.texts = {code: text for code, text in TEXTS.items() if code in codes}
        yield written


def _comment(season, review, place, on, by):
    said = {"received_on": on - timedelta(days=5), "from_whom": "Cấp ủy nơi cư trú (mẫu)"}
    values = said | {"summary": "Chấp hành tốt chủ trương, pháp luật; gia đình gương mẫu (mẫu)"}
    if place % 9 == 8:
        values = {"excuse": Excuse.BARRACKS}
    return ResidenceComment(season=season, member=review.member, recorded_by=by, **values)


def _raise(sheet, tree, on, by):
    """One point to the cell, one to its first member."""
    body, day = tree.story.deciding_base, on - timedelta(days=10)
    if body.pk not in sheet.organisation.ancestor_ids() or not sheet.is_with_cell:
        body = sheet.organisation.parent
    first = sheet.reviews.exclude(outcome=Outcome.OUTSIDE).select_related("member").first()
    raise_point(sheet, entry=RaisedPointEntry(body, day, "Làm rõ việc duy trì sinh hoạt chi bộ quý III (mẫu)"), by=by)
    if first:
        raise_point(sheet, entry=RaisedPointEntry(body, day, "Làm rõ nhiệm vụ chậm tiến độ (mẫu)", first), by=by)
