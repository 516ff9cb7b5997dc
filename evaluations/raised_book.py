"""Points raised for a cell as a sheet of the offline workbook: their answers travel both ways like the other fields."""

from config.lib.sheet_writing import Column, Table
from evaluations.written_forms import AnswerRaisedPointForm

RAISED = "raised"
NAME = "raised_answer"
WHOM, BODY, TEXT, ANSWER = "Gợi ý cho", "Cấp gợi ý", "Nội dung gợi ý", "Giải trình"
COLLECTIVE = "Tập thể chi bộ"
TITLE = "Gợi ý kiểm điểm"


def key_of_point(point):
    """The name of a raised point in controls."""
    return f"p{point.pk.hex}"


class RaisedBook:
    """The standing points that a cell is to answer, by key."""

    def __init__(self, points):
        self.points = {key_of_point(point): point for point in points}

    def table(self, hidden):
        """The sheet with what was asked, and room for the answers; `hidden` are the columns of code and origin."""
        columns = [
            Column("STT", 6), Column(WHOM, 28), Column(BODY, 28), Column(TEXT, 50),
            Column(ANSWER, 60, is_open=True), *hidden,
        ]  # fmt: skip
        rows = [self._line(number, key) for number, key in enumerate(self.points, start=1)]
        return Table(TITLE, columns, rows, is_protected=True)

    def _line(self, number, key):
        point = self.points[key]
        body = f"{point.body}, ngày {point.raised_on:%d/%m/%Y}"
        return [number, self.who(key), body, point.text, point.answer, f"{RAISED}:{key}", point.answer]

    def who(self, key):
        point = self.points[key]
        return str(point.member) if point.member_id else COLLECTIVE

    def posted(self, data):
        """(point, answer, what the page had shown) of every answer that was chosen from a workbook."""
        for key, point in self.points.items():
            mine, shown = data.get(f"{key}-{NAME}"), data.get(f"was-{key}-{NAME}", "")
            if mine is not None and mine != shown:
                yield point, mine, shown


def answer_problem(text):
    """What is wrong with an answer, in the words of its own page; None when nothing is."""
    form = AnswerRaisedPointForm({"answer": text})
    return None if form.is_valid() else " ".join(form.errors.get("answer", []))
