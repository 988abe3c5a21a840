"""The colours of the pictures.

Source: the light colours of Designsystemet's default theme. Every colour that carries meaning has
contrast >= 3:1 against white; text colours >= 4.5:1 (tested).
"""

INK = "#24272b"
MUTED = "#5b5d60"
RULE = "#bbbcbd"
FAINT = "#f3f3f4"
PAPER = "#ffffff"

ACCENT = "#0062ba"
ACCENT_DARK = "#002c54"
ACCENT_TINT = "#ddeaf6"
ACCENT_PALE = "#eef4fa"

DONE = "#056d13"
SOON = "#9e4a00"
SOON_TINT = "#ffe9c9"
LATE = "#b81a1a"
LATE_TINT = "#f8e4e4"
COMING = ACCENT
