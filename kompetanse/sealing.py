"""Secrets that must be read again are stored sealed; identities that need not be, as fingerprints.

The keys come from SEALING_KEYS, the newest first, else from SECRET_KEY. Sealing is Fernet (AES-128
in CBC mode with HMAC-SHA256), and a fingerprint is HMAC-SHA256.

Source: docs/adr/0014-login.md.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError


def seal(text: str) -> str:
    """Return the text encrypted with the newest key."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed with any of the keys.

    Raises:
        DomainError: none of the keys fits; the installation's key has been changed or lost.
    """
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise DomainError(_("Nøkkelen til lagrede hemmeligheter er byttet.")) from None


def fingerprint(text: str, *, purpose: str) -> str:
    """Return 64 hexadecimal digits that tell whether two texts are the same, and nothing else.

    `purpose` keeps fingerprints of different Kommuner and kinds from being compared.
    """
    key = _derive(settings.SEALING_KEYS[-1], f"fingerprint:{purpose}")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _box() -> MultiFernet:
    return MultiFernet(
        [Fernet(urlsafe_b64encode(_derive(key, "seal"))) for key in settings.SEALING_KEYS]
    )


def _derive(key: str, purpose: str) -> bytes:
    return hmac.new(key.encode(), f"kompetanse:{purpose}".encode(), hashlib.sha256).digest()
