"""How a key of a scenario file is declared: what it means, its unit, its range, its default."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LARGEST = 1e9  # no quantity of a scenario is larger than this; a larger one is a slip or mischief


class Table(BaseModel):
    """A table of the file: unknown keys refused, types strict, numbers finite."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def key(words: str, *default: Any, unit: str = "", default_words: str = "", **limits: Any) -> Any:
    """Declare a key: `words` say what it means; without `default` it is required; `limits` are those of pydantic.

    `default_words` replaces the default in the documentation where None or an empty value stands for a rule.
    """
    extra: dict[str, Any] = {"unit": unit, "default_words": default_words}
    if not default:
        return Field(description=words, json_schema_extra=extra, **limits)
    if isinstance(default[0], (list, dict)):
        return Field(default_factory=type(default[0]), description=words, json_schema_extra=extra, **limits)
    return Field(default=default[0], description=words, json_schema_extra=extra, **limits)


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,23}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"\S")]
Prose = Annotated[str, StringConstraints(max_length=8000)]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
