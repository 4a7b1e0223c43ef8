"""Feeds and sitemaps, round after round: what is new in them to Documents. Asks politely: only what changed, slowly, and less after errors.

What was taken is noted only when the caller comes back for more, so that a stop at any moment loses nothing and repeats little.
"""

import time
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from comity.errors import BadInputError
from comity.intake.assemble import document_of
from comity.intake.documents import Unreadable
from comity.intake.known import Given, Known
from comity.intake.texts import web_text
from comity.intake.web.address import FetchError, Hosts, host_of, target_of
from comity.intake.web.feed import Entry, Feed, feed_of
from comity.intake.web.fetch import LONGEST_WAIT, Answer, fetch, fetched, retry_after, said
from comity.intake.web.page import document_of_answer
from comity.intake.web.robots import Robots
from comity.intake.web.states import DONE, State, States
from comity.records import DateSource, Document
from comity.settings import limit_of

OK, NOT_MODIFIED = 200, 304
DAY = 86_400.0
TRIES = 3
"""A page that failed in so many rounds is given up."""
FAILED_IN_A_ROW = 5
"""After so many pages that could not be fetched the round ends: their server is in trouble."""
MAPS_DEEP = 2
FIRST_PAUSE = 900.0
"""After the first error a feed is left alone for a quarter of an hour, then twice as long each time, up to a day."""


class Remark(Struct, frozen=True):
    """What the person who watches should know, though nothing is wrong."""

    sentence: str


Seen = Document | Unreadable | Remark


