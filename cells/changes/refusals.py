"""What stands against a change of the tree, as sentences; nothing is written."""

from cells.changes.plan import NewBody
from cells.changes.timeline import Timeline, names_of
from cells.enums import CLOSING_ACTS
from cells.loading import kind_entries
from cells.ports import tree_ports


def refusals(change):
    """Every reason why this change cannot be made, those of the apps above included; empty when it can."""
    line = Timeline(change.effective_on)
    found = [
        *_of_dates(change, line),
        *_of_parents(change, line),
        *_of_children(change, line),
        *_of_kinds(change),
        *_of_codes(change, line),
        *_of_sense(change, line),
    ]
    return found or [sentence for port in tree_ports() for sentence in port.refusals(change)]


def _of_dates(change, line):
    """An event lies on or after the start of the latest version of everything that it touches."""
    day = change.effective_on
    touched = [*change.before, *(each.organisation for each in change.revised if each.is_carried)]
    for organisation in touched:
        latest = line.latest(organisation.pk)
        if latest is None or latest.ended_on:
            yield f"{organisation.name} đã kết thúc hoặc có quyết định kết thúc nên không thay đổi được nữa."
        elif latest.started_on > day:
            yield (
                f"{organisation.name} đã có thay đổi từ ngày {latest.started_on:%d/%m/%Y}; ngày có hiệu lực "
                f"{day:%d/%m/%Y} không thể trước ngày đó. Hãy chọn ngày khác, hoặc hoàn tác thay đổi kia trước."
            )
        elif latest.started_on == day and organisation in change.ended:
            yield (
                f"{organisation.name} như hiện nay bắt đầu đúng ngày {day:%d/%m/%Y}; ngày kết thúc phải sau ngày đó. "
                "Hãy chọn ngày có hiệu lực muộn hơn."
            )


def _of_parents(change, line):
    """Whatever goes on or begins stands below a body that is there; nothing stands below itself."""
    for body in _above(change):
        if isinstance(body, NewBody):
            continue
        if body in change.ended or not line.lasts(body.pk):
            yield (
                f"{body.name} không hoạt động vào ngày {change.effective_on:%d/%m/%Y} hoặc có quyết định kết thúc. "
                "Hãy chọn tổ chức đảng khác."
            )
    yield from _below_cells(change, line)
    yield from _out_of_rank(change, line)
    yield from _circles(change, line)


def _below_cells(change, line):
    """A cell has members, and no organisations below it."""
    revised = [each.values["parent"] for each in change.revised if each.values.get("parent")]
    for parent in dict.fromkeys([*(each.parent for each in change.new if each.parent), *revised]):
        kind = parent.entry.kind if isinstance(parent, NewBody) else getattr(line.on_day(parent.pk), "kind", None)
        if kind and kind_entries()[kind]["is_cell"]:
            yield f"{parent} là chi bộ nên không có tổ chức đảng trực thuộc. Hãy chọn một đảng bộ."
    for each in change.revised:
        becomes_cell = "kind" in each.values and kind_entries()[each.values["kind"]]["is_cell"]
        if becomes_cell and line.children(each.organisation.pk):
            yield f"{each.organisation.name} còn tổ chức trực thuộc nên chưa thành chi bộ được. Hãy chuyển đi trước."


def _out_of_rank(change, line):
    """Nothing stands below a body of a lower rank: no province below a base."""
    kinds = kind_entries()
    for name, kind, above, above_kind in _placed(change, line):
        if kinds[kind]["rank"] < kinds[above_kind]["rank"]:
            yield (
                f"{name} ({kinds[kind]['name']}) không thể trực thuộc {above} ({kinds[above_kind]['name']}), là tổ "
                "chức cấp dưới. Hãy chọn cấp trên khác hoặc xem lại loại hình."
            )


def _placed(change, line):
    """(name, kind, name of the body above, its kind) of whatever begins, moves or changes its kind."""
    asked = [(body.entry.name, body.entry.kind, _as_on_the_day(body.parent, line)) for body in change.new]
    for each in change.revised:
        now, values = line.on_day(each.organisation.pk), each.values
        if now and {"parent", "kind"} & set(values):
            above = _as_on_the_day(values["parent"], line) if "parent" in values else line.on_day(now.parent_id)
            asked.append((each.organisation.name, values.get("kind", now.kind), above))
    return [(name, kind, above.name, above.kind) for name, kind, above in asked if above]


def _as_on_the_day(body, line):
    """What tells the name and kind of a body on the day of the change; None for none."""
    if body is None:
        return None
    return body.entry if isinstance(body, NewBody) else line.on_day(body.pk)


