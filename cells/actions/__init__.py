"""Every write of the organisation side that means something; each is atomic and logged."""
