"""Times documents in one process. Each line printed: nanoseconds and bytes of one PDF."""

import gc
import json
import sys
import time
from pathlib import Path


def main(name, makers):
    """`makers` has a function from content to bytes for `z` and one for `book`; arguments: z|book FOLDER WARM-UP COUNT."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    warm_up, count = map(int, sys.argv[3:])
    pdf = b""
    for number in range(warm_up + count):
        content = json.loads((folder / f"{what}-{number}.json").read_text("utf-8"))
        gc.collect()
        start = time.perf_counter_ns()
        pdf = makers[what](content)
        took = time.perf_counter_ns() - start
        if number >= warm_up:
            print(took, len(pdf))
    (folder / f"{name}-{what}.pdf").write_bytes(pdf)
