"""What axe finds serious or critical on a page, and where."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Page

BY_STYLE = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
"""The rules among those that axe runs unasked which hang on colours and measures: what another look can break."""
GRAVE = """async (rules) => {
  const only = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
  const found = await axe.run({ resultTypes: ["violations"], ...only });
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => [one.id, one.nodes[0].html]);
}"""


def grave(page: Page, *, rules: Sequence[str] = ()) -> list[tuple[str, str]]:
    """By the rules that are named, or by all; a page that was gone to without being loaded has axe in it still."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [(rule, where) for rule, where in page.evaluate(GRAVE, list(rules))]
