"""One question of one interview in the browser, for what Zalo cannot carry: files, positions, sharp photos.

The link is the permission: it opens this question and nothing else of the person, without login, for half an hour or
until the question is answered. Looking changes nothing. What is answered here is taken as if it had come through Zalo,
where the talk goes on.
"""

from datetime import datetime
from uuid import uuid4

from aiohttp import web

from channels.web.chat import read_id, read_message
from channels.web.pages import notice, page
from channels.web.places import to_the_end
from channels.web.ports import PORTS, Ports
from channels.web.refusals import Refusal
from channels.web.uploads import Upload, drop_unwanted, keep, received
from channels.web.wording import language_of_request
from channels.zalo import CHANNEL
from channels.zalo.limits import QUESTION_LINK_LIFE, UPLOAD_BYTES
from channels.zalo.open_question import OpenQuestion, of_account
from channels.zalo.signing import Signer
from handlers.context import Forms
from interview.steps import Kind
from locales import texts
from messages import Content, Incoming
from storage.files.media import Kept

PATH = "/q/{token}"
_FORM_BYTES = UPLOAD_BYTES + (1 << 16)


class QuestionPage:
    """Makes the links and serves them; its routes belong to the web channel's application."""

    def __init__(self, secret: bytes, public_url: str, forms: Forms) -> None:
        self._signer = Signer(secret, "zalo question")
        self._public_url = public_url.rstrip("/")
        self._forms = forms

    def link(self, question: OpenQuestion, now: datetime) -> str:
        """The link to a question that is open now."""
        opens = (question.account_id, question.interview_id, question.path)
        return self._public_url + PATH.format(token=self._signer.sign(opens, now, QUESTION_LINK_LIFE))

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH, self.show), web.post(PATH, self.answer)]

    async def show(self, request: web.Request) -> web.Response:
        """GET: the question, with a way to answer it."""
        question = await self._open(request)
        if question is None:
            return _over(request)
        say = texts(question.language)
        is_place = question.kind is Kind.GEOPOINT
        values = {
            "title": question.label,
            "hint": question.hint,
            "id": uuid4().hex,
            "kind": "photo" if question.kind is Kind.IMAGE else "file",
            "accept": "image/*" if question.kind is Kind.IMAGE else "",
            "choose": say("Choose a photo") if question.kind is Kind.IMAGE else say("Choose a file"),
            "button": say("Send my position") if is_place else say("Send"),
            "failed": say("The position cannot be read. Please allow it in the browser, or write the place in Zalo."),
            "promise": say("What you send here goes into your report in Zalo."),
        }
        return page(request, "question_place" if is_place else "question_file", say, values)

    async def answer(self, request: web.Request) -> web.Response:
        """POST: the answer, handed over like a message of the Zalo chat."""
        question = await self._open(request)
        if question is None:
            return _over(request)
        if (request.content_length or 0) > _FORM_BYTES:
            raise Refusal(413, "file_too_big", {"size": _FORM_BYTES >> 20, "limit": UPLOAD_BYTES >> 20})
        async with received(request, question.person_id) as upload:
            await to_the_end(_take(request, question, upload))
        say = texts(question.language)
        return notice(
            request, say, say("Thank you, it has arrived"), say("Please go back to Zalo: the report goes on there.")
        )

    async def _open(self, request: web.Request) -> OpenQuestion | None:
        """What the link opens, if that is still what is asked."""
        ports = request.app[PORTS]
        now = ports.now()
        opens = self._signer.read(request.match_info["token"], now)
        if opens is None:
            return None
        account_id, interview_id, path = opens
        found = await ports.database.aread(lambda db: of_account(db, self._forms, int(account_id), now))
        if found is None or (found.interview_id, found.path) != (interview_id, path):
            return None
        return found


async def _take(request: web.Request, question: OpenQuestion, upload: Upload) -> None:
    """Hand the answer over; of a file that is no answer any more nothing is kept."""
    ports = request.app[PORTS]
    message_id, content, kept = await _content(ports, question, upload)
    await ports.submit(Incoming(CHANNEL, question.bot, question.address, f"browser:{message_id}", content))
    if kept is not None:
        await drop_unwanted(ports, kept)


async def _content(ports: Ports, question: OpenQuestion, upload: Upload) -> tuple[str, Content, Kept | None]:
    try:
        if question.kind is Kind.GEOPOINT:
            place = [upload.fields.get("latitude"), upload.fields.get("longitude")]
            return *read_message({"id": upload.fields.get("id"), "location": place}), None
        message_id = read_id(upload.fields.get("id"))
    except (ValueError, TypeError) as error:
        raise Refusal(400, "not_understood") from error
    upload.check()
    return message_id, *await keep(ports, upload, question.person_id)


def _over(request: web.Request) -> web.Response:
    say = texts(language_of_request(request))
    text = say("The question has been answered or the link is older than 30 minutes. Please go back to Zalo.")
    return notice(request, say, say("This link is over"), text, 410)
