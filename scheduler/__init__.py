"""Reminders and delivery: what falls due, who hears of it in one digest a day, and how it goes out once.

`tick` works out what is due (its arithmetic is in `occurrences`, what each reminder looks at and says in `topics`),
`digest` composes a person's day, `delivery` sends whatever the outbox holds, `clockwork` wakes the tick.
"""
