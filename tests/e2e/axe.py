"""What the accessibility checker of the browsers finds on a page; the page's context must bypass its content policy."""

from pathlib import Path

SCRIPT = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def axe_faults(page):
    """One line for each rule that the page as it stands breaks."""
    page.evaluate(SCRIPT)
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{fault['id']} {fault['nodes'][0]['html'][:120]}" for fault in result["violations"]]
