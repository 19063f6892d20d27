"""What people write to the bot, and what it should make of it."""
