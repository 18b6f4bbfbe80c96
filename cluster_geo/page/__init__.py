"""What the map page and the report share: how text enters a page, colours, who vouches for it."""
