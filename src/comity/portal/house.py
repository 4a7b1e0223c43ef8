"""What is one portal's own, and how the application, which is the same for all, comes to it: with each request."""

from collections.abc import MutableMapping
from datetime import date
from typing import Any, cast

from jinja2 import Environment
from litestar import Request
from msgspec import Struct

from comity.portal.accounts import Door
from comity.portal.desk import Desk
from comity.portal.guard import App, Receive, Send, scope_of
from comity.portal.intake import Intake
from comity.portal.settings import Settings
from comity.portal.visit import Visit
from comity.records import LanguageCode

HOUSE = "comity.house"
"""The key of the scope under which the application finds the portal that it answers for."""


class House(Struct, frozen=True, kw_only=True):
    """A portal's things."""

    desk: Desk
    door: Door
    intake: Intake
    environment: Environment
    settings: Settings

    def visit(self, request: Request[Any, Any, Any], language: LanguageCode, as_of: date | None) -> Visit:
        return Visit(self.desk, self.environment, language, request, self.settings, as_of)


class Inside:
    """The application as one portal's: it says with each request whose it is. When the server starts, the desk begins its work."""

    def __init__(self, app: App, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            self._house.desk.begin()
        scope[HOUSE] = self._house
        await self._app(scope, receive, send)


def house_of(request: Request[Any, Any, Any]) -> House:
    return cast("House", scope_of(request)[HOUSE])
