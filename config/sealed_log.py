"""What the log of the server says of sealed pages: that something was wrong there, never which case or step."""

import logging

SEALED = "/discipline/"


class SealedPaths(logging.Filter):
    """Cuts addresses of sealed pages down to where they begin; a line of the log tells of no case."""

    def filter(self, record):
        if isinstance(record.args, tuple):
            record.args = tuple(_cut(each) for each in record.args)
        return True


def _cut(value):
    return SEALED if isinstance(value, str) and value.startswith(SEALED) else value
