"""How the files of a source were read the last time: kept by the headings of a sheet, nearest organisation first."""

from members.importing.choices import SheetChoice, fonts_as_letters
from members.models import ColumnMapping


def kept_choices(reading, organisation, kind):
    """How the sheets of a file were read the last time that one of the same source came; nothing if none did."""
    signatures = {sheet.name: sheet.table.header.signature for sheet in reading.sheets}
    kept = ColumnMapping.objects.filter(
        organisation__in=organisation.ancestor_ids(), kind=kind, signature__in=set(signatures.values())
    )
    nearest = {each.signature: each for each in kept.order_by("organisation__path")}
    if not nearest:
        return ()
    return tuple(_as_kept(sheet, nearest.get(signatures[sheet.name])) for sheet in reading.sheets)


def _as_kept(sheet, kept):
    if kept is None:
        return SheetChoice(sheet.name)
    proposed = fonts_as_letters({column: font.encoding for column, font in sheet.fonts.proposed.items()})
    return SheetChoice(sheet.name, kept.mapping, {**proposed, **kept.fonts} if proposed else None)
