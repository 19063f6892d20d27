"""Announcing something to many: writing it, a preview, and what became of it."""
