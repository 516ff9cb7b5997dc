"""The first page after sign-in: what waits for the person, what waits for others, and four figures."""
