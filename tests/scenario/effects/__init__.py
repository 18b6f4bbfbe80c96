"""What each setting of a scenario does, measured: one small function for every key there is."""
