FREEZE_GRANT = "rapporter.freeze_grant"
FREEZE_REPORT = "rapporter.freeze_report"
MAKE_UNIT_LETTERS = "rapporter.make_unit_letters"
