NIGHT = "personvern.night"
EXPORT_EVENTS = "personvern.export_events"
PACK_PERSON = "personvern.pack_person"
MAKE_DOCUMENT = "personvern.make_document"
