"""Stored bytes: random names outside the web root, under the Kommune's own folder.

What is in an upload is checked by `attachments`; here bytes are only kept and given back.
"""

import hashlib
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import Fil


def store(content: bytes, *, name: str, content_type: str) -> Fil:
    """Write the bytes, and the row that tells of them in the caller's transaction.

    A rollback leaves at most a file that no row knows; it is never served.
    """
    path = f"{tenancy.require_id()}/{uuid4().hex}"
    target = _place(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return Fil.objects.create(
        name=name[:200],
        path=path,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def read(fil: Fil) -> bytes:
    """Return the stored bytes.

    Raises:
        FileNotFoundError: the file is gone from FILES_ROOT though the row is there.
    """
    return _place(fil.path).read_bytes()


def is_there(fil: Fil) -> bool:
    """Return whether the bytes that the row tells of are in the store."""
    return _place(fil.path).is_file()


def remove(fil: Fil) -> None:
    """Delete the row now, and the bytes when the transaction has committed."""
    target = _place(fil.path)
    fil.delete()
    transaction.on_commit(lambda: target.unlink(missing_ok=True))


def empty(fil: Fil) -> None:
    """Remove name and bytes, where a row that stays must go on pointing at the file."""
    target = _place(fil.path)
    fil.name, fil.size, fil.sha256, fil.content_type = "", 0, "", "application/octet-stream"
    fil.save(update_fields=["name", "size", "sha256", "content_type"])
    transaction.on_commit(lambda: target.unlink(missing_ok=True))


def _place(path: str) -> Path:
    return Path(settings.FILES_ROOT) / path
