"""Kinds of columns of a members' list: each knows how a cell is read and which attributes its value fills."""

from django.utils import timezone
from import_export.fields import Field
from import_export.widgets import Widget

from members.answers import answer_words
from members.catalogues import printed
from members.enums import PostTitle, Sex
from members.forms.dates import PartialDate
from members.importing.dates import read_date
from members.importing.problems import problem_kinds
from members.importing.reading import Habits
from members.models import Member
from members.models.member import mask
from members.rules.numbers import card_column

LONGEST_CELL = 300


class ReadingWidget(Widget):
    """Tidies a cell by one of the readers; what cannot be read is an error that says what to do."""

    def __init__(self, read):
        super().__init__()
        self.read = read

    def clean(self, value, row=None, *, habits=None, **kwargs):
        if value is None:
            return None
        reading = self.read(value, habits or Habits(timezone.localdate().year))
        if reading.problem:
            kind = problem_kinds()[reading.problem]
            raise ValueError(f"{kind.message}. {kind.remedy}")
        return reading.value

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class Column(Field):
    """A column whose tidied value is one attribute of the member."""

    topic = ""

    def __init__(self, heading, read, attribute=None, *, masked=False):
        super().__init__(attribute=attribute, column_name=heading, widget=ReadingWidget(read))
        self.read, self.masked = read, masked

    @property
    def max_length(self):
        """Characters that the attribute holds."""
        field = Member._meta.get_field(self.attribute) if self.attribute else None
        return getattr(field, "max_length", None) or LONGEST_CELL

    def stored(self, value):
        """Attributes of the member that the value says."""
        return {self.attribute: value}

    def clean(self, row, **kwargs):
        return self.widget.clean(row.get(self.column_name), row=row, **kwargs)

    def save(self, instance, row, is_m2m=False, **kwargs):
        if self.attribute and (value := self.clean(row, **kwargs)) is not None:
            for attribute, stored in self.stored(value).items():
                setattr(instance, attribute, stored)

    def export(self, instance, *, reveal=False, **kwargs):
        value = self.shown(instance)
        return mask(value) if self.masked and not reveal else value

    def shown(self, instance):
        """The value as people read it."""
        value = getattr(instance, self.attribute)
        if self.attribute == "ethnic":
            return printed("ethnic", value)
        return Sex(value).label if self.attribute == "sex" else str(value or "")


class NameColumn(Column):
    """A name with the other name in brackets."""

    def stored(self, value):
        return {"full_name": value.name, "alias": value.alias} if value.alias else {"full_name": value.name}


class DateColumn(Column):
    """A partial date: the first day and how much is known; `precise` for days that must be whole."""

    def __init__(self, heading, name, *, precise=False):
        super().__init__(heading, read_date, f"{name}_on")
        self.precision = "" if precise else f"{name}_precision"

    def stored(self, value):
        precision = {self.precision: value.precision} if self.precision else {}
        return {self.attribute: value.day, **precision}

    def shown(self, instance):
        day = getattr(instance, self.attribute)
        if day is None:
            return ""
        return str(PartialDate(day, getattr(instance, self.precision) if self.precision else "day"))


class CardColumn(Column):
    """A card number: its digits tell the present form from the former one, whatever the heading says."""

    def stored(self, value):
        return {card_column(value): value}


class AnswerColumn(Column):
    """A column that is a dated answer of the member, not an attribute."""

    def __init__(self, heading, read, topic):
        super().__init__(heading, read)
        self.topic = topic

    def stored(self, value):
        return {}

    def shown(self, instance):
        found = [fact for fact in _standing(instance, "particulars") if fact.topic == self.topic]
        return answer_words(self.topic, found[0].value, found[0].text) if found else ""


class PostColumn(Column):
    """The post in the cell."""

    def stored(self, value):
        return {}

    def shown(self, instance):
        return ", ".join(PostTitle(post.title).label for post in _standing(instance, "posts"))


class CellColumn(Column):
    """The cell, written with its base organisation."""

    def clean(self, row, *, places=None, **kwargs):
        text = super().clean(row, **kwargs)
        found = places.find(text or "") if places else None
        if found is None:
            kind = problem_kinds()["unknown_cell"]
            raise ValueError(f"{kind.message}. {kind.remedy}")
        return found

    def stored(self, value):
        return {"home_id": value}

    def shown(self, instance):
        if instance.home_id is None:
            return ""
        home = instance.home
        return home.name if home.is_base or home.parent is None else f"{home.name} - {home.parent.name}"


class PlainColumn(Column):
    """A column that is read but stored by no attribute of its own (parts of places, states, sections)."""

    def stored(self, value):
        return {}


def _standing(instance, name):
    """The open facts that an export has prefetched; the comparison of an import asks for none."""
    facts = getattr(instance, "_prefetched_objects_cache", {}).get(name, ())
    return [fact for fact in facts if fact.voided_at is None and fact.ended_on is None]
