"""The same documents by typst 0.15, with one compiler for all of them, which keeps its fonts and its templates."""

import json
import sys
from pathlib import Path

import clock
import typst

HERE = Path(__file__).parent


def maker(template):
    compiler = typst.Compiler(HERE / template, root=HERE, font_paths=[sys.argv[2]], ignore_system_fonts=True)

    def make(content):
        inputs = {"content": json.dumps(content, ensure_ascii=False)}
        # Tags are left out, as we leave them out.
        return compiler.compile(format="pdf", sys_inputs=inputs, pdf_tags=False)

    return make


clock.main("typst", {"z": maker("z.typ"), "book": maker("book.typ")})
