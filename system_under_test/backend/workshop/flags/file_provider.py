"""An OpenFeature provider that reads a file, and reads it again when it changes.

A file that breaks while the service runs changes nothing: the flags of the last good file keep
deciding, and the log says so once for each broken content.
"""

import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import FlagNotFoundError, TypeMismatchError
from openfeature.flag_evaluation import FlagResolutionDetails, FlagValueType, Reason
from openfeature.provider import AbstractProvider, Metadata

from workshop.errors import FlagFileError
from workshop.flags.rollout import Flag, decide, parse

log = logging.getLogger(__name__)

Kind = TypeVar("Kind", bool, str)


class FileProvider(AbstractProvider):
    """Decides by the flags of a file."""

    def __init__(self, path: Path, *, check_seconds: float = 1.0) -> None:
        super().__init__()
        self._path = path
        self._check_seconds = check_seconds
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._next_check = float("-inf")
        self._flags: Mapping[str, Flag] = {}

    def get_metadata(self) -> Metadata:
        """The name under which evaluations are reported."""
        return Metadata(name="file")

    def resolve_boolean_details(
        self,
        flag_key: str,
        default_value: bool,  # noqa: FBT001 - the interface of OpenFeature
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[bool]:
        """The decision about a flag that is on or off."""
        return self._resolve(flag_key, bool, evaluation_context)

    def resolve_string_details(
        self,
        flag_key: str,
        default_value: str,
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[str]:
        """The decision about a flag with named variants."""
        return self._resolve(flag_key, str, evaluation_context)

    def resolve_integer_details(
        self,
        flag_key: str,
        default_value: int,
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[int]:
        """The file knows no numbers."""
        raise TypeMismatchError

    def resolve_float_details(
        self,
        flag_key: str,
        default_value: float,
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[float]:
        """The file knows no numbers."""
        raise TypeMismatchError

    def resolve_object_details(
        self,
        flag_key: str,
        default_value: Sequence[FlagValueType] | Mapping[str, FlagValueType],
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[Sequence[FlagValueType] | Mapping[str, FlagValueType]]:
        """The file knows no objects."""
        raise TypeMismatchError

    def _resolve(
        self, name: str, kind: type[Kind], context: EvaluationContext | None
    ) -> FlagResolutionDetails[Kind]:
        flag = self._current().get(name)
        if flag is None:
            raise FlagNotFoundError
        key = context.targeting_key if context else None
        variant = decide(name, flag, key)
        value = flag.variants[variant]
        if not isinstance(value, kind):
            raise TypeMismatchError
        reason = Reason.SPLIT if key else Reason.DEFAULT
        if flag.state == "disabled":
            reason = Reason.DISABLED
        return FlagResolutionDetails(value=value, variant=variant, reason=reason)

    def _current(self) -> Mapping[str, Flag]:
        now = time.monotonic()
        with self._lock:
            if now >= self._next_check:
                self._next_check = now + self._check_seconds
                self._reload()
            return self._flags

    def _reload(self) -> None:
        try:
            status = os.stat(self._path)  # noqa: PTH116 - one call, also for a path that is gone
            seen = (status.st_mtime_ns, status.st_size, status.st_ino)
            if seen == self._seen:
                return
            self._seen = seen
            self._flags = parse(self._path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, FlagFileError) as error:
            fields = {"error": type(error).__name__, "flags_kept": len(self._flags)}
            if self._seen is not None or not self._flags:
                log.warning("flag file is not usable", extra={"fields": fields})
            if isinstance(error, OSError):
                self._seen = None
