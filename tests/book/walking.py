"""Walking through a page by the Tab key alone, as someone without a mouse does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.book.browsing import wait_until_whole

if TYPE_CHECKING:
    from tests.book.browsing import Visit

CONTROLS = "a[href], button, input, select, summary, [tabindex='0']"
REACHABLE = """selector => [...document.querySelectorAll(selector)]
  .map((node, index) => node.checkVisibility() && node.tabIndex >= 0 ? index : -1)
  .filter(index => index >= 0)"""
#: Which control has the focus, and what keeps a reader from seeing that it has
#: (WCAG 2.2, 2.4.7 and 2.4.11).
FOCUSED = """selector => {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  const { left, top, width, height } = node.getClientRects()[0];
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  const faults = [];
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) faults.push("no outline");
  if (!over) faults.push("off the screen");
  else if (over.closest(".book-bar") && !node.closest(".book-bar")) faults.push("under the bar");
  const index = [...document.querySelectorAll(selector)].indexOf(node);
  return { index, faults: faults.map(fault => `${fault}: ${node.outerHTML.slice(0, 100)}`) };
}"""


def walk(visit: Visit, most: int) -> tuple[list[int], list[int], list[str]]:
    """Press Tab once for each control of the open page, for *most* of them at most.

    Return the controls that must be reached in the order of reading, those that were reached,
    and where the focus could not be seen.
    """
    # A table that is wider than its place can be reached once it is laid out.
    wait_until_whole(visit.page)
    wanted = visit.page.evaluate(REACHABLE, CONTROLS)[:most]
    reached, faults = [], []
    for _ in wanted:
        visit.page.keyboard.press("Tab")
        state = visit.page.evaluate(FOCUSED, CONTROLS)
        reached.append(state["index"])
        faults += state["faults"]
    return wanted, reached, faults
