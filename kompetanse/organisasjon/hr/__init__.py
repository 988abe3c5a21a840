"""The import from HR: a spreadsheet becomes units, employees and positions, and a report by row.

Reading: `columns` finds the headings, `cells` reads a cell, `rows` makes typed rows or faults.
Comparing with what we have: `units` the tree, `plan` the people, `posts` what each of them holds,
`leaders` who leads; `lines` and `faultlines` make what they find into rows of `line`.
Writing: `actions` in one transaction, `writing` with the `statements`, `reopening` for units that
were closed, `spor` what it was before and `angre` back to that; `running` how far it has come,
`afterwards` what follows when it is written. `report` tells.
"""
