"""Make the typeface of all pages anew: ``.venv/bin/python scripts/fonts.py``.

Takes Be Vietnam Pro (SIL Open Font License 1.1, no reserved name) from its package, keeps the letters that Vietnamese
pages need, and writes the two weights and their licence into the theme. What it keeps out falls back to the system's
typeface, so a name in another script can still be read.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from environment import ROOT

FONTS = ROOT / "src/campaign/publish/theme/assets"
PACKAGES = ("fontpkg-be-vietnam-pro==1.2", "fonttools==4.60.1", "brotli==1.1.0")
WEIGHTS = ("Regular", "SemiBold")
CHARACTERS = (
    "U+0020-007E",  # ASCII
    "U+00A0-00FF",  # Latin-1: à â é, « » ° × and their like
    "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0",  # ă đ ĩ ũ ơ ư
    "U+0300-0301,U+0303,U+0309,U+0323",  # tones that stand alone in decomposed text
    "U+1EA0-1EF9",  # the letters with two marks
    "U+2010-2014,U+2018-201E,U+2022,U+2026,U+2190-2193,U+2212,U+20AB",  # dashes, quotes, arrows, minus, đồng
)


def main() -> None:
    """Fetch the typeface and the tool for this alone, and write what pages load."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", folder, *PACKAGES], check=True)
        source = folder / "fontpkg_be_vietnam_pro"
        for weight in WEIGHTS:
            written = FONTS / f"be-vietnam-pro-{weight.lower()}.woff2"
            command = [sys.executable, "-m", "fontTools.subset", str(source / f"files/BeVietnamPro-{weight}.ttf")]
            command += [f"--unicodes={','.join(CHARACTERS)}", f"--output-file={written}", "--flavor=woff2"]
            command += ["--no-hinting", "--layout-features=kern,mark,mkmk,ccmp,locl,tnum"]
            subprocess.run(command, check=True, env={"PYTHONPATH": str(folder)})
            print(f"{written.relative_to(ROOT)}: {written.stat().st_size:,} bytes")
        (FONTS / "be-vietnam-pro.OFL.txt").write_bytes((source / "LICENSE").read_bytes())


if __name__ == "__main__":
    main()
