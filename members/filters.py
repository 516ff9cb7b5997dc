"""What the member list may be asked: search, filters, a day; and the question said as a sentence."""

from collections import defaultdict

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from cells.models import Organisation
from cells.trees import tree_on
from config.lib.periods import Precision
from config.lib.vietnamese import fold, repair
from members.answers import mid_sentence
from members.catalogues import age_bands
from members.enums import Degree, Sex, Status, Theory, Topic
from members.forms.dates import DayField, read_date, refuse_future
from members.list_columns import SORTS
from members.models import Member
from members.scales import Scales

NOT_RATED, NO_RESULT = "not_rated", "no_result"
ANY = "tất cả"
NARROWING = ("q", "degree", "theory", "grade")
INDENT = "\u2003"


class _AsOfField(DayField):
    def clean(self, value):
        day = super().clean(value)
        refuse_future(day, timezone.localdate())
        return day


class _SearchField(forms.CharField):
    """What people type to find somebody; what cannot be stored cannot be found, and is dropped."""

    def to_python(self, value):
        return repair(str(value or ""))


class _AsOfFilter(django_filters.Filter):
    field_class = _AsOfField


class _SearchFilter(django_filters.Filter):
    field_class = _SearchField


class RollFilter(django_filters.FilterSet):
    """The members whom `user` may see with `permission`, today or on the day asked, narrowed by the query `data`."""

    q = _SearchFilter(label="Tên hoặc số giấy tờ", max_length=100, method="search")
    organisation = django_filters.ChoiceFilter(label="Tổ chức đảng", method="as_given", empty_label=ANY)
    status = django_filters.ChoiceFilter(
        label="Tình trạng", choices=Status.choices, method="of_status", empty_label="đang trong danh sách"
    )
    sex = django_filters.ChoiceFilter(label="Giới tính", choices=Sex.choices, empty_label=ANY)
    age = django_filters.ChoiceFilter(
        label="Tuổi",
        choices=[(code, band["name"]) for code, band in age_bands().items()],
        method="of_age",
        empty_label=ANY,
    )
    degree = django_filters.ChoiceFilter(
        label="Trình độ chuyên môn", choices=Degree.choices, method="answered", empty_label=ANY
    )
    theory = django_filters.ChoiceFilter(
        label="Lý luận chính trị", choices=Theory.choices, method="answered", empty_label=ANY
    )
    grade = django_filters.ChoiceFilter(method="of_grade", empty_label=ANY)
    on = _AsOfFilter(label="Tính đến ngày", method="as_given")

    class Meta:
        model = Member
        fields = ["sex"]

    def __init__(self, data, *, user, permission):
        self.today = timezone.localdate()
        self.day = _day_asked(data.get("on", ""), self.today)
        self.visible = Organisation.objects.visible_to(user, permission)
        self.scope = Member.objects.visible_to(user, permission)
        self.roots = user.paths_in_scope(permission)
        self.tree = tree_on(self.day) if self.day != self.today else None
        self.chosen = _organisation_asked(self.visible, data.get("organisation", ""))
        super().__init__(data, queryset=self._people(data.get("status", "")))
        self._offer_choices()

    @property
    def is_outside(self):
        """Whether an organisation was asked for that the person does not see."""
        return bool(self.data.get("organisation")) and self.chosen is None

    @property
    def is_narrow(self):
        """Whether conditions were set that are dear to ask of everybody and leave few."""
        return any(self.data.get(name) for name in NARROWING)

    @property
    def top(self):
        """The organisation that the list is about: the one asked for, else the highest in scope."""
        return self.chosen or self.visible.order_by("path").first()

    @property
    def grade_year(self):
        return self.day.year - 1

    @cached_property
    def scales(self):
        return Scales()

    def ids(self):
        """Ids of the people found, in the order asked for."""
        key = self.data.get("sort", "")
        column = F(SORTS.get(key.removeprefix("-"), "sort_key"))
        first = column.desc(nulls_last=True) if key.startswith("-") else column.asc(nulls_last=True)
        return self.qs.order_by(first, "sort_key", "id").values_list("pk", flat=True)

    # --- who is asked about

    def _people(self, status):
        if status == Status.ENDED:
            return self._of_chosen(self.scope.left_by(self.day))
        if self.tree is None:  # a status that is asked for says itself who is on the roll
            return self._of_chosen(self.scope if status in Status else self.scope.on_roll(self.day))
        ids = self._ids_then()
        return Member.objects.standing().in_organisations(None if len(ids) == len(self.tree.nodes) else ids, self.day)

    def _of_chosen(self, rows):
        return rows.below(self.chosen) if self.chosen else rows

    def _ids_then(self):
        """Organisations of that day's tree below the one asked for, or below those of the person's roles."""
        tops = [self.chosen.pk] if self.chosen else [int(path.strip("/").split("/")[-1]) for path in self.roots]
        return {node.id for top in tops if top in self.tree.nodes for node in self.tree.below(top)}

    def _reachable(self, queryset):
        """What is not shown of people who have left the scope cannot be asked about them either."""
        return queryset.filter(pk__in=self.scope.values("pk")) if self.tree else queryset

    # --- filters

    def as_given(self, queryset, name, value):
        return queryset

    def search(self, queryset, name, value):
        if any(character.isdigit() for character in fold(value)):
            queryset = self._reachable(queryset)
        return queryset.matching(value)

    def of_status(self, queryset, name, value):
        return queryset if value == Status.ENDED else queryset.in_status(value, self.day)

    def of_age(self, queryset, name, value):
        band = age_bands()[value]
        return queryset.aged(self.day, band.get("least"), band.get("most"))

    def answered(self, queryset, name, value):
        return self._reachable(queryset).with_particular(Topic(name), value, self.day)

    def of_grade(self, queryset, name, value):
        level = {NO_RESULT: None, NOT_RATED: ""}.get(value, value)
        return self._reachable(queryset).graded(self.grade_year, level)

    # --- what is offered

    def _offer_choices(self):
        grade, organisation = self.form.fields["grade"], self.form.fields["organisation"]
        grade.label = f"Xếp loại năm {self.grade_year}"
        grade.choices = self._grades()
        organisation.choices = self._organisations()
        if len(organisation.choices) <= 2:
            organisation.widget = forms.HiddenInput()

    def _grades(self):
        scale = self.scales.of_year(self.grade_year)
        levels = [(level.code, level.name) for level in scale.levels] if scale else []
        return [*levels, (NOT_RATED, "Không xếp loại"), (NO_RESULT, "Chưa có kết quả")]

    def _organisations(self):
        """The way down to the chosen organisation and what stands below it, indented."""
        chain = self.chosen.ancestor_ids() if self.chosen else []
        opened = Q(parent_id__in=chain) | (Q(parent__path=self.roots[0]) if len(self.roots) == 1 else Q(pk__in=[]))
        nodes = self.visible.filter(Q(path__in=self.roots) | Q(pk__in=chain) | opened).order_by("position", "id")
        children = defaultdict(list)
        found = {node.pk: node for node in nodes if node.is_open or node.pk in chain}
        for node in found.values():
            children[node.parent_id if node.parent_id in found else None].append(node)
        return list(_indented(children, None, ""))

    # --- the question in words

    @cached_property
    def parts(self):
        """The question as (plain, strong) pairs that read as one sentence."""
        asked = self.form.cleaned_data if self.form.is_valid() else getattr(self.form, "cleaned_data", {})
        parts = [_who(asked.get("status"))]
        if self.chosen:
            parts.append((" của ", str(self.chosen)))
        for name in ("sex", "age", "degree", "theory", "grade"):
            if asked.get(name):
                label = self.form.fields[name].label
                plain = ", " if name in ("sex", "age") else f", {mid_sentence(label)}: "
                parts.append((plain, dict(self.form.fields[name].choices)[asked[name]].lower()))
        if asked.get("q"):
            parts.append((", tên hoặc số khớp ", f"“{asked['q']}”"))
        if self.tree:
            parts.append((", tính đến ngày ", f"{self.day:%d/%m/%Y}"))
        return parts

    @property
    def words(self):
        """The question as plain text."""
        return "".join(f"{plain}{strong}" for plain, strong in self.parts)


def _who(status):
    if status == Status.ENDED:
        return ("Người ", "không còn trong danh sách đảng viên")
    return ("Đảng viên ", Status(status).label.lower() if status else "đang trong danh sách")


def _day_asked(text, today):
    """The day of the list; a day that cannot be read, or is to come, is today."""
    try:
        day = read_date(text, Precision.DAY).day
    except ValidationError:
        return today
    return min(day, today)


def _organisation_asked(visible, text):
    """The organisation asked for, None when there is none of that number in sight."""
    return visible.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 18 else None


def _indented(children, parent_id, indent):
    for node in children[parent_id]:
        yield (str(node.pk), f"{indent}{node.name}")
        yield from _indented(children, node.pk, indent + INDENT)
