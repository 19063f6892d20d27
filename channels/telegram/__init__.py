"""The Telegram channel, which loses nothing.

An update is confirmed to Telegram only after its turn is committed. An update that cannot be read is set aside alone.
A failed message is judged by one question: can it have arrived (docs/adr/0010)? All calls go through `client.Client`,
and the token stays in there: no error that leaves it carries the address.

aiogram takes three seconds to import, because it makes 400 types. So nothing outside this package imports it, and the
process imports this package in a worker while the page is already served (`bot.beside`).
"""
