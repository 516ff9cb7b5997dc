"""The people of a story, each with a browser of his own."""

from tests.e2e.site import sign_in


class People:
    """Each person signed in when he is first asked for."""

    def __init__(self, browser, site):
        self.browser, self.site = browser, site

    def __getattr__(self, username):
        page = self.browser.new_context().new_page()
        sign_in(page, self.site, username)
        setattr(self, username, page)
        return page
