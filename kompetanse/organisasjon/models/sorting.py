"""How names are sorted."""

NORWEGIAN = "nb-x-icu"
