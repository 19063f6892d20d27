"""Telegram, without losing anything.

An update is confirmed to Telegram only after its turn is committed, one that cannot be read is set aside alone, and
what went wrong with a message to a person is told apart by whether it can have arrived (docs/adr/0010). Everything
speaks through `client.Client`, which is also where the token stops: no error that leaves it carries the address.

aiogram takes three seconds to import: nothing outside this package imports it, and this package only where the
channel is started.
"""
