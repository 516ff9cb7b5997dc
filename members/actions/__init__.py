"""Every write about people that means something; each is atomic and logged."""
