"""The process that reads one scan: bytes in, one line of JSON and the rewritten bytes, if any, out."""

import json
import resource
import sys

from pikepdf.settings import set_qpdf_limits

from config.lib.scans import MEMORY, SECONDS, UNPACKED, ScanRefused, examine


def main() -> None:
    """Read a file from the input under limits of memory and processor time; nothing is written to the disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    set_qpdf_limits(
        flate_max_memory=UNPACKED,
        run_length_max_memory=UNPACKED,
        png_max_memory=UNPACKED,
        tiff_max_memory=UNPACKED,
        dct_max_memory=UNPACKED,
    )
    content = sys.stdin.buffer.read()
    try:
        found = examine(content)
    except ScanRefused as refused:
        _say({"refused": str(refused)})
        return
    _say({"media_type": found.media_type, "pages": found.pages, "removed": found.removed})
    if found.removed:
        sys.stdout.buffer.write(found.content)


def _say(words: dict) -> None:
    sys.stdout.buffer.write(json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    main()
