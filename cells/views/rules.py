"""Rule sets as their files say, and what committees chose."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from cells.access import check, find, requires
from cells.actions import rules as actions
from cells.models import RuleOverride
from cells.permissions import Permission
from cells.reports.rules import choice_lines, rule_lines, rule_set_by_id, topics
from cells.rule_forms import EndOverrideForm, OverrideForm
from cells.rulewords import is_choosable, key_label, topic_label, value_text
from config.lib.rulesets import RuleSetError, restore
from config.lib.workflow import NotAllowed


@requires(Permission.RULES_VIEW)
def list_rules(request):
    """Every rule set by topic and year."""
    return render(request, "cells/rules.html", {"topics": topics()})


@requires(Permission.RULES_VIEW)
def show_rule_set(request, rule_set_id):
    """One rule set: each key with value, certainty and source, and the choices beside it."""
    rule_set = _rule_set(rule_set_id)
    context = {
        "rule_set": rule_set,
        "topic": topic_label(rule_set.topic),
        "lines": rule_lines(rule_set, request.user, timezone.localdate()),
        "may_choose": request.user.holds(Permission.RULES_MANAGE),
    }
    return render(request, "cells/rule_set.html", context)


@requires(Permission.RULES_VIEW)
def list_choices(request):
    """All choices that bind somebody in one's scope, of every topic, on one page."""
    lines = choice_lines(request.user, timezone.localdate())
    return render(request, "cells/choices.html", {"page": Paginator(lines, 50).get_page(request.GET.get("page"))})


@requires(Permission.RULES_MANAGE)
def add_override(request, rule_set_id, key):
    """Choose another value for a key that the text leaves open."""
    rule_set = _rule_set(rule_set_id)
    rule = restore(rule_set.values).get(key)
    if rule is None or not is_choosable(rule):
        raise Http404
    form = OverrideForm(request.POST or None, rule=rule, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_override(rule_set, actions.Choice(key=key, **form.cleaned_data), by=request.user)
        except (NotAllowed, RuleSetError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi lựa chọn của cấp ủy cho quy tắc “{key_label(key)}”.")
            return redirect("cells:choices")
    context = {"form": form, "rule_set": rule_set, "rule": rule, "label": key_label(key), "now": value_text(rule)}
    return render(request, "cells/add_override.html", context)


@requires(Permission.RULES_VIEW)
def end_override(request, override_id):
    """End a choice, with a reason."""
    override = find(RuleOverride.objects.visible_to(request.user).select_related("organisation"), pk=override_id)
    check(request.user, Permission.RULES_MANAGE, override)
    form = EndOverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            ending = actions.Ending(form.ended_on, values["reason"], values["decision"])
            actions.end_override(override, ending, by=request.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã ghi việc thôi lựa chọn riêng cho quy tắc “{key_label(override.key)}”.")
        return redirect("cells:choices")
    context = {"form": form, "override": override, "label": key_label(override.key)}
    return render(request, "cells/end_override.html", context)


def _rule_set(rule_set_id):
    """Rule sets are public texts: whoever may read rules may read every one."""
    if (rule_set := rule_set_by_id(rule_set_id)) is None:
        raise Http404
    return rule_set
