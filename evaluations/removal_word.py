"""The papers of a matter of leaving as Word, for people to complete: the same blocks as the PDF."""

from datetime import datetime
from io import BytesIO

from config.lib.word import settled

FONT, BODY, LINE = "Times New Roman", 14, 18
LEFT_MM, RIGHT_MM = 75, 90
WRITE_HERE = "…" * 40


def paper_docx(paper, facts, on):
    """One paper as a Word file."""
    writer = _Writer(on)
    for at, text in enumerate(paper.write(facts, on)):
        writer.paper(text, is_first=at == 0)
    return writer.content()


class _Writer:
    """One document with the page of party documents: A4, margins 20/15/20/30 mm, lines of exactly 18 points."""

    def __init__(self, on):
        from docx import Document  # noqa: PLC0415 -- loads much that only few requests need
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 -- likewise
        from docx.shared import Mm, Pt  # noqa: PLC0415 -- likewise

        self.on, self.mm, self.pt = on, Mm, Pt
        self.centre, self.justify = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY)
        style.paragraph_format.line_spacing, style.paragraph_format.space_after = Pt(LINE), Pt(0)
        told = self.document.core_properties
        told.author = told.last_modified_by = ""
        told.created = told.modified = datetime(on.year, on.month, on.day)  # noqa: DTZ001 -- a day

    def paper(self, text, *, is_first):
        """One paper, from its second on a page of its own."""
        if not is_first:
            self.document.add_page_break()
        if text.warning:
            self.line(text.warning, bold=True)
        if frame := text.frame:
            left = [(frame.superior_line, False), (frame.issuing_line, True), ("*", False), (frame.number_line, False)]
            self._columns(left, [("ĐẢNG CỘNG SẢN VIỆT NAM", True), (frame.date_line, False)])
        else:
            self.line("ĐẢNG CỘNG SẢN VIỆT NAM", centred=True, bold=True)
        self.line(text.title, centred=True, bold=True, before=12)
        if frame:
            self.line(frame.abstract, centred=True, bold=True)
        self.line("-----", centred=True)
        for block in text.blocks:
            self._block(block)
        self._foot(text)

    def _block(self, block):
        words = WRITE_HERE if block.kind == "dots" else f"{block.head} {block.text}".strip()
        words = f"- {words}" if block.kind == "item" else words
        centred = block.kind == "centred"
        self.line(words, centred=centred, bold=block.kind in ("section", "centred"), before=6)

    def _foot(self, text):
        gap, frame = [("", False)] * 4, text.frame
        if frame is None:
            self._columns([], [(text.dated, False), ("NGƯỜI VIẾT", True), *gap, (text.signer, True)])
            return
        right = [(frame.authority_line, True), (frame.position, False), *gap, (frame.signer, True)]
        if frame.is_minutes:
            self._columns([("", False), (frame.left_position, False), *gap, (frame.left_signer, True)], right)
            return
        self._columns([("Nơi nhận:", False), *((line, False) for line in frame.recipient_lines)], right)

    def _columns(self, left, right):
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        for at, lines, width in ((0, left, LEFT_MM), (1, right, RIGHT_MM)):
            cell = table.rows[0].cells[at]
            cell.width = self.mm(width)
            for number, (words, bold) in enumerate(lines or [("", False)]):
                place = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                place.alignment = self.centre
                place.add_run(words).bold = bold

    def line(self, words, *, centred=False, bold=False, before=0):
        place = self.document.add_paragraph()
        place.alignment = self.centre if centred else self.justify
        place.paragraph_format.space_before = self.pt(before)
        if not centred:
            place.paragraph_format.first_line_indent = self.mm(10)
        place.add_run(words).bold = bold

    def content(self):
        output = BytesIO()
        self.document.save(output)
        return settled(output.getvalue(), self.on)
