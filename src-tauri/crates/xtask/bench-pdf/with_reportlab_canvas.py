"""The same documents by reportlab 5.1 with rl_accel 0.9, drawn on its bare canvas: every place is given, nothing is
wrapped, measured or broken into pages by the library."""

import sys
from io import BytesIO

import clock
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

NORMAL, BOLD = "DejaVuSans", "DejaVuSans-Bold"
# Right edges of numbers, left edges of texts.
COLUMNS = [("left", 16), ("left", 28), ("left", 75), ("right", 150), ("right", 171), ("right", 194)]
ROW, SIZE = 4.9 * mm, 2.75 * mm


def z(content):
    data, width = BytesIO(), 80 * mm
    height = content["height"] / 1000 * mm
    canvas = Canvas(data, (width, height))
    canvas.setTitle(content["title"])
    left, right, y = 4 * mm, width - 4 * mm, height - 4 * mm
    for line in content["lines"]:
        if "rule" in line:
            y -= 3 * mm
            canvas.rect(left, y, right - left, line["rule"] / 1000 * mm, stroke=0, fill=1)
            continue
        size = line["size"] / 1000 * mm
        canvas.setFont(BOLD if line["bold"] else NORMAL, size)
        y -= size * 1.3
        first, middle, last = line["texts"]
        if first:
            canvas.drawString(left, y, first)
        if middle:
            canvas.drawCentredString(width / 2, y, middle)
        if last:
            canvas.drawRightString(right, y, last)
    canvas.save()
    return data.getvalue()


def book(content):
    data = BytesIO()
    canvas = Canvas(data, A4)
    canvas.setTitle(content["title"])
    width, height = A4
    y = 0
    for row in content["rows"]:
        if y < 20 * mm:
            if y:
                canvas.showPage()
            canvas.setFont(BOLD, SIZE)
            canvas.drawString(16 * mm, 12 * mm, content["title"])
            canvas.drawRightString(width - 16 * mm, 12 * mm, str(canvas.getPageNumber()))
            y = height - 20 * mm
            cells(canvas, content["heads"], y)
            canvas.setFont(NORMAL, SIZE)
            y -= ROW
        cells(canvas, row, y)
        canvas.line(16 * mm, y - 1.4 * mm, width - 16 * mm, y - 1.4 * mm)
        y -= ROW
    canvas.save()
    return data.getvalue()


def cells(canvas, row, y):
    for (side, x), text in zip(COLUMNS, row):
        if side == "left":
            canvas.drawString(x * mm, y, text)
        else:
            canvas.drawRightString(x * mm, y, text)


for name in (NORMAL, BOLD):
    pdfmetrics.registerFont(TTFont(name, f"{sys.argv[2]}/{name}.ttf"))
clock.main("reportlab_canvas", {"z": z, "book": book})
