"""What the accessibility checker of the browsers finds on a page."""

from pathlib import Path

SCRIPT = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}


def axe_faults(page):
    """One line for each rule that the page as it stands breaks."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT)
    result = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [f"{fault['id']} {fault['nodes'][0]['html'][:120]}" for fault in result["violations"]]
