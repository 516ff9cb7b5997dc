"""Pages of one candidate and of lists: procedure."""

list_pages: list = []
candidate_pages: list = []
row_pages: list = []
