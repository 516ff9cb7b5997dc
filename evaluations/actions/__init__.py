"""Every write of the yearly rating that means something; each is atomic and logged."""
