"""QR codes as pictures, for the wall and for paper."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString


def qr(text: str, *, label: str, border: int = 4) -> SafeString:
    """Return a QR code of the text as SVG: one path, black on white.

    `border` is the quiet zone, in modules; none when the paper around it is white already.
    """
    code = qrcode.QRCode(border=border, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" width="320" height="320" role="img" '
        'aria-label="{2}">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>',
        len(rows),
        path,
        label,
    )
