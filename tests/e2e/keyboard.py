"""A person at keyboard and mouse, every stroke counted, and the model that makes minutes of the counts.

Seconds are those of S. K. Card, T. P. Moran, A. Newell, "The Keystroke-Level Model for User Performance Time with
Interactive Systems", Communications of the ACM 23 (1980), pages 396–410: an average typist, pointing with a mouse.
"""

KEY = 0.28  # K: a key, or the button of the mouse
POINTING = 1.1  # P: to a target on the screen
HOMING = 0.4  # H: the hand from the keyboard to the mouse or back
MENTAL = 1.35  # M: getting ready for what comes next, here reading it from the papers of the meeting


class Keys:
    """Counts keys, clicks, changes between keyboard and mouse, and the things that had to be looked up."""

    def __init__(self, page):
        self.page = page
        self.count = self.clicks = self.changes = self.looked_up = 0
        self.has_mouse = False

    def press(self, key, times=1):
        self._hand(mouse=False)
        for _ in range(times):
            self.page.keyboard.press(key)
        self.count += times * len(key.split("+"))

    def type(self, text):
        self._hand(mouse=False)
        self.page.keyboard.type(text)
        self.count += len(text)

    def look_up(self):
        """Find in the papers what is typed next."""
        self.looked_up += 1

    def click(self, selector):
        self._hand(mouse=True)
        self.page.click(selector)
        self.clicks += 1

    def tab_to(self, selector):
        """Tab until the focus is on what the selector names."""
        for _ in range(80):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    def down(self, texts, *, before=None):
        """Type one text a row and go down a row each time; `before(index)` runs before each."""
        for index, text in enumerate(texts):
            if before:
                before(index)
            if text:
                self.look_up()
                self.type(text)
            self.press("ArrowDown")

    def _hand(self, *, mouse):
        self.changes += mouse != self.has_mouse
        self.has_mouse = mouse

    @property
    def minutes(self):
        """By the keystroke-level model, without any waiting for the machine."""
        strokes = (self.count + self.clicks) * KEY + self.clicks * POINTING + self.changes * HOMING
        return (strokes + self.looked_up * MENTAL) / 60

    def __str__(self):
        return (
            f"{self.count} keys, {self.clicks} clicks, {self.changes} changes to the mouse or back, "
            f"{self.looked_up} things looked up: {self.minutes:.1f} minutes by the keystroke-level model"
        )
