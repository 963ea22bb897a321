"""Pages as PDF, printed by a Chromium of this machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from chainrule import files

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SECONDS = 120


class NoPdf(Exception):
    """No PDF was made; the message says why and what to do."""


def find_browser() -> str | None:
    """The path of a browser that prints, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def browser() -> str:
    """The path of a browser that prints. Raises `NoPdf` where there is none."""
    if path := find_browser():
        return path
    raise NoPdf(
        f"--pdf prints with Chromium, and none of {', '.join(BROWSERS)} is on the PATH. Print the page by hand."
    )


def print_pdf(page: Path, pdf: Path, *, program: str) -> None:
    """Writes the page as PDF, whole or not at all. Raises `NoPdf`, and `InputError` where `pdf` cannot be written."""
    # A browser that is just ending may still write into its profile.
    with tempfile.TemporaryDirectory(prefix="chainrule-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "page.pdf"
        command = [
            program, "--headless", "--disable-gpu", "--no-sandbox", "--no-pdf-header-footer",
            "--disable-background-networking", f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}",
            page.resolve().as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoPdf(f"{program} did not print {page}: {error}") from None
        if done.returncode or not made.is_file():
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise NoPdf(f"{program} did not print {page} (exit code {done.returncode}): {last}")
        files.write(pdf, made.read_bytes())
