"""Identities of the forms (statistics.md, section 9): each check says what was compared, its result and why. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from members.statistics.ledger import Account
from members.statistics.rules import percent

OK, WARN, ERROR, NONE = "ok", "warn", "error", "none"
WORDS = {OK: "Khớp", WARN: "Lưu ý", ERROR: "Không khớp", NONE: "Chưa đối chiếu"}
NAMED = 30


@dataclass(frozen=True)
class Check:
    """One identity by its number; `behind` names the people or pairs that a failure comes from."""

    code: str
    title: str
    status: str
    reason: str
    behind: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return WORDS[self.status]


def equal(code: str, title: str, sides: Mapping[str, int], behind: Iterable[str] = (), *, failed: str = ERROR) -> Check:
    """All sides must be the same number; the reason writes them all, and the difference where there is one."""
    numbers = list(sides.values())
    written = "; ".join(f"{name}: {number}" for name, number in sides.items())
    if len(set(numbers)) <= 1:
        return Check(code, title, OK, written)
    gap = max(numbers) - min(numbers)
    return Check(code, title, failed, f"{written}; chênh lệch {gap}", tuple(behind))


def sums(code: str, title: str, stated: int, parts: Sequence[int], behind: Iterable[str] = ()) -> Check:
    """A block adds up to the total that is stated for it (I5)."""
    return equal(code, title, {"cộng các dòng": sum(parts), "tổng số": stated}, behind)


def within(code: str, title: str, part: int, whole: int, *, failed: str = ERROR) -> Check:
    """A part is at most the whole."""
    reason = f"{part} trong {whole}"
    return Check(code, title, OK if part <= whole else failed, reason)


# --- form 1 ----------------------------------------------------------------------------------------------------------


def balance(account: Account) -> Check:
    """I1: D = A + B − C, and nobody came from nowhere or went nobody knows where."""
    a, b, c, d = account.opening, account.entered, account.left, account.closing
    words = f"A {a} + B {b} − C {c} = {a + b - c}; danh sách ngày cuối kỳ: {d}"
    title = "D = A + B − C; các dòng B, C bằng tổng các dòng con"
    if account.difference or account.causes:
        return Check("I1", title, ERROR, f"{words}; chênh lệch {account.difference}", account.causes)
    probationary = account.value("C3p")
    if probationary > account.value("C3"):
        return Check("I1", title, ERROR, f"dự bị bị xóa tên {probationary} nhiều hơn số xóa tên {account.value('C3')}")
    return Check("I1", title, OK, words)


def carried_over(
    opening: int, first_lists: int, previous: Mapping[str, Any] | None, late: Callable[[], Iterable[str]] = tuple
) -> Check:
    """I2: A is the D of the period before, as its issued form froze it; `late` names what was recorded since."""
    title = "A bằng D của kỳ trước"
    if previous is None:
        return Check("I2", title, NONE, "Chưa có biểu đã ban hành của kỳ liền trước để đối chiếu.")
    frozen = next(entry["values"][0] for entry in previous["lines"] if entry["code"] == "D")
    sides = {"A (trừ danh sách ban đầu)": opening - first_lists, "D kỳ trước": frozen}
    return equal("I2", title, sides, late() if opening - first_lists != frozen else ())


ROLLED = ("A", "B1", "B2a", "B3", "C1", "C2", "C3", "C4", "C5a", "D")


def rolled_up(account: Account, parts: Sequence[Account], pairs: Iterable[str]) -> Check:
    """I8: every row is the sum of the parts, but for moves between two of them, which cancel in both rows alike."""
    title = "Mỗi dòng bằng tổng các tổ chức trực thuộc, trừ chuyển sinh hoạt nội bộ"
    if not parts:
        return Check("I8", title, NONE, "Không có tổ chức trực thuộc.")
    off = [row for row in ROLLED if account.value(row) != sum(part.value(row) for part in parts)]
    moved_in = sum(part.value("B2b") for part in parts) - account.value("B2b")
    moved_out = sum(part.value("C5b") for part in parts) - account.value("C5b")
    pairs = tuple(pairs)
    if off or moved_in != moved_out:
        rows = ", ".join(off) or "B2b, C5b"
        return Check("I8", title, ERROR, f"Không khớp ở dòng {rows}", pairs)
    words = f"Khớp; {moved_in} lượt chuyển giữa các tổ chức trực thuộc không tính ở cấp trên" if moved_in else "Khớp"
    return Check("I8", title, OK, words, pairs)


def rolled_up_list(total: int, parts: Sequence[int]) -> Check:
    """I8 of a list: the total is that of the parts with those registered at the body itself."""
    title = "Tổng số bằng tổng các tổ chức trực thuộc và số trực tiếp tại đây"
    if not parts:
        return Check("I8", title, NONE, "Không có tổ chức trực thuộc.")
    return equal("I8", title, {"tổng số": total, "cộng các tổ chức": sum(parts)})


def percentages(rows: Iterable[tuple[str, Any, Any, Decimal | None]], previous: Mapping[str, Any] | None) -> Check:
    """I13: column 4 = 100 × 2 / 3; column 3 is what the form of a year before, where one was issued, said."""
    title = "Cột (4) = cột (2) × 100 / cột (3); cột (3) bằng cột (2) của biểu cùng kỳ năm trước"
    rows = list(rows)
    off = [label for label, now, before, share in rows if share != percent(now, before)]
    if off:
        return Check("I13", title, ERROR, f"Sai tỷ lệ ở dòng: {'; '.join(off)}")
    if previous is None:
        return Check("I13", title, OK, "Tỷ lệ đúng; chưa có biểu năm trước đã ban hành nên cột (3) là số đếm lại.")
    stated = {entry["label"]: entry["values"][0] for entry in previous["lines"]}
    behind = [
        f"{label}: đã ban hành {stated[label]}, đếm lại {before}"
        for label, _, before, _ in rows
        if label in stated and str(stated[label]) != str(before)
    ]
    if behind:
        return Check("I13", title, ERROR, "Số cùng kỳ đếm lại khác biểu đã ban hành.", tuple(behind))
    return Check("I13", title, OK, "Tỷ lệ đúng; cột (3) khớp biểu đã ban hành.")


# --- form 3 ----------------------------------------------------------------------------------------------------------


def mean_agrees(printed: Decimal | None, counted: Decimal | None, tolerance: Fraction | None) -> Check:
    """I14: the printed mean age is that of the birth dates."""
    title = "Tuổi bình quân tính lại từ ngày sinh"
    if printed is None or counted is None or tolerance is None:
        return Check("I14", title, NONE, "Chưa có ngày sinh để tính.")
    words = f"in ra {printed}, tính lại {counted:.2f}".replace(".", ",")
    return Check("I14", title, OK if abs(Fraction(printed) - Fraction(counted)) <= tolerance else WARN, words)
