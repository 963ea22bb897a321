"""What each worker of a Dask cluster does when it joins; imported only where Dask is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from distributed import WorkerPlugin

from chainrule.bulk.shared_references import SharedReference, put_references


class References(WorkerPlugin):  # type: ignore[misc]  # Dask says nothing of its types
    """Puts trained references into the worker's cache, also on workers that come later."""

    name = "chainrule-references"
    idempotent = False

    def __init__(self, references: Sequence[SharedReference]) -> None:
        self._references = tuple(references)

    def setup(self, worker: Any) -> None:
        """Runs on the worker."""
        put_references(self._references)
