"""Room for the interpreter's frames, so that deep calls do not go to the system for memory again and again.

CPython keeps the frames of a thread in chunks of 16 kB and gives a chunk back as soon as its first frame ends. A loop
that calls across the border of two chunks maps and unmaps one at each turn: seen on a page as 1,700 page faults and a
third of its time (ADR 12). Where the borders lie depends on how deep the caller stands, so that the same page is quick
in one process and slow in another.
"""

from functools import wraps

# Half a chunk of 512 kB and a little: the frame asks for such a chunk, and what it calls has the other half, which is
# eight times what the deepest page needs. Pages of memory that nobody writes to cost nothing.
SLOTS = 33_000


def in_one_chunk(call):
    """Turn `call` into one whose whole depth has its frames in one chunk of memory; fits as a middleware as well."""

    @wraps(call)
    def roomy(*args, **kwargs):
        return call(*args, **kwargs)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
    return roomy
