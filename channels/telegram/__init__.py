"""Telegram, without losing anything.

An update is confirmed to Telegram only after its turn is committed, one that cannot be read is set aside alone, and
what went wrong with a message to a person is told apart by whether it can have arrived (docs/adr/0010). Everything
speaks through `client.Client`, which is also where the token stops: no error that leaves it carries the address.

aiogram takes three seconds to import, nearly all of them its making of 400 types: nothing outside this package imports
it, and the process imports this package in a worker while the page is served already (`bot.beside`).
"""
