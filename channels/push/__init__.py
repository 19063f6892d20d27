"""Knocks at browsers by Web Push (RFC 8030, 8291, 8292): something waits. What it is stays in the chat."""
