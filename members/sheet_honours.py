"""Rewards and badges as items 23 and 24 of the member's sheet."""

from members.models import Award, Badge
from members.ports import SheetTable
from members.reports.register_words import partial


def award_words(award):
    """05/2015: Huân chương Lao động, hạng Ba, Chủ tịch nước."""
    paper = f", {award.decision}" if award.decision else ""
    return f"{partial(award.awarded_on, award.awarded_precision)}: {award}, {award.issuer}{paper}"


def badge_words(badge):
    """The level with its paper; a badge that is proposed only says nothing yet."""
    if not badge.is_awarded:
        return ""
    parts = (badge.number and f"số {badge.number}", badge.decision, partial(badge.decided_on, badge.decided_precision))
    return ", ".join(filter(None, (f"{badge.level} năm", *parts)))


SHEET_HONOURS = (
    SheetTable("23", "", Award, award_words, "add_award"),
    SheetTable("24", "", Badge, badge_words, "enter_badge"),
)
