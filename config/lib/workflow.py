"""Workflows as data: which step leads from which states to which, and what it takes to do it."""

from dataclasses import dataclass


class NotAllowed(Exception):
    """The step is not open in the state the object is in; the message says so in Vietnamese."""


@dataclass(frozen=True)
class Step:
    """One verb: the states it may start from, the state it leads to, the permission it needs.

    `other_targets` are the states to which it may lead as well: a vote that does not carry, a refusal.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    permission: str
    label: str
    other_targets: tuple[str, ...] = ()


class Workflow:
    """The steps of one kind of object, held in its `field`."""

    def __init__(self, *steps, field="state"):
        self.steps = {step.name: step for step in steps}
        self.field = field

    def step(self, name):
        return self.steps[name]

    def move(self, obj, name, to=None):
        """Set the target state on a locked `obj`, or the one of its targets named `to`.

        `NotAllowed` when the step is not open in its state; ValueError for a target that is not the step's.
        """
        self.refuse_closed(obj, name)
        step = self.steps[name]
        if to is not None and to not in (step.target, *step.other_targets):
            raise ValueError(f"{name} does not lead to {to}")
        setattr(obj, self.field, to or step.target)

    def refuse_closed(self, obj, name):
        """`NotAllowed` when the step is not open in the state of `obj`."""
        step = self.steps[name]
        if getattr(obj, self.field) not in step.sources:
            state = getattr(obj, f"get_{self.field}_display")()
            raise NotAllowed(f"Không thể “{step.label.lower()}” khi đang ở trạng thái “{state}”. Hãy tải lại trang.")

    def open_to(self, user, obj):
        """The steps that the state of `obj` and the rights of `user` leave open."""
        state = getattr(obj, self.field)
        return [s for s in self.steps.values() if state in s.sources and user.may(s.permission, obj)]
