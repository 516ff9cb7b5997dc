"""Changes of the tree: what a decision asks (`plan`, `verbs`), what stands against it, how it is written and undone."""
