"""What every chart hands over: the picture, one sentence that says what it shows, and the numbers as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

import altair as alt
from altair.utils import schemapi

from ui.text import DEFAULT, Words

if TYPE_CHECKING:
    import pandas as pd

schemapi.disable_debug_mode()  # parts are not checked against the schema as they are put together: tests check the whole, and it takes a tenth of the time


@dataclass(frozen=True)
class Chart:
    """A chart with its takeaway sentence and its table.

    `table` has one column per number, named as shown to people (unit included); `digits` says with how many decimals a
    column is shown. `below` is a second panel of the same picture: Vega cannot stretch stacked panels to the page's width.
    """

    chart: alt.TopLevelMixin
    takeaway: str
    table: pd.DataFrame
    digits: Mapping[str, int] = field(default_factory=dict)
    below: alt.TopLevelMixin | None = None

    @cached_property
    def specs(self) -> tuple[dict[str, Any], ...]:
        """The Vega-Lite specification of each panel, made once however often the page is drawn."""
        panels = [self.chart] if self.below is None else [self.chart, self.below]
        return tuple(panel.to_dict(validate=False) for panel in panels)  # tests check them against the schema: that takes longer than drawing

    @cached_property
    def packed(self) -> tuple[dict[str, Any], ...]:
        """The same with the data as Arrow bytes, as they go to a browser: packed once, however many people look at the picture."""
        return tuple({**spec, "datasets": {name: _packed(rows) for name, rows in spec.get("datasets", {}).items()}} for spec in self.specs)

    @cached_property
    def arrow(self) -> Any:
        """The table without its index as an Arrow table, ready to be sent."""
        import pyarrow

        return pyarrow.Table.from_pandas(self.table, preserve_index=False)

    def picture(self) -> Picture:
        """What is needed to show the chart: a tenth of the memory of the whole."""
        return Picture(self.packed, self.takeaway, self.table, self.digits, self.arrow)


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart as it is sent to browsers, for those who keep many. Fields as in `Chart`."""

    packed: tuple[dict[str, Any], ...]
    takeaway: str
    table: pd.DataFrame
    digits: Mapping[str, int]
    arrow: Any


def _rows(data: pd.DataFrame) -> dict[str, Any]:
    """A chart's data frame as rows of plain numbers and words, nothing for what is not a finite number.

    Altair's own way asks pandas for a new frame for every column, which takes longer than all the rest of a small chart.
    """
    columns = [[None if isinstance(one, float) and not isfinite(one) else one for one in data[name].tolist()] for name in data.columns]
    return {"values": [dict(zip(data.columns, row, strict=True)) for row in zip(*columns, strict=True)]}


alt.data_transformers.register("rows", cast(Any, _rows))
alt.data_transformers.enable("rows")


def _packed(rows: Sequence[Mapping[str, Any]]) -> bytes:
    import pandas as pd
    import pyarrow

    table, sink = pyarrow.Table.from_pandas(pd.DataFrame(rows)), pyarrow.BufferOutputStream()
    with pyarrow.RecordBatchStreamWriter(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def in_language(spec: Mapping[str, Any], w: Words) -> dict[str, Any]:
    """A specification whose axes and labels write numbers as the language does: 1,000.5 or 1.000,5."""
    if w.language == DEFAULT:
        return dict(spec)
    marks = w.locale.number_symbols["latn"]
    number = {"decimal": marks["decimal"], "thousands": marks["group"], "grouping": [3], "currency": ["$", ""]}
    return {**spec, "config": {**spec.get("config", {}), "locale": {"number": number}}}
