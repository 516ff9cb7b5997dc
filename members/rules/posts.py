"""What is said of posts in a body: refused when it cannot be, hinted at when somebody should look (topic `posts`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import Rules
from members.enums import CELL_TITLES, COMMITTEE_TITLES, PostTitle


@dataclass(frozen=True, kw_only=True)
class PostRules(Rules):
    secretaries_at_most: int | None = None
    standing_member_sits_in_committee: bool | None = None
    probationary_holds_posts: bool | None = None
    posts_within_term: bool | None = None


@dataclass(frozen=True)
class Tenure:
    """Who holds a title from a day until the day before another; `ended_on` None: to this day."""

    person: str
    title: str
    started_on: date
    ended_on: date | None = None

    def meets(self, other: "Tenure") -> bool:
        """Whether both hold on at least one same day."""
        return (self.ended_on is None or self.ended_on > other.started_on) and (
            other.ended_on is None or other.ended_on > self.started_on
        )


@dataclass(frozen=True)
class Sitting:
    """One person of a committee on a day: the titles held there, and how the person stands in the party."""

    person: str
    titles: frozenset[str]
    probationary: bool = False
    on_roll: bool = True


def title_does_not_fit(title: str, *, is_cell: bool) -> str | None:
    """A cell has neither standing committee nor inspection commission; party groups are within cells alone."""
    if is_cell and title not in CELL_TITLES:
        return "Chi bộ không có ban thường vụ, ủy ban kiểm tra. Hãy chọn chức vụ khác hoặc tổ chức đảng khác."
    if not is_cell and title == PostTitle.GROUP_HEAD:
        return "Tổ đảng nằm trong chi bộ. Hãy chọn chi bộ của tổ đảng."
    return None


def too_many_secretaries(rules: PostRules, post: Tenure, others: Iterable[Tenure]) -> str | None:
    """A body has one head at a time."""
    if post.title != PostTitle.SECRETARY or rules.secretaries_at_most is None:
        return None
    meeting = [each for each in others if each.title == PostTitle.SECRETARY and each.meets(post)]
    if len(meeting) < rules.secretaries_at_most:
        return None
    held = meeting[0]
    return (
        f"Đồng chí {held.person} là bí thư từ {held.started_on:%d/%m/%Y}; một tổ chức đảng chỉ có một bí thư vào một "
        f"ngày ({rules.cite('secretaries_at_most')}). Hãy ghi ngày thôi của đồng chí đó trước."
    )


def outside_term(rules: PostRules, post: Tenure, term: tuple[date, date | None]) -> tuple[str, str] | None:
    """(which end is wrong, why) when a post lies outside the days of its term."""
    first, after = term
    if not rules.posts_within_term:
        return None
    why = f"({rules.cite('posts_within_term')})"
    if post.started_on < first or (after and post.started_on >= after):
        until = f" đến trước {after:%d/%m/%Y}" if after else ""
        return "started", f"Nhiệm kỳ đã chọn từ {first:%d/%m/%Y}{until}; chức vụ phải bắt đầu trong nhiệm kỳ {why}."
    if after and (post.ended_on is None or post.ended_on > after):
        return "last_day", f"Nhiệm kỳ đã chọn kết thúc trước {after:%d/%m/%Y}; hãy ghi ngày thôi không muộn hơn {why}."
    return None


@dataclass(frozen=True, kw_only=True)
class NewSecretary:
    """Who is to take a cell over, as he stands on the day of the hand-over."""

    person: str
    holds_it_already: bool
    in_the_cell: bool
    official: bool


def cannot_take_over(rules: PostRules, new: NewSecretary) -> str | None:
    """A cell goes to a member of that cell, official on the day, who is not its secretary yet."""
    if new.holds_it_already:
        return f"Đồng chí {new.person} đang là bí thư của chi bộ này. Hãy chọn người khác, hoặc tải lại trang."
    if not new.in_the_cell:
        return f"Đồng chí {new.person} không sinh hoạt ở chi bộ này vào ngày bàn giao. Hãy chọn đảng viên của chi bộ."
    if not new.official and rules.probationary_holds_posts is False:
        return (
            f"Đồng chí {new.person} chưa là đảng viên chính thức vào ngày bàn giao "
            f"({rules.cite('probationary_holds_posts')}). Hãy chọn đảng viên chính thức."
        )
    return None


def hints(rules: PostRules, sittings: Iterable[Sitting]) -> list[str]:
    """What somebody should look at in a committee as it stands on a day."""
    everyone = list(sittings)
    return [
        *_standing_members_outside(rules, everyone),
        *_probationary(rules, everyone),
        *(f"Đồng chí {each.person} không còn trong danh sách đảng viên; hãy ghi ngày thôi chức vụ."
          for each in everyone if not each.on_roll),
        *_secretaries(rules, everyone),
    ]  # fmt: skip


def _standing_members_outside(rules: PostRules, everyone: list[Sitting]) -> Iterable[str]:
    if not rules.standing_member_sits_in_committee:
        return
    for each in everyone:
        if PostTitle.STANDING_MEMBER in each.titles and not each.titles & (
            COMMITTEE_TITLES - {PostTitle.STANDING_MEMBER}
        ):
            yield (
                f"Đồng chí {each.person} là ủy viên ban thường vụ nhưng chưa ghi là ủy viên ban chấp hành "
                f"({rules.cite('standing_member_sits_in_committee')})."
            )


def _probationary(rules: PostRules, everyone: list[Sitting]) -> Iterable[str]:
    if rules.probationary_holds_posts is not False:
        return
    for each in everyone:
        if each.probationary and each.on_roll:
            yield (
                f"Đồng chí {each.person} là đảng viên dự bị mà giữ chức vụ "
                f"({rules.cite('probationary_holds_posts')}). Hãy xem lại."
            )


def _secretaries(rules: PostRules, everyone: list[Sitting]) -> Iterable[str]:
    heads = [each.person for each in everyone if PostTitle.SECRETARY in each.titles]
    if rules.secretaries_at_most is not None and len(heads) > rules.secretaries_at_most:
        yield f"Có {len(heads)} bí thư cùng lúc: {', '.join(heads)} ({rules.cite('secretaries_at_most')})."
