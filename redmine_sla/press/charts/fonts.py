"""The font of everything printed: DejaVu Sans, which matplotlib brings along.

It has the letters of all languages here and the signs of their currencies (checked by a test).
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl


def font_file(*, bold: bool) -> Path:
    """The font's file, upright."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / name
