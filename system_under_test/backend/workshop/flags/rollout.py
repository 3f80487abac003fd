"""What a flag file may say, and the decision it implies for one user; pure.

A user's place in a flag's rollout is a number from 0 up to 100 that follows from the name of the
flag and the user's key alone. Variants take up shares of that line in the order of the file, so a
user's variant never changes by itself, and raising the share of the first variant takes it from
nobody.
"""

import hashlib
import json
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from workshop.errors import FlagFileError

Value = bool | str
STEPS = 100_000


class Flag(BaseModel):
    """One flag: its variants, the default one, and the shares in percent."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    state: Literal["enabled", "disabled"] = "enabled"
    variants: dict[str, Value] = Field(min_length=1)
    default: str
    rollout: dict[str, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        unknown = ({self.default} | self.rollout.keys()) - self.variants.keys()
        if unknown:
            message = f"no variant is called {', '.join(sorted(unknown))}"
            raise ValueError(message)
        shares = self.rollout.values()
        if any(share < 0 for share in shares) or sum(shares) > 100 + 1e-9:
            message = "shares must not be negative, nor more than 100 percent together"
            raise ValueError(message)
        if len({type(value) for value in self.variants.values()}) > 1:
            message = "all variants of a flag must have values of one type"
            raise ValueError(message)
        return self


class FlagFile(BaseModel):
    """A whole flag file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    flags: dict[str, Flag]


def parse(text: str) -> dict[str, Flag]:
    """The flags of a file; raises FlagFileError for one that cannot be carried out."""
    try:
        return FlagFile.model_validate(json.loads(text)).flags
    except (ValidationError, ValueError, RecursionError) as error:
        message = f"the flag file cannot be used: {type(error).__name__}"
        raise FlagFileError(message) from error


def place(flag: str, key: str) -> float:
    """Where a user stands on the flag's line from 0 (included) to 100 (excluded)."""
    digest = hashlib.sha256(f"{flag}\x00{key}".encode()).digest()
    return int.from_bytes(digest[:8]) % STEPS * 100 / STEPS


def decide(name: str, flag: Flag, key: str | None) -> str:
    """The variant that a user gets; without a key, or off the rollout's line, the default."""
    if flag.state == "disabled" or key is None:
        return flag.default
    at = place(name, key)
    reached = 0.0
    for variant, share in flag.rollout.items():
        reached += share
        if at < reached:
            return variant
    return flag.default
