"""The pages of rule sets and of what committees choose."""

import pytest
from django.urls import reverse

from cells.actions.rules import Choice, Ending, add_override, end_override
from cells.models import LogEntry, RuleOverride, RuleSet
from cells.rulewords import certainty, key_label, topic_label, value_text, words
from config.lib.rulesets import RuleSetError, restore
from config.lib.workflow import NotAllowed
from tests.queries import MOST, queries_of


@pytest.fixture
def cap(db):
    return RuleSet.objects.for_season("cap", 2026)


def choose(rule_set, organisation, today, by, key="cap_rounding", value="half_up"):
    return add_override(rule_set, Choice(organisation, key, value, "nghị quyết", "12-NQ/ĐU", today), by=by)


def form(today, **values):
    return {
        "value": "1",
        "organisation": "Đảng ủy Sao Mai",
        "started_on": today.strftime("%d/%m/%Y"),
        "reason": "Theo nghị quyết của Ban Thường vụ",
        "decision": "Nghị quyết số 12-NQ/ĐU, 05/11/2026",
    } | values


def test_every_topic_stands_on_the_list_with_its_years(cast, as_):
    page = as_(cast.secretary).get(reverse("cells:rules")).content.decode()
    assert "Giới hạn tỷ lệ hoàn thành xuất sắc nhiệm vụ theo Quy định 366-QĐ/TW" in page
    assert "366-QĐ/TW, 43-HD/BTCTW" in page
    assert "2011 – 2013" in page
    assert "2025 – nay" in page


def test_a_rule_set_shows_value_certainty_and_source(cast, as_, cap):
    page = as_(cast.secretary).get(reverse("cells:rule_set", args=[cap.pk])).content.decode()
    for text in (
        "Tỷ lệ đảng viên xuất sắc tối đa",
        "20 %",
        "đã đọc trong văn bản",
        "Điều 11 Quy định 366-QĐ/TW",
        "làm tròn xuống",
        "mặc định của phần mềm, chưa đối chiếu văn bản",
    ):
        assert text in page, text
    assert "Chọn khác" not in page  # a secretary reads only


def test_every_word_of_every_rule_set_is_vietnamese(db):
    unknown = set()
    for rule_set in RuleSet.objects.all():
        unknown |= {rule_set.topic} if topic_label(rule_set.topic) == rule_set.topic else set()
        for key, rule in restore(rule_set.values).items():
            unknown |= {f"{rule_set.topic}.{key}"} if key_label(key) == key else set()
            unknown |= (
                {f"{rule_set.topic}.{key} = {value}" for value in codes(key, rule)} if value_text(rule) else set()
            )
    assert sorted(unknown) == []


def codes(key, rule):
    """Coded values (lower case ASCII) without a word in the catalogue."""
    values = [*(rule.value if isinstance(rule.value, tuple) else [rule.value]), *rule.choices]
    if key.endswith("_aliases") or rule.unit not in ("code", "level", "degree", "form", "list", "choice"):
        return []
    known = words()["values"]
    return [v for v in values if isinstance(v, str) and v.isascii() and v.islower() and v not in known]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("●", "đã đọc trong văn bản"),
        ("○", "theo nguồn thứ hai, chưa đối chiếu văn bản"),
        ("◇", "cách làm của một địa phương, chưa đối chiếu văn bản"),
        ("△", "mặc định của phần mềm, chưa đối chiếu văn bản"),
    ],
)
def test_marks_in_words(mark, expected):
    [rule] = restore({"x": {"value": 1, "unit": "days", "mark": mark, "source": "s"}}).values()
    assert certainty(rule) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (20, "%", "20 %"),
        ("0.02", "percentage points", "0,02 điểm phần trăm"),
        ("12-31", "month-day", "31/12"),
        ("2025-07-01", "date", "01/07/2025"),
        ("2/3", "fraction", "2/3"),
        (True, "bool", "có"),
        ("none", "months", "không quy định"),
        (2025, "year", "2025"),
        (["secret", "card"], "list", "bỏ phiếu kín; giơ thẻ"),
    ],
)
def test_values_in_words(value, unit, expected):
    [rule] = restore({"x": {"value": value, "unit": unit, "mark": "●", "source": "s"}}).values()
    assert value_text(rule) == expected


def test_a_choice_is_recorded_shown_and_logged(tree, cast, as_, today, cap):
    client = as_(cast.staff)
    url = reverse("cells:add_override", args=[cap.pk, "cap_rounding"])
    assert client.post(url, form(today)).url == reverse("cells:choices")
    [override] = RuleOverride.objects.all()
    assert (override.topic, override.key, override.value) == ("cap", "cap_rounding", "half_up")
    assert (override.organisation, override.recorded_by, override.started_on) == (tree.root, cast.staff, today)
    [entry] = LogEntry.objects.about(override)
    assert (entry.action, entry.data["value_words"]) == ("rules.add_override", "làm tròn đến số gần nhất")
    page = client.get(reverse("cells:choices")).content.decode()
    assert "làm tròn đến số gần nhất" in page
    assert "Nghị quyết số 12-NQ/ĐU, 05/11/2026" in page
    assert "Đảng ủy Sao Mai" in as_(cast.secretary).get(reverse("cells:rule_set", args=[cap.pk])).content.decode()


