"""Writes the same documents as pages for Chromium 156, and a blank one. Argument: FOLDER."""

import json
import sys
from html import escape
from pathlib import Path

FACES = """
@font-face { font-family: Paper; src: url(DejaVuSans.ttf); }
@font-face { font-family: Paper; src: url(DejaVuSans-Bold.ttf); font-weight: bold; }
body { margin: 0; font-family: Paper; }
"""
TAPE = """
@page { size: 80mm %smm; margin: 4mm; }
p { margin: 0; display: grid; grid-template-columns: auto 1fr auto; line-height: 1.3; }
p.middle { display: block; text-align: center; }
p :nth-child(2) { text-align: center; }
hr { margin: 1.2mm 0; border: none; background: #000; print-color-adjust: exact; }
b { font-weight: bold; }
"""
SHEET = """
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page); font: 2.75mm Paper; } }
h1 { font-size: 3.5mm; text-align: center; }
table { width: 100%; border-collapse: collapse; font-size: 2.75mm; }
th, td { padding: 1mm; text-align: left; border-bottom: 0.1mm solid #000; break-inside: avoid; }
th:nth-child(n+4), td:nth-child(n+4) { text-align: right; }
"""


def page(title, style, body):
    return f'<!doctype html><html lang="ru"><meta charset="utf-8"><title>{escape(title)}</title><style>{style}</style>{body}'


def line(of):
    if "rule" in of:
        return f'<hr style="height:{of["rule"] / 1000}mm">'
    style = f'font-size:{of["size"] / 1000}mm;font-weight:{"bold" if of["bold"] else "normal"}'
    first, middle, last = map(escape, of["texts"])
    if not first and not last:
        return f'<p class="middle" style="{style}">{middle}</p>'
    return f'<p style="{style}"><span>{first}</span><span>{middle}</span><span>{last}</span></p>'


def z(content):
    style = FACES + TAPE % (content["height"] / 1000)
    return page(content["title"], style, "".join(map(line, content["lines"])))


def book(content):
    def row(cells, tag):
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    heads, rows = row(content["heads"], "th"), "".join(row(cells, "td") for cells in content["rows"])
    title = escape(content["title"])
    body = f"<h1>{title}</h1><table><thead>{heads}</thead><tbody>{rows}</tbody></table>"
    return page(content["title"], FACES + SHEET, body)


folder = Path(sys.argv[1])
(folder / "blank.html").write_text(page("blank", FACES, ""), "utf-8")
for name, maker in (("z", z), ("book", book)):
    for file in folder.glob(f"{name}-*.json"):
        html = maker(json.loads(file.read_text("utf-8")))
        file.with_suffix(".html").write_text(html, "utf-8")
