"""The same documents by reportlab 5.1 with rl_accel 0.9 and its layout, platypus: lines and tables that it wraps and breaks."""

import sys
from io import BytesIO

import clock
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import HRFlowable, LongTable, Paragraph, SimpleDocTemplate, Table

NORMAL, BOLD = "DejaVuSans", "DejaVuSans-Bold"
NO_PADDING = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
# Widths are given, for it takes minutes to find them in a book.
WIDTHS = [width * mm for width in (12, 47, 50, 23, 23, 23)]


def built(content, size, margins, story):
    data = BytesIO()
    x, y = margins
    document = SimpleDocTemplate(
        data, pagesize=size, leftMargin=x, rightMargin=x, topMargin=y, bottomMargin=y, title=content["title"]
    )
    document.build(story, onFirstPage=numbered, onLaterPages=numbered)
    return data.getvalue()


def numbered(canvas, document):
    if document.pagesize == A4:
        canvas.setFont(NORMAL, 2.75 * mm)
        canvas.drawRightString(194 * mm, 10 * mm, str(document.page))


def z(content):
    # Its frames have a padding of 6 points, and its lines are a little higher than ours.
    size = 80 * mm, content["height"] / 1000 * mm * 1.1
    return built(content, size, (4 * mm - 6, 4 * mm - 6), [line(of) for of in content["lines"]])


def line(of):
    if "rule" in of:
        rule = of["rule"] / 1000 * mm
        return HRFlowable(width="100%", thickness=rule, color=black, spaceBefore=mm, spaceAfter=mm)
    size, font = of["size"] / 1000 * mm, BOLD if of["bold"] else NORMAL
    first, middle, last = of["texts"]
    if not first and not last:
        return Paragraph(middle, ParagraphStyle("middle", fontName=font, fontSize=size, leading=size * 1.3, alignment=1))
    style = [("FONT", (0, 0), (-1, -1), font, size, size * 1.3), ("ALIGN", (1, 0), (1, 0), "CENTER"), ("ALIGN", (2, 0), (2, 0), "RIGHT")]
    # An open width does not stretch beside others that are open.
    left, right = (pdfmetrics.stringWidth(text, font, size) for text in (first, last))
    return Table([of["texts"]], colWidths=[left, 72 * mm - left - right, right], style=style + NO_PADDING)


def book(content):
    size = 2.75 * mm
    title = ParagraphStyle("title", fontName=BOLD, fontSize=3.5 * mm, alignment=1)
    style = [
        ("FONT", (0, 0), (-1, -1), NORMAL, size, size * 1.2),
        ("FONT", (0, 0), (-1, 0), BOLD, size, size * 1.2),
        ("ALIGN", (3, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.1 * mm, black),
        ("TOPPADDING", (0, 0), (-1, -1), mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), mm),
    ]
    rows = LongTable([content["heads"], *content["rows"]], colWidths=WIDTHS, repeatRows=1, style=style)
    return built(content, A4, (16 * mm - 6, 18 * mm - 6), [Paragraph(content["title"], title), rows])


for name in (NORMAL, BOLD):
    pdfmetrics.registerFont(TTFont(name, f"{sys.argv[2]}/{name}.ttf"))
clock.main("reportlab", {"z": z, "book": book})
