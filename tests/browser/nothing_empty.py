"""What stands under each heading of a drawn page: no panel may be empty, no chart without a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.browser.conftest import Visit
from ui.debrief.make import PARTS
from ui.text import words

DEBRIEF_PANELS = tuple(words().t(f"debrief.{part}.heading") for part in ("polls", *PARTS, "calibration"))
UNDER_HEADINGS = """() => {
  const found = [];
  for (const e of document.querySelectorAll('[data-testid=stMain] :is(h1, h2, p, li, td, [data-testid=stVegaLiteChart], [data-testid=stExpander])')) {
    if (!e.getClientRects().length || e.parentElement.closest('[data-testid=stExpander], button')) continue;
    if (e.matches('h1, h2')) found.push({heading: e.textContent.trim(), words: '', blank: 0, folded: 0});
    else if (!found.length) continue;
    else if (e.matches('[data-testid=stExpander]')) found[found.length - 1].folded += 1;
    else if (!e.matches('[data-testid=stVegaLiteChart]')) found[found.length - 1].words += ' ' + e.textContent.trim();
    else if (![...e.querySelectorAll('.role-mark :is(path, text, line)')].some(m => m.getBoundingClientRect().width + m.getBoundingClientRect().height > 1))
      found[found.length - 1].blank += 1;
  }
  return found;
}"""
LEFT_BLANK = re.compile(r"\b(nan|None|undefined|inf)\b|\{\w*\}")


def nothing_empty(tab: Visit, headings: Sequence[str]) -> None:
    """Under each of these headings stand words, no chart is without a mark, and no word is one that a program writes for nothing."""
    found = tab.page.evaluate(UNDER_HEADINGS)
    shown = [part["heading"] for part in found]
    assert [heading for heading in headings if heading not in shown] == []
    for part in found[1:]:  # the first is the page's title
        assert part["folded"] or len(part["words"].split()) >= 4, f"nothing under '{part['heading']}'"
        assert part["blank"] == 0, f"an empty chart under '{part['heading']}'"
        assert LEFT_BLANK.findall(part["words"]) == [], part