def test_what_the_text_rules_cannot_be_chosen(tree, cast, as_, today, cap):
    client = as_(cast.staff)
    assert client.get(reverse("cells:add_override", args=[cap.pk, "xs_cap_percent"])).status_code == 404
    assert client.get(reverse("cells:add_override", args=[cap.pk, "no-such-key"])).status_code == 404
    eligibility = RuleSet.objects.for_season("eligibility", 2026)
    # our own default, but a code: the program knows no other
    assert client.get(reverse("cells:add_override", args=[eligibility.pk, "month_counting"])).status_code == 404
    with pytest.raises(RuleSetError, match="đã quy định, cấp ủy không được chọn khác"):
        choose(cap, tree.root, today, cast.staff, key="xs_cap_percent", value=25)
    assert not RuleOverride.objects.exists()


@pytest.mark.parametrize(
    ("place", "written", "stored"),
    [
        ("eligibility.reference_date", "30/11", "11-30"),
        ("eligibility.moved_old_cell_comment_min_months", "3", 3),
        ("procedure.ballot_not_rated_box", "0", True),
        ("organisation.percent_tolerance", "0,05", "0.05"),
    ],
)
def test_values_are_read_as_people_write_them(cast, as_, today, place, written, stored):
    topic, key = place.split(".")
    url = reverse("cells:add_override", args=[RuleSet.objects.for_season(topic, 2026).pk, key])
    assert as_(cast.staff).post(url, form(today, value=written)).status_code == 302
    assert RuleOverride.objects.get().value == stored


@pytest.mark.parametrize(
    ("key", "written", "sentence"),
    [
        ("reference_date", "31 tháng 12", "Viết ngày và tháng, ví dụ 15/12."),
        ("reference_date", "31/02", "Giá trị này không dùng được ở đây. Ví dụ cách viết: 31/12."),
        ("moved_old_cell_comment_min_months", "sáu", "Chỉ viết số, phần lẻ sau dấu phẩy"),
        ("moved_old_cell_comment_min_months", "nan", "Chỉ viết số, phần lẻ sau dấu phẩy"),
        ("moved_old_cell_comment_min_months", "inf", "Chỉ viết số, phần lẻ sau dấu phẩy"),
        ("moved_old_cell_comment_min_months", "1e999999", "Chỉ viết số, phần lẻ sau dấu phẩy"),
        ("moved_old_cell_comment_min_months", "1,5", "Giá trị này không dùng được ở đây."),
        ("moved_old_cell_comment_min_months", "1201", "Thời gian quá dài: tối đa một trăm năm."),
    ],
)
def test_values_that_do_not_fit_are_refused_in_words(cast, as_, today, key, written, sentence):
    eligibility = RuleSet.objects.for_season("eligibility", 2026)
    page = as_(cast.staff).post(reverse("cells:add_override", args=[eligibility.pk, key]), form(today, value=written))
    assert sentence in page.content.decode()
    assert not RuleOverride.objects.exists()


def test_one_choice_at_a_time(tree, cast, today, cap):
    choose(cap, tree.root, today, cast.staff)
    with pytest.raises(NotAllowed, match="đang có một lựa chọn khác"):
        choose(cap, tree.root, today, cast.staff)
    choose(cap, tree.east, today, cast.staff)  # a body below may have its own
    assert RuleOverride.objects.count() == 2


def test_a_choice_ends_once_with_a_reason(tree, cast, as_, today, cap):
    override = choose(cap, tree.root, today, cast.staff)
    client, url = as_(cast.staff), reverse("cells:end_override", args=[override.pk])
    assert "Chưa điền mục này." in client.post(url, {"last_day": ""}).content.decode()
    assert client.post(url, {"last_day": "", "reason": "nhầm"}).status_code == 302
    override.refresh_from_db()
    assert (override.void_reason, override.voided_by) == ("nhầm", cast.staff)  # it ended before its first day was over
    with pytest.raises(NotAllowed, match="đã thôi từ trước"):
        end_override(override, Ending(today, "nhầm", ""), by=cast.staff)
    assert LogEntry.objects.filter(action="rules.end_override").count() == 1


def test_scope_of_choices(tree, cast, as_, today, cap):
    east = choose(cap, tree.east, today, cast.staff)
    west = choose(cap, tree.west, today, cast.staff, key="cap_enforcement", value="off")
    seen = as_(cast.secretary).get(reverse("cells:choices")).content.decode()
    assert "Đảng bộ Phường Đông" in seen  # binds the secretary's cell
    assert "Đảng bộ Phường Tây" not in seen
    client = as_(cast.officer)
    assert client.get(reverse("cells:end_override", args=[east.pk])).status_code == 403
    assert client.get(reverse("cells:end_override", args=[west.pk])).status_code == 404


def test_as_many_queries_for_thirty_choices_as_for_one(tree, cast, as_, today, cap):
    client = as_(cast.staff)
    choose(cap, tree.root, today, cast.staff)
    few = {url: queries_of(client, url) for url in (reverse("cells:choices"), reverse("cells:rule_set", args=[cap.pk]))}
    nodes = [node for node in vars(tree).values() if node != tree.root]
    for key, value in (("cap_rounding", "half_up"), ("cap_enforcement", "off"), ("cap_denominator", "xs_plus_htt")):
        for node in nodes:
            choose(cap, node, today, cast.staff, key, value)
    eligibility = RuleSet.objects.for_season("eligibility", 2026)
    for node in nodes:
        choose(eligibility, node, today, cast.staff, "moved_old_cell_comment_min_months", 3)
    assert len(client.get(reverse("cells:choices")).context["page"]) == 29
    assert {url: queries_of(client, url) for url in few} == few
    assert max(few.values()) <= MOST
