"""Calls across the border of two chunks of frames must not ask the system for memory each time."""

import resource

import pytest

from config.lib.frames import in_one_chunk

CALLS = 300
DEPTHS = 250


def faults_at(depth):
    """Page faults of many short calls that are made `depth` frames further down."""
    if depth:
        return faults_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        leaf()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def leaf():
    return None


def test_no_depth_asks_for_memory_at_each_call():
    measured = in_one_chunk(faults_at)
    assert max(measured(depth) for depth in range(DEPTHS)) < CALLS


def test_arguments_answers_and_errors_go_through():
    @in_one_chunk
    def divide(dividend, *, by):
        """Words."""
        return dividend / by

    assert divide(6, by=3) == 2
    assert divide.__doc__ == "Words."
    with pytest.raises(ZeroDivisionError) as refused:
        divide(1, by=0)
    assert [entry.name for entry in refused.traceback][1:] == ["roomy", "divide"]
