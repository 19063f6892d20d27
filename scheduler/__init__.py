"""Reminders and delivery: works out what falls due, tells each person in one digest a day, sends every message once.

`tick` works out what is due (its arithmetic is in `occurrences`, what each reminder looks at and says in `topics`),
`digest` composes a person's day, `delivery` sends whatever the outbox holds, `clockwork` wakes the tick.
"""
