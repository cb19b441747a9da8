"""Photos: sent as a device wrote them and cleaned before they are kept; shown as a picture and never as a page.

A photo is sent as the bytes of its file and not as a form: forms of that size are put down on the disk in clear while
they are read. Its name and words are headers, because addresses are written down in many places.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import unquote

from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import HeaderParameter
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE

from wayhome.desk.api import Key
from wayhome.desk.signed import me_of
from wayhome.mission.intents.field import AttachPhoto
from wayhome.usecases.acting import Done
from wayhome.usecases.photos import PhotoFile
from wayhome.usecases.session import Session
from wayhome.values.ids import Id, MissionId

Asked = Request[Any, Any, Any]
TAGS = ["photos"]
MOST_SENT_BYTES = 12 * 1024 * 1024
MOST_HEADER = 8_000
TOO_LARGE = "the photo has more than 12 MB: send it smaller"

KEPT_AWAY = {
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": 'inline; filename="photo.jpg"',
    "cross-origin-resource-policy": "same-origin",
}
"""Whatever its bytes say, it is a picture: nothing in it is run, and no other site shows it."""

Words = Annotated[
    str,
    HeaderParameter(
        name="photo-words",
        required=False,
        max_length=MOST_HEADER,
        description="What it shows, percent-encoded as in an address (UTF-8).",
    ),
]
Name = Annotated[
    str | None,
    HeaderParameter(
        name="photo-name", required=False, max_length=MOST_HEADER, description="The file's name, percent-encoded."
    ),
]
About = Annotated[
    str | None,
    HeaderParameter(name="photo-about", required=False, max_length=64, description="The id of a clue it is of."),
]


class _SentAsItIs(Operation):
    """Says in the API's document that the body is the file itself."""

    def __post_init__(self) -> None:
        file = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        kinds = ("image/jpeg", "image/png", "image/webp")
        self.request_body = RequestBody(content={kind: OpenAPIMediaType(schema=file) for kind in kinds}, required=True)


@post(
    "/api/missions/{mission:str}/photos", tags=TAGS, summary="Send a photo", status_code=201,
    request_max_body_size=MOST_SENT_BYTES, operation_class=_SentAsItIs,
)  # fmt: skip
async def send_photo(
    request: Asked, mission: str, words: Words = "", name: Name = None, about: About = None, key: Key = None
) -> Done:
    """The bytes of a JPEG, PNG or WebP, of at most 12 MB. Only its picture is kept, and no place, time or device."""
    me = await sync_to_thread(_sender, request, MissionId(mission))
    try:
        sent = await request.body()
    except HTTPException as error:
        if error.status_code != HTTP_413_REQUEST_ENTITY_TOO_LARGE:
            raise
        raise HTTPException(TOO_LARGE, status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE) from error
    said = (unquote(name or ""), unquote(words), Id(about) if about else None)
    return await sync_to_thread(_attach, me, MissionId(mission), sent, said, key)


def _sender(request: Asked, mission: MissionId) -> Session:
    """Whoever sends it. Raises before anything of the file is read where they are nobody, or see no such mission."""
    me = me_of(request)
    me.read("mission", mission=mission)
    return me


def _attach(me: Session, mission: MissionId, sent: bytes, said: tuple[str, str, Id | None], key: str | None) -> Done:
    from wayhome.links.uploads import clean_photo, plain_name  # the decoders take their time to load

    name, words, about = said
    clean = clean_photo(sent)
    intent = AttachPhoto(mission=mission, name=plain_name(name), words=words, body=clean.body, about=about)
    return me.do(intent, key=key)


@get(
    "/api/missions/{mission:str}/photos/{photo:str}", sync_to_thread=True, tags=TAGS, summary="One photo",
    media_type="image/jpeg", responses={200: ResponseSpec(bytes, media_type="image/jpeg", description="The photo")},
)  # fmt: skip
def photo(request: Asked, mission: str, photo: str) -> Response[bytes]:
    """As `ID.jpg`. One that is hidden, was withdrawn or never was is answered in the same way."""
    asked = Id(photo.removesuffix(".jpg"))
    found: PhotoFile = me_of(request).read("photo", mission=MissionId(mission), photo=asked).value
    return Response(found.body, media_type="image/jpeg", headers=KEPT_AWAY)


HANDLERS = (send_photo, photo)
"""The addresses of photos."""
