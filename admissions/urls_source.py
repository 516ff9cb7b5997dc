"""Pages of one candidate and of lists: source."""

list_pages: list = []
candidate_pages: list = []
row_pages: list = []
