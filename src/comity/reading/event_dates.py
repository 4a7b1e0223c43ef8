"""When an event took place: the dates about a trigger, each with the features that tell whether it dates the event.

An event of which only the anniversary is told ("kỷ niệm 40 năm gia nhập") took place on none of the days on which it is remembered. And
some dates are no event's: the year of a goal ("net zero by 2050"), what is compared ("như hồi 1972", "đầu tiên kể từ năm 2007"), whose
chair somebody is ("Chủ tịch ASEAN 2020" in a text of 2019, or beside a day of the sentence's own, save of taking the chair). A deadline
("trước năm 2020"), or after a meeting a day yet to come of what is told behind it, dates nothing that has happened, and a day that is told
of another thing dates no event before that ("thảo luận về vụ va chạm ngày 9/6").
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.reading.event_candidates import distance
from comity.reading.event_scene import DateSigns, Scene, Trigger, YearOfName
from comity.reading.event_status import is_period, is_remembered, status_of
from comity.reading.weights import LinearModel
from comity.records import DateMention, EventType, InstrumentMention, Span, Statement, Status

GAP = 3
"""Characters between an instrument's name and the year that belongs to it: "... (UNCLOS) 1982"."""
MAKES = 1
"""Words between the verb that makes an instrument and its name."""
MAKING = frozenset((EventType.AGREE, EventType.COOPERATE, EventType.SUPPORT))
OPENING = 2
"""A date among so many first words opens its sentence."""
FAR = 4
"""A year so many years after a text is a goal's. In the training documents none of 17 such years was an event's."""
BEFORE = 60
"""So many characters before a date tell what it is of."""
NAMED = 25
"""So many characters behind a year tell what somebody was in it."""
BETWEEN = 200
"""Characters between an event and a date that are read for what the date is of."""
MOST = 8
"""So many dates on each side of a trigger are looked at: a text without full stops is one long sentence."""


def told_apart(dates: Sequence[DateMention], instruments: Sequence[InstrumentMention]) -> tuple[DateMention, ...]:
    """The dates, the years in instruments' names as such: "UNCLOS 1982", "Công ước về Luật Biển năm 1982"."""
    named = sorted((one.evidence.start, one.evidence.end + GAP) for one in instruments)
    starts = [start for start, _ in named]
    ends = [0, *accumulate((end for _, end in named), max)]
    return tuple(_of_name(one, starts, ends) or one for one in dates)


class About(Struct, frozen=True):
    """What stands about a trigger: its sentence, the dates there, what somebody says there, the word before it, and its status."""

    sentence: Span
    dates: Sequence[DateMention]
    content: Statement | None
    prior: str
    status: Status


def date_candidates(scene: Scene, trigger: Trigger) -> list[tuple[DateMention, tuple[str, ...]]]:
    """The dates of the trigger's sentence, of the one before, and the first ones of the text, with their features.

    From elsewhere only days and spans are taken: of the years and months that were taken from the sentence before or the first lines, none
    of ten was right in the training documents ("UNCLOS 1982", "net zero by 2050"), save where the trigger's sentence looks back to them
    ("Khi đó", "that year").
    """
    about = _about(scene, trigger)
    here = about.dates
    if is_remembered(scene, trigger):
        return [(date, _features(scene, trigger, about, date)) for date in here if date.evidence.start > trigger.end and _is_exact(date)]
    result = [(date, _features(scene, trigger, about, date)) for date in here if _may_date(scene, trigger, date, about.status)]
    if scene.lexicon.perfect.search(scene.text.folded, about.sentence.start, trigger.start):
        return result
    taken = {date.evidence.start for date in here}
    few, tongue = min(2, len(here)), scene.page.language
    unsettled = bool(here) and all(date.iso is None for date in here)  # "last month", in a text that tells no day of its own
    if trigger.sentence:
        before = scene.page.sentences[trigger.sentence - 1]
        dates = scene.dates_within(before.start, before.end)
        for date in dates[-2:]:
            if _is_exact(date) and _may_be_told_before(scene, date, about.status):
                taken.add(date.evidence.start)
                result.append(
                    (date, (f"^{tongue}", "^", f"^n{few}", f"^u{unsettled}", f"^w{trigger.word}", f"^s{min(3, trigger.sentence)}"))
                )
        if dates and not _is_exact(dates[-1]) and _may_date(scene, trigger, dates[-1], about.status) and _looks_back(scene, trigger):
            result.append((dates[-1], ("then", f"then{few}", f"then{len(dates[-1].iso or '')}")))
    for order, date in enumerate(scene.dates[:2]):
        if _is_exact(date) and date.evidence.start not in taken and _may_be_told_before(scene, date, about.status):
            place = f"lead{order}"
            features = (
                f"{place}{tongue}",
                place,
                f"{place}n{few}",
                f"{place}u{unsettled}",
                f"{place}s{min(4, trigger.sentence)}",
                f"leadw{trigger.word}",
            )
            result.append((date, features))
    return result


