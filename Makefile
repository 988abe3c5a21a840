# The commands of the project. `make` alone tells what each does.
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
export PORT

.PHONY: help demo demo-reset setup test lint format bench drill pictures messages requirements

help:  ## denne oversikten
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## *(.*)/\1\t\2/' | while IFS=$$'\t' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

demo:  ## setter opp og starter demonstrasjonen; PORT=8001 velger en annen port, Ctrl-C avslutter alt
	@exec ops/demo

demo-reset:  ## sletter demonstrasjonens data og begynner på nytt ved neste «make demo»
	@exec ops/demo-reset

setup:  ## setter opp for utvikling; deretter gir «. ops/env.sh» skallet verktøy og verdier
	@ops/setup test system python frontend
	@ops/services keep

test:  ## lint og alle tester, også i nettleser
	@exec ops/test

lint:  ## formatering, regler, lagdeling, typer, manglende migreringer
	@exec ops/test lint

format:  ## skriver koden slik ruff og djlint vil ha den
	@. ops/env.sh && ruff check --fix --quiet . ; ruff format . && djlint --reformat --quiet .

bench:  ## måler tid mot nakne sammenligninger og skriver forholdene
	@exec ops/test bench

drill:  ## øver på gjenoppretting av utviklingsbasen, eller KOPI=MAPPE/<tid>: tom klynge, telling, alle sider i kopien
	@. ops/env.sh && exec ops/drill "$${KOPI:-$$(ops/backup .lokal/kopi)}"

pictures:  ## lager bildene i README av en demonstrasjon som kjører
	@. ops/env.sh && exec python ops/pictures.py

messages:  ## henter nye tekster til nynorskkatalogen
	@. ops/env.sh && python manage.py makemessages --locale nn --no-obsolete --add-location file --ignore '.lokal/*' --ignore 'node_modules/*'

requirements:  ## låser avhengighetene på nytt, med kontrollsummer
	@exec ops/requirements
