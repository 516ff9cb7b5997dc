"""The rules of admission and recognition: pure functions over typed rule sets."""
