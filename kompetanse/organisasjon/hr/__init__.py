"""The import from HR: a spreadsheet becomes units, employees and positions, and a report by row.

`columns` finds the headings, `cells` reads a cell, `rows` makes typed rows or faults, `units` the
tree, `plan` compares with what we have, `actions` writes it in one transaction, `report` tells.
"""
