"""The Telegram channel against a server that keeps Telegram's rules."""
