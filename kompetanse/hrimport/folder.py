"""The Kommune's folder for HR files: HR_IMPORT_ROOT/<slug>/, emptied every minute.

A file is first moved to `in-progress/`, so that two workers never take the same; then to `done/`
or `failed/` with a report beside it.
"""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from kompetanse import clock
from kompetanse.hrimport import nightly
from kompetanse.hrimport.words import sentences
from kompetanse.kommuner.attachments import clean_name
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.hr import actions as hr
from kompetanse.organisasjon.models import Hrimport
from kompetanse.tables.reading import FILE_MEGABYTES

logger = logging.getLogger(__name__)

# A file that was touched later than this may still be on its way.
QUIET_SECONDS = 30
# What a worker died with in its hands is taken up again.
LOST_SECONDS = 3600
IN_PROGRESS, DONE, FAILED = "in-progress", "done", "failed"


def empty(kommune: Kommune) -> int:
    """Take in every file that lies still in the Kommune's folder; return how many."""
    if not settings.HR_IMPORT_ROOT:
        return 0
    place = Path(settings.HR_IMPORT_ROOT) / kommune.slug
    if not place.is_dir() or place.is_symlink():
        return 0
    _take_back(place)
    taken = 0
    for path in list(_waiting(place)):
        claimed = _claim(path, place)
        if claimed is not None:
            _take_in(kommune, claimed, place)
            taken += 1
    return taken


def _waiting(place: Path) -> Iterator[Path]:
    """Yield the files that lie still, oldest first; never links, folders or hidden files."""
    found = [path for path in place.iterdir() if path.is_file() and not path.is_symlink()]
    still = time.time() - QUIET_SECONDS
    ready = [p for p in found if not p.name.startswith(".") and p.stat().st_mtime <= still]
    yield from sorted(ready, key=lambda path: path.stat().st_mtime)


def _claim(path: Path, place: Path) -> Path | None:
    """Move the file out of the others' sight; None when another worker was first."""
    target = _free(place / IN_PROGRESS, clean_name(path.name))
    try:
        return path.rename(target)
    except FileNotFoundError:
        return None


def _take_back(place: Path) -> None:
    lost = time.time() - LOST_SECONDS
    waiting = place / IN_PROGRESS
    for path in waiting.iterdir() if waiting.is_dir() else ():
        if path.stat().st_ctime < lost:
            path.rename(_free(place, path.name))


def _take_in(kommune: Kommune, path: Path, place: Path) -> None:
    with path.open("rb") as file:
        # One byte too many is enough for the reader to refuse it.
        content = file.read(FILE_MEGABYTES * 1024**2 + 1)
    with as_kommune(kommune.pk):
        hrimport = hr.receive(content, file_name=path.name, source=Hrimport.Source.FOLDER, by=None)
    hrimport = nightly.take_in(kommune.pk, hrimport.pk)
    is_written = hrimport.status == Hrimport.Status.WRITTEN
    target = path.rename(_free(place / (DONE if is_written else FAILED), path.name))
    target.with_name(f"{target.name}.rapport.txt").write_text(_report(hrimport), encoding="utf-8")
    logger.info("hrimport %s from the folder: %s", hrimport.pk, hrimport.status)


def _report(hrimport: Hrimport) -> str:
    """Return what became of the file; figures, no names."""
    lines = [hrimport.file_name, str(hrimport.get_status_display()), hrimport.message]
    return "\n".join([line for line in lines if line] + sentences(hrimport)) + "\n"


def _free(place: Path, name: str) -> Path:
    """Return a path in the folder that no file has, with the moment before the name."""
    place.mkdir(parents=True, exist_ok=True)
    stamp = f"{clock.real_now():%Y%m%dT%H%M%S}"
    bare = name.partition("-")[2] if name[:8].isdigit() and name[8:9] == "T" else name
    target = place / f"{stamp}-{bare}"
    number = 1
    while target.exists():
        number += 1
        target = place / f"{stamp}-{number}-{bare}"
    return target
