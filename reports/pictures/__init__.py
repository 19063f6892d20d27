"""Pictures as recipes: an outbox row carries them, and they are rendered after the commit from the text's own figures.

A recipe is JSON and holds everything its renderer (`reports.drawing`) needs, so that equal recipes are one picture,
rendered once.
"""
