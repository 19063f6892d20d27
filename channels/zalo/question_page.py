"""Shows one question of one interview in the browser, for what Zalo cannot carry: files, positions, sharp photos.

The link is the permission: it opens this question and nothing else of the person, without login, for half an hour or
until the question is answered. Looking changes nothing. An answer given here is taken as if it had come through Zalo,
where the conversation goes on.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from aiohttp import web

from channels.web.chat import read_id, read_message
from channels.web.pages import notice, page
from channels.web.places import to_the_end
from channels.web.ports import PORTS, Ports
from channels.web.refusals import RequestRefused
from channels.web.uploads import Upload, drop_unwanted, keep, received
from channels.web.wording import language_of_request
from channels.zalo import CHANNEL
from channels.zalo.limits import LINK_WORDS, QUESTION_LINK_LIFE, UPLOAD_BYTES
from channels.zalo.open_question import Answering, answering
from channels.zalo.signing import Signer
from locales import texts
from messages import Content, Incoming, Wanted, Wants
from storage.files.media import KeptFile

PATH = "/q/{token}"
_FORM_BYTES = UPLOAD_BYTES + (1 << 16)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The question that a link opens: the kind of answer wanted, and who answers."""

    wants: Wants
    who: Answering


class QuestionPage:
    """Makes the links and serves them; its routes belong to the web channel's application."""

    def __init__(self, secret: bytes, public_url: str) -> None:
        self._signer = Signer(secret, "zalo wants")
        self._public_url = public_url.rstrip("/")

    def link(self, account_id: int, wants: Wants, now: datetime) -> str:
        """Make the link to a question that an account is asked. Its words travel along, so opening it needs no form."""
        words = (wants.label[:LINK_WORDS], wants.hint[:LINK_WORDS])
        opens = (account_id, wants.what, wants.interview, wants.question, *words)
        return self._public_url + PATH.format(token=self._signer.sign(opens, now, QUESTION_LINK_LIFE))

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH, self.show), web.post(PATH, self.answer)]

    async def show(self, request: web.Request) -> web.Response:
        """GET: the question, with a way to answer it."""
        question = await self._open(request)
        if question is None:
            return _over(request)
        say = texts(question.who.language)
        is_place, is_photo = question.wants.what is Wanted.POSITION, question.wants.what is Wanted.PHOTO
        values = {
            "title": question.wants.label,
            "hint": question.wants.hint,
            "id": uuid4().hex,
            "kind": "photo" if is_photo else "file",
            "accept": "image/*" if is_photo else "",
            "choose": say("Choose a photo") if is_photo else say("Choose a file"),
            "button": say("Send my position") if is_place else say("Send"),
            "failed": say("The position cannot be read. Please allow it in the browser, or write the place in Zalo."),
            "promise": say("What you send here goes into your report in Zalo."),
        }
        return page(request, "question_place" if is_place else "question_file", say, values)

    async def answer(self, request: web.Request) -> web.Response:
        """POST: the answer; it is handed over like a message of the Zalo chat."""
        question = await self._open(request)
        if question is None:
            return _over(request)
        if (request.content_length or 0) > _FORM_BYTES:
            raise RequestRefused(413, "file_too_big", {"size": _FORM_BYTES >> 20, "limit": UPLOAD_BYTES >> 20})
        async with received(request, question.who.person_id) as upload:
            await to_the_end(_take(request, question, upload))
        say = texts(question.who.language)
        return notice(
            request, say, say("Thank you, it has arrived"), say("Please go back to Zalo: the report goes on there.")
        )

    async def _open(self, request: web.Request) -> OpenQuestion | None:
        """Find the question that the link opens, if it is still asked."""
        ports = request.app[PORTS]
        opens = self._signer.read(request.match_info["token"], ports.now())
        if opens is None:
            return None
        account_id, what, interview, path, label, hint = opens
        wants = Wants(Wanted(str(what)), int(interview), str(path), str(label), str(hint))
        who = await ports.database.aread(lambda db: answering(db, int(account_id), wants.interview, wants.question))
        return OpenQuestion(wants, who) if who else None


async def _take(request: web.Request, question: OpenQuestion, upload: Upload) -> None:
    """Hand the answer over. A file that is no longer wanted as an answer is deleted."""
    ports = request.app[PORTS]
    message_id, content, kept = await _content(ports, question, upload)
    await ports.submit(Incoming(CHANNEL, question.who.bot, question.who.address, f"browser:{message_id}", content))
    if kept is not None:
        await drop_unwanted(ports, kept)


async def _content(ports: Ports, question: OpenQuestion, upload: Upload) -> tuple[str, Content, KeptFile | None]:
    try:
        if question.wants.what is Wanted.POSITION:
            place = [upload.fields.get("latitude"), upload.fields.get("longitude")]
            return *read_message({"id": upload.fields.get("id"), "location": place}), None
        message_id = read_id(upload.fields.get("id"))
    except (ValueError, TypeError) as error:
        raise RequestRefused(400, "not_understood") from error
    upload.check()
    return message_id, *await keep(ports, upload, question.who.person_id)


def _over(request: web.Request) -> web.Response:
    say = texts(language_of_request(request))
    text = say("The question has been answered or the link is older than 30 minutes. Please go back to Zalo.")
    return notice(request, say, say("This link is over"), text, 410)
