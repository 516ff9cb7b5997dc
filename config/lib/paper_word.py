"""Papers as .docx, for those that people complete: the same blocks as the PDF, in the measures of party documents."""

from datetime import datetime
from io import BytesIO

from config.lib.word import settled

FONT, BODY, LINE = "Times New Roman", 14, 18
LEFT_MM, RIGHT_MM = 75, 90
WRITE_HERE = "…" * 40


def papers_docx(papers, on):
    """Several papers as one Word file, each from a page of its own; `on` is the day of printing."""
    writer = _Writer(on)
    for at, paper in enumerate(papers):
        writer.paper(paper, is_first=at == 0)
    return writer.content()


class _Writer:
    """One document with the page of party documents: A4, margins 20/15/20/30 mm, lines of exactly 18 points."""

    def __init__(self, on):
        from docx import Document  # noqa: PLC0415 -- loads much that only few requests need
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 -- likewise
        from docx.shared import Mm, Pt  # noqa: PLC0415 -- likewise

        self.on, self.mm, self.pt = on, Mm, Pt
        self.align = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
                      "justify": WD_ALIGN_PARAGRAPH.JUSTIFY, "left": WD_ALIGN_PARAGRAPH.LEFT}  # fmt: skip
        self.document = Document()
        self._page()

    def _page(self):
        section = self.document.sections[0]
        section.page_width, section.page_height = self.mm(210), self.mm(297)
        section.top_margin = section.bottom_margin = self.mm(20)
        section.left_margin, section.right_margin = self.mm(30), self.mm(15)
        section.header_distance = self.mm(10)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, self.pt(BODY)
        style.paragraph_format.line_spacing = self.pt(LINE)
        style.paragraph_format.space_after = self.pt(0)
        told = self.document.core_properties
        told.author = told.last_modified_by = ""
        told.created = told.modified = datetime(self.on.year, self.on.month, self.on.day)  # noqa: DTZ001 -- a day

    def paper(self, paper, *, is_first):
        """One paper, from its second on a page of its own."""
        if not is_first:
            self.document.add_page_break()
        if paper.code:
            self.line(paper.code, "right", italic=True, size=12)
        if paper.warning:
            self.line(paper.warning, "left", bold=True, size=12)
        self._head(paper)
        if paper.addressees:
            self.line(f"{paper.salutation}: {'; '.join(paper.addressees)}", "centre")
        for block in paper.blocks:
            self._block(block, paper)
        if paper.authority:
            self._foot(paper)

    def _head(self, paper):
        if paper.head:
            left = [(paper.head.superior_line, False), (paper.head.issuing_line, True), ("*", False)]
            left += [(line, False) for line in (paper.number, paper.letter_abstract) if line]
            self._columns(left, [(paper.title_right, True), (paper.dated, False)])
        else:
            self.line(paper.title_right, "centre", bold=True, size=15)
        if paper.name:
            self.line(paper.name, "centre", bold=True, size=15, before=12)
            if paper.abstract:
                self.line(paper.abstract, "centre", bold=True)
            self.line("-----", "centre")

    def _block(self, block, paper):
        if block.kind == "rows":
            for head, text in block.rows:
                self.line("- " + ": ".join(part for part in (head, text) if part), "justify", indent=True)
        elif block.kind == "dots":
            for _ in block.rows:
                self.line(WRITE_HERE, "left")
        elif block.kind == "sign":
            self._columns([], [(paper.dated, False), (block.text, True), *[("", False)] * 4])
        else:
            bold = block.kind in ("part", "section")
            words = f"{block.head} {block.text}".strip() if block.head else block.text
            words = f"- {words}" if block.kind == "basis" else words
            centred = block.kind == "part"
            self.line(words, "centre" if centred else "justify", bold=bold, indent=not centred, before=6)

    def _foot(self, paper):
        left = [("Nơi nhận:", False), *((line, False) for line in paper.recipients)] if paper.recipients else []
        right = [] if paper.head else [(paper.dated, False)]
        right += [(paper.authority, True), (paper.position, False), *[("", False)] * 4, (paper.signer, True)]
        if paper.left_authority:  # minutes: their taker signs on the left
            signed = [(paper.left_authority, True), ("", False), *[("", False)] * 4, (paper.left_signer, True)]
            self._columns(signed, right)
            return
        self._columns(left, right, left_align="left")

    def _columns(self, left, right, left_align="centre"):
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        sides = ((0, left, left_align, LEFT_MM), (1, right, "centre", RIGHT_MM))
        for at, lines, align, width in sides:
            cell = table.rows[0].cells[at]
            cell.width = self.mm(width)
            place = cell.paragraphs[0]
            for number, (text, bold) in enumerate(lines or [("", False)]):
                place = place if number == 0 else cell.add_paragraph()
                self._write(place, text, align, bold=bold)

    def line(self, text, align, *, bold=False, italic=False, size=BODY, **space):
        """A paragraph; `indent` for the first line of text, `before` points above it."""
        place = self.document.add_paragraph()
        if space.get("indent"):
            place.paragraph_format.first_line_indent = self.mm(10)
        place.paragraph_format.space_before = self.pt(space.get("before", 0))
        run = self._write(place, text, align, bold=bold)
        run.italic, run.font.size = italic, self.pt(size)

    def _write(self, place, text, align, *, bold):
        place.alignment = self.align[align]
        run = place.add_run(text)
        run.bold = bold
        return run

    def content(self):
        output = BytesIO()
        self.document.save(output)
        return settled(output.getvalue(), self.on)