def _above(change):
    """Bodies that must be there: the parents of what is new or moves, whoever takes in members, the heir."""
    parents = [each.parent for each in change.new if each.parent is not None]
    parents += [each.values["parent"] for each in change.revised if each.values.get("parent")]
    wanted = [*parents, *change.receiving, *change.bodies.values(), *change.persons.values(), change.heir]
    return list({id(body) if isinstance(body, NewBody) else body.pk: body for body in wanted if body}.values())


def _circles(change, line):
    moved = {
        each.organisation.pk: each.values["parent"]
        for each in change.revised
        if "parent" in each.values and not isinstance(each.values["parent"], NewBody)
    }
    for day in line.days if moved else ():
        parents = {**line.parents(day), **{key: parent.pk if parent else None for key, parent in moved.items()}}
        caught = [key for key in moved if circle(key, parents)]
        if caught:
            name = names_of(caught)[caught[0]]
            yield f"Không chuyển được {name} về trực thuộc tổ chức đang trực thuộc chính nó. Hãy chọn cấp trên khác."
            return


def circle(organisation_id, parents):
    """Whether the way up from an organisation comes back to it."""
    above, seen = parents.get(organisation_id), set()
    while above is not None and above not in seen:
        if above == organisation_id:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _of_children(change, line):
    """Nothing that is open stays below what ends."""
    gone = set(change.ended_ids)
    moved = {each.organisation.pk for each in change.revised if "parent" in each.values}
    for organisation in change.ended:
        left = {v.organisation_id: v.name for v in line.children(organisation.pk)}
        left = [name for key, name in left.items() if key not in gone | moved]
        if left:
            names = "; ".join(left[:3]) + ("; …" if left[3:] else "")
            yield (
                f"{organisation.name} còn {len(left)} tổ chức đảng trực thuộc ({names}). "
                "Hãy chuyển về nơi khác hoặc kết thúc các tổ chức đó trước."
            )


def _of_kinds(change):
    kinds, day = kind_entries(), change.effective_on
    asked = [(each.entry.name, each.entry.kind) for each in change.new]
    asked += [(each.organisation.name, each.values["kind"]) for each in change.revised if "kind" in each.values]
    for name, code in asked:
        kind = kinds[code]
        ended = kind.get("ended_on")
        if day < kind["started_on"] or (ended and day >= ended):
            yield (
                f"{name}: loại hình “{kind['name']}” không dùng vào ngày {day:%d/%m/%Y} ({kind['source']}). "
                "Hãy chọn loại hình khác hoặc xem lại ngày có hiệu lực."
            )


def _of_codes(change, line):
    """A code belongs to one organisation on every day."""
    asked = [(None, each.entry.code) for each in change.new]
    asked += [(each.organisation.pk, each.values["code"]) for each in change.revised if "code" in each.values]
    for number, (own, code) in enumerate(asked):
        if not code:
            continue
        taken = [v.name for v in line.codes(code) if v.organisation_id not in {own, *change.ended_ids}]
        if taken or code in [other for _, other in asked[:number]]:
            yield f"Mã {code} đã dùng cho {taken[0] if taken else 'một tổ chức khác trong quyết định này'}."


def _of_sense(change, line):
    """What nobody can have meant: a closing act without an heir, an heir that ends, a change that changes nothing."""
    if change.act in CLOSING_ACTS and change.heir is None:
        yield "Phải ghi tổ chức đảng tiếp nhận những việc còn lại (hồ sơ, vụ việc, giấy tờ chưa xong)."
    if change.act == "merge" and not isinstance(change.subject, NewBody) and change.subject in change.ended:
        yield f"{change.subject.name} không thể sáp nhập vào chính mình."
    if change.act == "merge" and len(change.ended) + len(change.receiving) < 2:
        yield "Hợp nhất cần ít nhất hai tổ chức đảng. Hãy chọn thêm tổ chức cùng hợp nhất."
    if change.act == "split" and len(change.new) + (change.divided not in change.ended) < 2:
        yield "Chia, tách phải ra ít nhất hai tổ chức đảng. Hãy ghi thêm tên tổ chức mới."
    for each in change.revised:
        latest = line.latest(each.organisation.pk)
        if latest and not each.is_carried and all(_value(latest, n) == v for n, v in each.values.items()):
            yield f"{each.organisation.name}: không có gì khác so với hiện nay."


def _value(version, name):
    return version.parent if name == "parent" else getattr(version, name)