def choose_date(
    found: Sequence[tuple[DateMention, tuple[str, ...]]], kind: EventType, model: LinearModel, threshold: float
) -> IsoDate | None:
    """The likeliest date, where it is likely enough."""
    ranked = sorted(
        ((model.probability(dated(features, kind)), -date.evidence.start, date) for date, features in found),
        key=lambda x: x[:2],
        reverse=True,
    )
    return ranked[0][2].iso if ranked and ranked[0][0] >= threshold else None


def dated(features: tuple[str, ...], kind: EventType) -> list[str]:
    return [*features, f"{kind}{features[0]}", "bias"]


def _of_name(date: DateMention, starts: Sequence[int], ends: Sequence[int]) -> YearOfName | None:
    before = bisect_right(starts, date.evidence.start)
    if not before or _is_exact(date) or ends[before] < date.evidence.start:
        return None
    return YearOfName(evidence=date.evidence, iso=date.iso, name=starts[before - 1])


def _may_date(scene: Scene, trigger: Trigger, date: DateMention, status: Status) -> bool:
    """Whether a date may date an event: no period of years what is of a moment; the year of an instrument's name that by which it was made
    ("ký | Tuyên bố chung năm 2011"). Of eight other events of the training documents that were dated so none was right."""
    if date.iso is None or is_period(date, trigger):
        return False
    if _is_no_events(scene, trigger, date, status) or _is_of_another(scene, trigger, date):
        return False
    if not isinstance(date, YearOfName):
        return True
    near = trigger.start < date.evidence.start and scene.token_at(date.name) - trigger.after <= MAKES
    return near and any(kind in MAKING for kind, _ in trigger.types)


def _is_no_events(scene: Scene, trigger: Trigger, date: DateMention, status: Status) -> bool:
    """Whether it is what an event is compared to, a deadline of one that has happened, the year of a goal, or a body's chair's that is not
    the year of the text or stands beside a day."""
    start, signs = date.evidence.start, _signs_of(scene, date)
    if signs.compared or (signs.deadline and status is Status.HAPPENED):
        return True
    meets = EventType.CONSULT in dict(trigger.types)
    if meets and status is Status.HAPPENED and _is_ahead(scene, date) and scene.triggers_within(trigger.end, start):
        return True
    if date.iso is None or _is_exact(date):
        return False
    of_chair = signs.chair and EventType.SUPPORT not in dict(trigger.types)
    if of_chair and any(_is_a_day(other) for other in scene.dates_about(trigger, MOST)):
        return True
    if len(date.iso) != len("2050"):
        return False
    if signs.goal is not None and not scene.triggers_within(signs.goal, start):
        return True
    ahead = _years_ahead(scene, date.iso)
    return ahead >= FAR or (ahead != 0 and of_chair)


def _may_be_told_before(scene: Scene, date: DateMention, status: Status) -> bool:
    """Whether a day of another sentence may date an event: no end of a term, nothing compared, and for what is to come no day that was
    past when the text was published."""
    signs = _signs_of(scene, date)
    if signs.compared or signs.deadline:
        return False
    published = scene.page.document.published
    if status is not Status.SCHEDULED or published is None or date.iso is None:
        return True
    return last_day(date.iso) > first_day(published)


def _signs_of(scene: Scene, date: DateMention) -> DateSigns:
    """What the words about a date tell of it, worked out once."""
    start = date.evidence.start
    signs = scene.date_signs.get(start)
    if signs is None:
        signs = scene.date_signs[start] = _signs(scene, start, date.evidence.end)
    return signs


def _is_of_another(scene: Scene, trigger: Trigger, date: DateMention) -> bool:
    """Whether words between tell that it dates what stands behind them: "họp về | vụ tai nạn ngày 9/6". In the training documents 1 of 49
    such dates was the event's."""
    start = date.evidence.start
    return trigger.end < start <= trigger.end + BETWEEN and scene.lexicon.other.search(scene.text.folded, trigger.end, start) is not None


def _signs(scene: Scene, start: int, end: int) -> DateSigns:
    """What the words before a date in its sentence tell of it, and whether it is the year of what somebody is ("2018 | Chair of ASEAN")."""
    text, lexicon = scene.text.folded, scene.lexicon
    sentence = scene.token(scene.token_at(start)).sentence
    opening = max(scene.page.sentences[sentence].start, start - BEFORE) if sentence >= 0 else start
    goal, chair = lexicon.goal.search(text, opening, start), lexicon.chair.search(text, opening, start)
    return DateSigns(
        compared=lexicon.compared.search(text, opening, start) is not None
        or _is_first_since(scene, opening, start)
        or lexicon.is_post(text[end : end + NAMED]),
        deadline=lexicon.deadline.search(text, opening, start) is not None,
        goal=goal.end() if goal else None,
        chair=chair is not None and any(word.isupper() for word in scene.page.text[chair.start(1) : start].split()),
    )


