"""Reading lists of people: from a workbook to a plan of what would change.

The steps, each usable alone (all pure but `known` and `store`):

    reading = analysis.read_members(content, name)     all of the following for a file; `.sheets`, each with `.table`
    legacy.read_fonts(sheet)                           old letters decoded as proposed, or as `.choose` is told
    words = mapping.vocabulary()                       headings of members' lists; other lists pass their own file
    header = table.find_headers(workbook, words)[0]    the longest list; `.fields` is the proposed mapping
    found = table.read_table(header, fields)           `.people` (row, values, section), `.totals`, `.kinds`, `.as_of`
    reader = people.PeopleReader(found, columns, reading.Habits(year))
    rows = reader.read()                               `PersonRow`: `.values` by field, `.repairs`, `.problems`
    checks.assign_cells(rows, known.places_below(organisation), reader)
    checks.RowChecks(reader, rules, on).check(row)     one row against itself
    filechecks.check_file(rows, found, reader)         rows against each other, sums

What is only supposed (old fonts, unfamiliar headings, the cell of a sheet) is written after somebody has looked at it:
`choices.Choices` keep the questions and the answers with the batch, `kept` finds those of the source's last file.

`columns` maps a field to an object with `read(value, habits) -> reading.Reading` and `max_length`; members' lists take
`members.resources.LIST_COLUMNS`. Findings are `problems.problem(code, row=…, column=…)` of the one catalogue
`members/catalogues/problems.toml`; `matching.Matcher` recognises people, `plan` compares them with the record, `store`
writes a plan and takes it back.
"""
