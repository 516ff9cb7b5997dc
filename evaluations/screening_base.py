"""Who is counted when a cell votes on its assistance list (screening.md, section 6): exempt members never are."""

from dataclasses import dataclass, replace

from config.lib.workflow import NotAllowed
from members.rules import EXCLUSIONS, vote_base, votes_at_least
from members.voters import cell_assembly

NO_SHARE = "Bộ quy tắc ngày {on} không có tỷ lệ biểu quyết đưa vào danh sách. Hãy xem trang Quy tắc."


@dataclass(frozen=True)
class ListBase:
    """How many are counted and how many votes it takes; who is left out, and who counts only when he came."""

    members: int
    official: int
    entitled: int
    needed: int
    excluded: tuple
    may_attend: tuple
    article: str

    @property
    def words(self):
        """The base in one sentence, as the page of the vote shows it."""
        left = "; ".join(f"{each['name']} ({each['reason']})" for each in self.excluded)
        out = f" Không tính: {left}." if left else ""
        return f"{self.official} đảng viên chính thức, tính biểu quyết {self.entitled}, cần {self.needed} phiếu.{out}"


def list_base(cell, day, book, attended=()):
    """The base of a cell on a day; `attended` are ids of members away elsewhere who came and voted."""
    rules, votes = book.of("assistance", cell, day), book.of("vote_base", cell, day)
    if rules.list_vote_cell is None:
        raise NotAllowed(NO_SHARE.format(on=f"{day:%d/%m/%Y}"))
    assembly = cell_assembly(cell, day, attended)
    voters = [_never_counted(voter) if voter.exempt and not rules.list_vote_exempt_counted else voter
              for voter in assembly.voters]  # fmt: skip
    found = vote_base(votes, voters)
    free = [voter for voter in voters if voter.official and not (voter.suspended or voter.prosecuted)]
    away = [voter for voter in free if voter.temporary_elsewhere]
    exempt = [voter for voter in free if voter.exempt and rules.list_vote_exempt_counted]
    return ListBase(
        members=found.members,
        official=found.official,
        entitled=found.base,
        needed=votes_at_least(rules.list_vote_cell, found.base),
        excluded=tuple(
            {"name": assembly.names[each.key], "reason": _words(each.reason, rules)} for each in found.exclusions
        ),
        may_attend=tuple((each.key, assembly.names[each.key]) for each in [*away, *exempt]),
        article=rules.cite("list_vote_cell", "list_vote_exempt_counted"),
    )


def _never_counted(voter):
    return replace(voter, present=False)


def _words(reason, rules):
    if reason == "exempt_absent" and not rules.list_vote_exempt_counted:
        return "được miễn công tác và sinh hoạt đảng"
    return EXCLUSIONS[reason]