def _is_ahead(scene: Scene, date: DateMention) -> bool:
    """Whether it was yet to come when the text was published."""
    published = scene.page.document.published
    return published is not None and date.iso is not None and first_day(date.iso) > last_day(published)


def _is_first_since(scene: Scene, opening: int, start: int) -> bool:
    """Whether something is told to be the first since then: "cuộc gặp đầu tiên của hai bên kể từ | năm 2007"."""
    since = scene.lexicon.since.search(scene.text.folded, opening, start)
    return since is not None and scene.lexicon.firsts.search(scene.text.folded, opening, since.start()) is not None


def _is_a_day(date: DateMention) -> bool:
    """Whether it is a day, of a known year or not: all words of time but years and months that are told in full."""
    return date.iso is None or _is_exact(date)


def _years_ahead(scene: Scene, year: IsoDate) -> int:
    """How many years after the text, 0 where it is not known when that was published."""
    published = scene.page.document.published
    return int(year) - int(published[:4]) if published is not None else 0


def _is_exact(date: DateMention) -> bool:
    """A day, or a span of days or months."""
    return date.iso is not None and len(date.iso) >= len("2020-01-30")


def _about(scene: Scene, trigger: Trigger) -> About:
    prior = scene.word(trigger.first - 1, trigger.sentence)
    return About(
        sentence=scene.sentence(trigger),
        dates=scene.dates_about(trigger, MOST),
        content=scene.content_over(trigger.start),
        prior=scene.lexicon.classes.get(prior, prior),
        status=status_of(scene, trigger),
    )


def _looks_back(scene: Scene, trigger: Trigger) -> bool:
    """Whether words before the trigger look back to the time told of before: "Khi đó, hai nước", "that year the parliament"."""
    text, start = scene.text.folded, scene.sentence(trigger).start
    found = scene.lexicon.then.search(text, start, trigger.start)
    return found is not None and scene.lexicon.meanwhile.search(text, start, trigger.start) is None


def _features(scene: Scene, trigger: Trigger, about: About, date: DateMention) -> tuple[str, ...]:
    """Where a date of the sentence stands and how the trigger goes with it: `q`, `w` its word, `st` its status, `tp` the word before."""
    start, end, here, word = date.evidence.start, date.evidence.end, about.dates, trigger.word
    first, after = scene.token_at(start), scene.token_at(end)
    before = start < trigger.start
    gap = trigger.first - after if before else first - trigger.after
    side = "<" if before else ">"
    between = scene.words[after : trigger.first] if before else scene.words[trigger.after : first]
    nearest = min(here, key=lambda other: abs(other.evidence.start - trigger.start)) is date
    prior, follow = scene.word(first - 1, trigger.sentence), scene.word(after, trigger.sentence)
    others = min(3, scene.triggers_within(end, trigger.start) if before else scene.triggers_within(trigger.end, start))
    opens = first - scene.token_at(about.sentence.start) < OPENING
    near, size, status = distance(gap), len(date.iso or ""), about.status
    features = [
        f"{side}{near}", side, f"n{min(3, len(here))}{side}", f"near{nearest}", f"near{nearest}n{min(3, len(here))}",
        f"p{prior}{side}", f"comma{min(2, between.count(','))}{side}", f"w{word}{side}", f"len{size}{side}",
        f"t{others}{side}",
        f"opens{opens}{follow == ','}{side}", f"opens{opens}{side}t{min(2, others)}", f"f{follow}{side}",
        f"q{trigger.kin}{side}", f"q{trigger.kin}{side}{near}", f"tp{about.prior}{side}", f"st{status}{side}", f"st{status}{size}{side}",
        *_published(scene, date, status, side),
    ]  # fmt: skip
    if ";" in between or '"' in between:
        features.append(f"mark{side}")
    if about.content and not about.content.evidence.start <= start < about.content.evidence.end:
        features.append(f"out{side}")
    return tuple(features)


def _published(scene: Scene, date: DateMention, status: Status, side: str) -> tuple[str, ...]:
    """Whether the date was yet to come, past or present when the text was published."""
    published = scene.page.document.published
    if published is None or date.iso is None:
        return ()
    ahead, past = _is_ahead(scene, date), last_day(date.iso) < first_day(published)
    when = "ahead" if ahead else ("past" if past else "now")
    return f"st{status}{when}", f"{when}{side}"