class Watcher:
    """Looks at feeds for one register."""

    def __init__(
        self,
        states: States,
        hosts: Hosts,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._states = states
        self._hosts = hosts
        self._clock = clock
        self._sleep = sleep
        self._robots = Robots(hosts)
        self._asked: dict[str, float] = {}
        self._pages = 0
        self._maps = 0
        self._closed = 0
        self._failed = 0

    def round(self, feed: str) -> Iterator[Seen]:
        """What is new in the feed since the last round, or since ever."""
        self._pages = limit_of("COMITY_FEED_PAGES")
        self._maps = limit_of("COMITY_FEED_MAPS")
        self._robots = Robots(self._hosts)
        yield from self._looked_at(feed, MAPS_DEEP)

    def _looked_at(self, feed: str, deep: int) -> Iterator[Seen]:
        state = self._states.load(feed)
        left = state.not_before - self._clock()
        if 0 < left <= LONGEST_WAIT:  # more than that is a clock that went back
            yield Remark(f"{feed}: is left alone for {_minutes(left)} more, after errors.")
            return
        try:
            answer = self._feed_answer(state)
            content = None if answer is None else feed_of(answer.content, answer.address, answer.headers.get("content-type", ""))
        except BadInputError as error:
            self._note_failure(state, error.retry_after if isinstance(error, FetchError) else 0.0)
            yield Unreadable(feed, str(error))
            return
        if answer is None or content is None:
            return
        if answer.moved:
            yield Remark(f"{feed}: has moved to {answer.moved} for good; watch that address from now on.")
        state.failures, state.not_before = 0, 0.0
        yield from self._entries(state, content, answer)
        for address, changed in content.maps if deep else ():
            self._maps -= 1
            if self._maps < 0 or self._pages <= 0:
                break
            if state.seen.get(f"{address} {changed}") == DONE and changed:
                continue
            yield from self._looked_at(address, deep - 1)
            below = self._states.load(address)
            if not below.failures and not below.is_unfinished:
                state.seen[f"{address} {changed}"] = DONE
                self._states.save(state)

    def _feed_answer(self, state: State) -> Answer | None:
        """The feed, None where it has not changed. Raises BadInputError."""
        feed = state.feed
        target_of(feed, self._hosts)
        if not self._robots.allows(feed):
            raise FetchError(f"{feed}: the host's robots.txt does not let programs fetch it; ask its publisher, or name another feed.")
        known = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
        self._wait(feed)
        answer = fetch(feed, self._hosts, {name: value for name, value in known.items() if value})
        if answer.status == NOT_MODIFIED:
            state.failures, state.not_before = 0, 0.0
            self._states.save(state)
            return None
        if answer.status != OK:
            raise FetchError(f"{feed}: {said(answer.status)}; it will be asked again later.", retry_after=retry_after(answer))
        return answer

    def _entries(self, state: State, content: Feed, answer: Answer) -> Iterator[Seen]:
        new = [entry for entry in content.entries if state.seen.get(entry.key) != DONE]
        state.seen = {key: state.seen[key] for key in _keys(content) if key in state.seen}
        elsewhere: dict[str, int] = {}
        self._closed = self._failed = waiting = 0
        for entry in new:
            host = host_of(entry.address)
            if host and not self._hosts.allows(host):
                elsewhere[host] = elsewhere.get(host, 0) + 1
            elif self._pages <= 0:
                waiting += 1
            else:
                yield from self._page(state, entry, content.title)
        state.is_unfinished = bool(waiting or any(tries != DONE for tries in state.seen.values()))
        # Asked again without conditions as long as something is left of it, for "not modified" would hide that.
        is_left = state.is_unfinished or elsewhere or content.maps
        state.etag, state.modified = ("", "") if is_left else (answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
        self._states.save(state)
        for host, count in elsewhere.items():
            yield Remark(f"{state.feed}: {_pages(count)} on {host}, which may not be asked; allow it with --allow {host}.")
        if self._closed:
            yield Remark(f"{state.feed}: {_pages(self._closed)} where robots.txt does not let programs in; they are left out.")
        if waiting:
            yield Remark(f"{state.feed}: {waiting} more wait for the next round.")

    def _page(self, state: State, entry: Entry, feed_title: str | None) -> Iterator[Seen]:
        self._pages -= 1
        address = entry.address
        around = Known(
            title=entry.title,
            publisher=feed_title,
            published=entry.published,
            published_from=DateSource.FEED,
            source=address or None,
        )
        try:
            if address:
                target_of(address, self._hosts)
                if not self._robots.allows(address):
                    self._closed += 1
                    return
                self._wait(address)
                yield document_of_answer(fetched(address, self._hosts), given=Given(), around=around)
            else:
                found = web_text(f"<html><body><article>{entry.html}</article></body></html>", f"{state.feed}#{entry.key}")
                yield document_of(found, name=f"{state.feed}#{entry.key}", given=Given(), around=around)
            state.seen[entry.key] = DONE
            self._failed = 0
        except FetchError as error:
            self._failed += 1
            if error.retry_after or self._failed >= FAILED_IN_A_ROW:
                self._pages = 0
                state.not_before = self._clock() + max(error.retry_after, FIRST_PAUSE)
            tries = state.seen.get(entry.key, 0) + 1
            state.seen[entry.key] = DONE if tries >= TRIES else tries
            yield Unreadable(address, str(error))
        except BadInputError as error:  # what it holds is no better the next time
            state.seen[entry.key] = DONE
            yield Unreadable(address or entry.key, str(error))
        self._states.save(state)

    def _wait(self, address: str) -> None:
        """Leaves the host its pause since it was asked last."""
        host = host_of(address)
        pause = max(float(limit_of("COMITY_FEED_PAUSE")), self._robots.pause(address))
        left = self._asked.get(host, float("-inf")) + pause - self._clock()
        if 0 < left <= pause:
            self._sleep(left)
        self._asked[host] = self._clock()

    def _note_failure(self, state: State, retry_after: float) -> None:
        state.failures += 1
        state.not_before = self._clock() + max(min(FIRST_PAUSE * 2.0 ** min(state.failures - 1, 10), DAY), retry_after)
        self._states.save(state)


def _keys(content: Feed) -> list[str]:
    return [entry.key for entry in content.entries] + [f"{address} {changed}" for address, changed in content.maps]


def _pages(count: int) -> str:
    return "1 page lies" if count == 1 else f"{count} pages lie"


def _minutes(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return "a minute" if minutes == 1 else f"{minutes} minutes"


def widened(hosts: Hosts, feeds: list[str]) -> Hosts:
    """The hosts that may be asked, with those of the feeds themselves, and their own `www.`."""
    named = {host_of(feed) for feed in feeds}
    return replace(hosts, allowed=(*hosts.allowed, *sorted(named | {host.removeprefix("www.") for host in named if host})))
