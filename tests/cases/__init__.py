"""Conversations that go alike on every channel, and the people who hold them there."""
