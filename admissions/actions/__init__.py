"""Every write about admission that means something."""
