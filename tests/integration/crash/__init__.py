"""The real process, killed again and again while people report."""
