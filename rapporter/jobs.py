FREEZE_GRANT = "rapporter.freeze_grant"
