"""What each method does to the world, by its name in lower case. What is not here, the bot does not use."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from tests.fakes.telegram import rules
from tests.fakes.telegram.refusals import Refusal, bad
from tests.fakes.telegram.rich import rich
from tests.fakes.telegram.world import Chat, World

Params: TypeAlias = dict[str, Any]
PRESS_SECONDS = 15.0
"""After this a press can no longer be answered."""


def get_me(world: World, _params: Params) -> Any:
    return world.me()


def send_message(world: World, params: Params) -> Any:
    content = rules.formatted(params, "text", rules.MAX_TEXT, required=True) | rules.keyboard(params)
    return _post(world, params, content)


def send_rich_message(world: World, params: Params) -> Any:
    if not world.knows_rich:
        raise Refusal(404, "Not Found: method not found")
    return _post(world, params, rich(params.get("rich_message")) | rules.keyboard(params))


def _post(world: World, params: Params, content: Params) -> Any:
    chat = world.chat_for_sending(params.get("chat_id"))
    world.rates.spend(chat.id)
    return world.post(chat, world.me(), content)


def send_photo(world: World, params: Params) -> Any:
    caption = rules.formatted(params, "caption", rules.MAX_CAPTION, required=False)
    world.chat_for_sending(params.get("chat_id"))
    return _post(world, params, _photo(world, params.get("photo")) | caption | rules.keyboard(params))


def send_document(world: World, params: Params) -> Any:
    caption = rules.formatted(params, "caption", rules.MAX_CAPTION, required=False)
    world.chat_for_sending(params.get("chat_id"))
    document = _document(world, params.get("document"), params.get("filename", ""))
    return _post(world, params, document | caption | rules.keyboard(params))


def send_media_group(world: World, params: Params) -> Any:
    """All of an album or nothing. A keyboard is taken without a word and shown to nobody.

    The answer lists the messages as they were confirmed; nobody promises that to be their order: here it is not.
    """
    chat = world.chat_for_sending(params.get("chat_id"))
    contents = [_item(world, number, item) for number, item in enumerate(rules.album(params.get("media")), 1)]
    world.rates.spend(chat.id, len(contents))
    album = {"media_group_id": str(next(world.albums))}
    return [world.post(chat, world.me(), content | album) for content in contents][::-1]


def _item(world: World, number: int, item: Params) -> Params:
    caption = rules.formatted(item, "caption", rules.MAX_CAPTION, required=False)
    try:
        content = _photo(world, item["media"]) if item["type"] == "photo" else _document(world, item["media"], "")
    except Refusal as refusal:
        reason = refusal.description.removeprefix("Bad Request: ")
        raise bad(f'failed to send message #{number} with the error message "{reason}"') from refusal
    return content | caption


def _photo(world: World, given: Any) -> Params:
    file_id = _file(world, given, "photo")
    return {"photo": [{"file_id": file_id, "file_unique_id": file_id[-8:], "width": 800, "height": 600}]}


def _document(world: World, given: Any, name: str) -> Params:
    file_id = _file(world, given, "document")
    return {"document": {"file_id": file_id, "file_unique_id": file_id[-8:], "file_name": name}}


def _file(world: World, given: Any, kind: str) -> str:
    if isinstance(given, bytes):
        rules.upload(given, kind)
        return world.store(given, uploaded=True)
    if given in world.files:
        return str(given)
    raise bad("wrong file identifier/HTTP URL specified")


def send_chat_action(world: World, params: Params) -> Any:
    world.chat_for_sending(params.get("chat_id")).actions.append(params["action"])
    return True


def edit_message_text(world: World, params: Params) -> Any:
    content = rules.formatted(params, "text", rules.MAX_TEXT, required=True) | rules.keyboard(params)
    return _edit(world, params, content, ("text", "entities", "reply_markup"))


def edit_message_caption(world: World, params: Params) -> Any:
    content = rules.formatted(params, "caption", rules.MAX_CAPTION, required=False) | rules.keyboard(params)
    return _edit(world, params, content, ("caption", "caption_entities", "reply_markup"))


def edit_message_reply_markup(world: World, params: Params) -> Any:
    return _edit(world, params, rules.keyboard(params), ("reply_markup",))


def _edit(world: World, params: Params, content: Params, fields: tuple[str, ...]) -> Any:
    chat = world.chat_for_sending(params.get("chat_id"))
    message = chat.messages.get(int(params.get("message_id", 0)))
    if message is None:
        raise bad("message to edit not found")
    if not message["from"]["is_bot"]:
        raise bad("message can't be edited")
    if "rich_message" in message and fields != ("reply_markup",):
        raise bad("there is no text in the message to edit")
    if all(message.get(field) == content.get(field) for field in fields):
        raise bad("message is not modified: specified new message content and reply markup are exactly the same")
    for field in fields:
        message.pop(field, None)
    message |= content | {"edit_date": int(world.now())}
    return message


def answer_callback_query(world: World, params: Params) -> Any:
    press = world.presses.get(params.get("callback_query_id", ""))
    if press is None or press.answer is not None or world.now() - press.at > PRESS_SECONDS:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(params.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    press.answer = params
    return True


def get_file(world: World, params: Params) -> Any:
    file_id = params.get("file_id", "")
    if file_id not in world.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    size = len(world.files[file_id])
    if size > rules.MAX_DOWNLOAD:
        raise bad("file is too big")
    return {"file_id": file_id, "file_unique_id": file_id[-8:], "file_size": size, "file_path": f"files/{file_id}"}


def set_my_commands(world: World, params: Params) -> Any:
    rules.commands(params.get("commands") or [])
    world.menus[_scope(world, params)] = params["commands"]
    return True


def get_my_commands(world: World, params: Params) -> Any:
    return world.menus.get(_scope(world, params), [])


def _scope(world: World, params: Params) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    if scope["type"] == "chat":
        _known(world, scope["chat_id"])
        return f"chat {scope['chat_id']}", params.get("language_code", "")
    return scope["type"], params.get("language_code", "")


def _known(world: World, chat_id: Any) -> Chat:
    chat = world.chats.get(int(chat_id))
    if chat is None:
        raise bad("chat not found")
    return chat


def _setter(name: str, limit: int) -> Callable[[World, Params], Any]:
    def change(world: World, params: Params) -> Any:
        text = params.get(name, "")
        if len(text) > limit:
            raise Refusal(400, "Bad Request: description is too long")
        world.texts[name, params.get("language_code", "")] = text
        return True

    return change


def _getter(name: str) -> Callable[[World, Params], Any]:
    def read(world: World, params: Params) -> Any:
        return {name: world.texts.get((name, params.get("language_code", "")), "")}

    return read


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendrichmessage": send_rich_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendmediagroup": send_media_group,
    "sendchataction": send_chat_action,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "setmydescription": _setter("description", 512),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description", 120),
    "getmyshortdescription": _getter("short_description"),
}
