"""What the pages' scripts do where a browser is of no help: odd storage, an address that ended, a page that is kept."""

from pathlib import Path

from tests.channels.web.scripts import module, run, worker

STORAGE = """
globalThis.location = { pathname: "/c/hoa/" };
globalThis.localStorage = %s;
const own = await import("./own.js");
await own.loaded;
tell(own.all().map(({ id }) => id));
"""
HAS = """Object.defineProperties({ "own:/c/hoa/1": '{"id": "a"', "own:/c/hoa/2": "null",
  "own:/c/hoa/3": '{"id": "b", "seq": 1}', other: "{}" }, {
  getItem: { value(key) { return this[key]; } }, removeItem: { value(key) { delete this[key]; } } })"""
FORBIDDEN = "new Proxy({}, { ownKeys() { throw new Error('SecurityError'); } })"


def own_messages(folder: Path, storage: str) -> list[str]:
    kept = "export const list = async () => []; export const put = async () => {}; export const remove = put;"
    module(folder, "own", database=kept, blobs="export const forget = () => {};")
    found: list[str] = run(folder, STORAGE % storage)
    return found


def test_the_page_begins_whatever_an_earlier_version_left_behind(tmp_path: Path) -> None:
    assert own_messages(tmp_path, HAS) == ["b"]


def test_the_page_begins_where_the_browser_forbids_storage(tmp_path: Path) -> None:
    assert own_messages(tmp_path, FORBIDDEN) == []


CHANGED = """
await hears("pushsubscriptionchange", { newSubscription: %s });
tell([asked, stores.reminded]);
"""


def test_an_address_that_the_browser_ended_is_replaced_in_every_chat_reminded_there(tmp_path: Path) -> None:
    before = {"/c/hoa/": "old", "/c/lan/": "old"}
    asked, noted = worker(tmp_path, CHANGED % "null", reminded=before, pages=[])
    said = {"endpoint": "new by key", "replaces": "old"}
    assert [call for call in asked if call[0] == "POST"] == [["POST", f"{chat}push", said] for chat in before]
    assert noted == dict.fromkeys(before, "new by key")


def test_the_address_that_the_browser_gives_instead_is_taken(tmp_path: Path) -> None:
    asked, noted = worker(tmp_path, CHANGED % "given('its own')", reminded={"/c/hoa/": "old"}, pages=[])
    assert asked[-1] == ["POST", "/c/hoa/push", {"endpoint": "its own", "replaces": "old"}]
    assert noted == {"/c/hoa/": "its own"}


def test_what_cannot_be_told_of_a_new_address_is_left_to_the_page(tmp_path: Path) -> None:
    fails = '(path, method) => method === "GET" || path === "/c/lan/push" ? fine : { ok: false }'
    _, noted = worker(tmp_path, CHANGED % "null", reminded={"/c/hoa/": "old", "/c/lan/": "old"}, pages=[], answer=fails)
    assert noted == {"/c/hoa/": "old", "/c/lan/": "new by key"}


KEEPS = """
await hears("message", { data: { keep: "/c/hoa/" } });
tell(asked);
"""


def test_a_page_that_is_kept_is_not_fetched_again_just_to_be_kept(tmp_path: Path) -> None:
    assert worker(tmp_path, KEEPS, reminded={}, pages=["/c/hoa/"]) == []
    ours = "async () => ({ ...fine, clone: () => fine })"
    assert worker(tmp_path, KEEPS, reminded={}, pages=["/c/lan/"], answer=ours) == [["GET", "/c/hoa/"]]


PRESENT = """
const { present } = await import("./present.js");
const at = (row, more) => ({ place: [row, 0, 0], hasChoices: true, isQuestion: false, ...more });
const rows = (items) => present(items).map(({ place }) => place[0]);
const asks = (row, turn) => at(row, { turn, isQuestion: true });
const says = (row, more) => ({ place: [row, 1, 9], isOwn: true, ...more });
tell([
  rows([asks(1, 5), asks(2, 6)]),
  rows([asks(1, 5), at(2, { turn: 6, hasChoices: false })]),
  rows([asks(1, 5), at(2, {})]),
  rows([asks(1, 5), at(2, { turn: 5 })]),
  rows([asks(1, 5), at(2, { turn: 6 }), at(3, { turn: 5 })]),
  rows([asks(1, 5), says(1, {})]),
  rows([asks(1, 5), says(1, { isRefused: true })]),
]);
"""


def test_what_was_answered_in_another_browser_is_no_longer_to_be_pressed(tmp_path: Path) -> None:
    """Rows of: the next question; an answer without buttons; a reminder in between; two messages of one turn; a file
    that an earlier turn asked for; what was written here; what was refused."""
    module(tmp_path, "present")
    assert run(tmp_path, PRESENT) == [[2, 2], [], [2, 1], [2, 1], [3], [], [1, 1]]
