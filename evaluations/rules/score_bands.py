"""What score and tasks together say of a level: the rows of 366-QĐ/TW, Điều 11, for persons and collectives alike."""

from dataclasses import dataclass, replace
from decimal import Decimal

from evaluations.rules.figures import number_text, percent_text, share
from evaluations.rules.levels import HTNV, HTTNV, HTXSNV, KHTNV

LEVEL, NOT_RATED, NEEDS_HUMAN = "level", "not_rated", "needs_human"
Steps = tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """Tasks of the year; of a leader those of the units led. Any of them may be late or beyond requirement."""

    total: int
    undone: int = 0
    late: int = 0
    beyond: int = 0


@dataclass(frozen=True)
class Note:
    """A gap of the text (G1–G5) or another remark that a person must answer."""

    code: str
    text: str


@dataclass(frozen=True)
class Suggestion:
    """`level` is None unless `outcome` is "level"; `steps` say in order how it came about."""

    outcome: str
    level: str | None
    steps: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    article: str = ""
    subject_to_cap: bool = False


@dataclass(frozen=True, kw_only=True)
class Bands:
    """The rows of one rule set, best level first: least score, most late tasks in per cent; what is None always holds.

    `article` stands behind the scores, `row_article` behind the tasks, `gap_article` behind what fits no row.
    """

    scores: tuple[Decimal | None, Decimal | None, Decimal | None]
    late_most: tuple[Decimal | None, Decimal | None, Decimal | None]
    done_least: Decimal | None
    beyond_least: Decimal | None
    asks_remedy: bool
    article: str
    row_article: str
    gap_article: str


def level_by_score(
    bands: Bands, score: Decimal | None, work: Work | None, *, remedied: bool | None, also_missing: Steps = ()
) -> Suggestion:
    """The first row whose score and tasks both hold; what fits none is left to people.

    `remedied` is None where no earlier fault was pointed out; `also_missing` are further conditions of the best level
    that are known not to hold.
    """
    if score is None:
        return ask((), Note("no_score", "Chưa có điểm nên chưa gợi ý được mức xếp loại."), bands.article)
    if not _reaches(score, bands.scores[2]):
        words = f"Dưới {number_text(bands.scores[2] or 0)} điểm ({bands.article})."
        return at_level(KHTNV, (_score_words(score), words), bands.article)
    if work is None or work.total == 0:
        words = "Chưa ghi nhiệm vụ nào trong năm nên không tính được tỷ lệ: cần người có thẩm quyền quyết định."
        return ask((_score_words(score),), Note("G5", words), bands.article)
    missing = (*_missing(bands, work, remedied), *also_missing)
    return _first_row(bands, score, work, missing)


def known_steps(score: Decimal, work: Work) -> Steps:
    """The score and the tasks, as every suggestion that looks at both begins."""
    beyond = part(work.beyond, work)
    words = f"Nhiệm vụ: {work.total}; không hoàn thành {work.undone}, chậm {work.late}, vượt yêu cầu {beyond}."
    return (_score_words(score), words)


def _score_words(score: Decimal) -> str:
    return f"Điểm: {number_text(score)}."


def _first_row(bands: Bands, score: Decimal, work: Work, missing: Steps) -> Suggestion:
    steps, article = known_steps(score, work), bands.row_article
    top, good = _reaches(score, bands.scores[0]), _reaches(score, bands.scores[1])
    if top and not missing:
        return replace(at_level(HTXSNV, (*steps, f"Đủ điều kiện HTXSNV ({article})."), article), subject_to_cap=True)
    if good and _in_time(bands, work, bands.late_most[1]):
        notes = (_g2(bands, missing),) if top else ()
        return at_level(HTTNV, (*steps, f"Đủ điều kiện HTTNV ({article})."), article, notes)
    if _in_time(bands, work, bands.late_most[2]):
        notes = (_g4(bands),) if good else ()
        return at_level(HTNV, (*steps, f"Đủ điều kiện HTNV ({article})."), article, notes)
    return ask(steps, Note("G1", _g1_words(bands, work)), article)


def _missing(bands: Bands, work: Work, remedied: bool | None) -> Steps:
    """Which conditions of the best level other than the score do not hold."""
    beyond = bands.beyond_least
    found = (
        (not _in_time(bands, work, bands.late_most[0]), "còn nhiệm vụ chậm hoặc không hoàn thành"),
        (
            beyond is not None and 100 * work.beyond < beyond * work.total,
            f"nhiệm vụ vượt yêu cầu {part(work.beyond, work)} < {percent_text(beyond or 0)}",
        ),
        (bands.asks_remedy and remedied is False, "chưa khắc phục xong hạn chế, khuyết điểm được chỉ ra kỳ trước"),
    )
    return tuple(words for is_missing, words in found if is_missing)


def _g2(bands: Bands, missing: Steps) -> Note:
    least = number_text(bands.scores[0] or 0)
    words = (
        f"Điểm từ {least} trở lên nhưng {'; '.join(missing)}. "
        f"Khung điểm của HTTNV ghi dưới {least}: giữ nguyên điểm và giải trình."
    )
    return Note("G2", words)


def _g4(bands: Bands) -> Note:
    words = (
        f"Điểm từ {number_text(bands.scores[1] or 0)} trở lên nhưng còn nhiệm vụ chậm nên chỉ đủ điều kiện HTNV: "
        "giữ nguyên điểm và giải trình."
    )
    return Note("G4", words)


def _g1_words(bands: Bands, work: Work) -> str:
    if work.undone:
        found = f"{part(work.undone, work)} nhiệm vụ không hoàn thành"
    else:
        found = f"{part(work.late, work)} nhiệm vụ chậm, trên {percent_text(bands.late_most[2] or 0)}"
    return f"{found}: không khớp điều kiện của mức nào, cần người có thẩm quyền quyết định ({bands.gap_article})."


def at_level(code: str, steps: Steps, article: str, notes: tuple[Note, ...] = ()) -> Suggestion:
    """A suggestion that names a level."""
    return Suggestion(LEVEL, code, steps, notes, article)


def ask(steps: Steps, note: Note, article: str) -> Suggestion:
    """A suggestion that leaves the level to people, and says why."""
    return Suggestion(NEEDS_HUMAN, None, steps, (note,), article)


def part(count: int, work: Work) -> str:
    """So many of the tasks, "2/10 (20 %)"."""
    return f"{count}/{work.total} ({percent_text(share(count, work.total, 1) or 0)})"


def _reaches(score: Decimal, least: Decimal | None) -> bool:
    return least is None or score >= least


def _in_time(bands: Bands, work: Work, late_most: Decimal | None) -> bool:
    least = bands.done_least
    done = least is None or 100 * (work.total - work.undone) >= least * work.total
    return done and (late_most is None or 100 * work.late <= late_most * work.total)
