"""Last year's season, closed, and this year's, with cells in every state – played through the product's own actions."""


def close_last_season(tree, year, *, by):
    return None


def play_this_season(tree, on, rng, *, by):
    return None
