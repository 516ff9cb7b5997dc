"""Pages of one candidate and of lists: papers."""

list_pages: list = []
candidate_pages: list = []
row_pages: list = []
