"""What lies beside the pages: PDFs that are read back, and one small enough to be attached."""

from pathlib import Path

from pypdf import PdfReader


def pdf_text(path: Path) -> str:
    return plain(" ".join(page.extract_text() for page in PdfReader(path).pages))


def plain(text: str) -> str:
    """Return the text on one line, with plain spaces."""
    return " ".join(text.replace("\xa0", " ").split())


def attachment(folder: Path, name: str) -> Path:
    """Write the smallest PDF that is one, to be uploaded under that name."""
    path = folder / name
    path.write_bytes(MINIMAL_PDF)
    return path


MINIMAL_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
xref
0 4
0000000000 65535 f
0000000009 00000 n
0000000054 00000 n
0000000105 00000 n
trailer<</Size 4/Root 1 0 R>>
startxref
170
%%EOF
"""
