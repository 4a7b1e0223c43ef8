"""Whether an event happened, is scheduled, proposed or denied: the words of modality and negation before the trigger in its clause.

"sẽ thăm" is scheduled, "không dự" denied, "đề nghị gặp" proposed; the nearest such word decides. A denial or proposal counts only where no
other clause or phrase opens between ("chưa có tiến triển kể từ khi ông gặp" denies no meeting), and no word counts inside a longer event
word ("không" in "không kích"). In a list what is said of one holds for the next: "sẽ thăm Đức, hội đàm với Thủ tướng". A word of the
future at the sentence's head, before a comma, holds for the sentence: "Dự kiến, hai bên ký hiệp định". Some words count right before the
trigger only: "sớm ký", "agreed to provide". What is to come and only hoped, feared or supposed is proposed ("hy vọng hai bên sẽ ký").
What somebody denies is denied: "denied that its ships had attacked a port". An order or a ruling stands already: what is planned or
denied is done about it ("sẽ duy trì lệnh trừng phạt").
"""

from collections.abc import Iterator

from comity.intervals import first_day, last_day
from comity.reading.denials import denies
from comity.reading.event_scene import Scene, Trigger, YearOfName
from comity.records import DateMention, EventType, Status

REACH, AFTER, DATED = 70, 40, 60
"""So many characters before the trigger, and after it, such a word may stand, and after it its date may begin."""
HELD = 120
"""So many characters behind a meeting it may be told that it is yet to be held. In the training documents 10 of 10 such meetings were."""
FRAME, NEXT = 30, 25
"""So many characters a word of the future at the sentence's head has with its comma, and a word right before the trigger."""
LONGEST = 200
"""So many characters an item of a list may have."""
LISTED = 6
"""So many items of a list are gone back."""
MADE = 3
"""So many words before an order or a ruling may tell that it is being made."""
PHRASE = 3
"""So many words "to", a verb and an article are: "to pay a | visit"."""
JOINS = 2
"""An item of a list begins at most so many words before its trigger."""
MOMENTS = frozenset((EventType.AGREE, EventType.CONSULT))
"""What is signed, adopted or held takes days: years beside it are the period of what was agreed ("kế hoạch 2021-2025"). In the training
documents 1 of 22 such spans dated such an event."""
MARKS = ",;:"
NEAR_ONLY = (Status.DENIED, Status.PROPOSED)


def status_of(scene: Scene, trigger: Trigger) -> Status:
    """Happened, unless the words about the trigger say otherwise."""
    if _in_a_denial(scene, trigger) or _is_called_off(scene, trigger):
        return Status.DENIED
    if is_remembered(scene, trigger) or _stands(scene, trigger):
        return Status.HAPPENED
    if _is_said_untrue(scene, trigger):
        return Status.DENIED
    told = _by_its_clause(scene, trigger)
    return told if told is not Status.HAPPENED else _right_before(scene, trigger) or told


def _by_its_clause(scene: Scene, trigger: Trigger) -> Status:
    """By the words of modality in the trigger's clause, in the items of the list before it, behind it, and at the sentence's head."""
    sentence = scene.sentence(trigger)
    position = trigger.start
    for item in range(LISTED):
        start = _clause_start(scene, sentence.start, position)
        for kind in _signs(scene, trigger, start, position) if not item else _signs_of_item(scene, start, position):
            return _unless_hoped(scene, Status(kind), sentence.start, start, trigger)
        if not _goes_on(scene, sentence.start, start, trigger.end if not item else position):
            break
        position = start - 1
    after = scene.modality_within(trigger.end, min(sentence.end, trigger.end + AFTER))[:1]
    planned = any(_plans(scene, *word) and not _has_own_subject(scene, trigger.end, word[0]) for word in after)
    planned = planned or _is_to_be_held(scene, trigger)
    if planned or _is_framed(scene, trigger) or _is_fronted(scene, trigger) or _is_ahead(scene, trigger):
        return Status.SCHEDULED
    return Status.PROPOSED if _is_unsure(scene, trigger) else Status.HAPPENED


def _is_unsure(scene: Scene, trigger: Trigger) -> bool:
    """Whether words behind it in its clause tell that it may never be: "các cuộc tấn công | tiềm tàng", "có gặp ông Nam | hay không"."""
    end = min(scene.sentence(trigger).end, trigger.end + DATED)
    found = scene.lexicon.unsure_behind.search(scene.text.folded, trigger.end, end)
    return found is not None and not any(mark in scene.text.folded[trigger.end : found.start()] for mark in MARKS)


def _unless_hoped(scene: Scene, told: Status, opening: int, start: int, trigger: Trigger) -> Status:
    """What is to come as proposed, where words before in the clause, or at the sentence's head, tell that it is hoped, feared or supposed:
    "hy vọng hai bên sẽ | ký", "Nếu được thông qua, luật sẽ | cấm"."""
    if told is not Status.SCHEDULED:
        return told
    hoped = scene.lexicon.hoped.search(scene.text.folded, start, trigger.start) or scene.lexicon.hoped.match(scene.text.folded, opening)
    return Status.PROPOSED if hoped else told


def _plans(scene: Scene, begin: int, end: int, kind: str) -> bool:
    """Whether a word behind an event may tell that it is planned: not what names another ("met | to discuss preparations for the summit",
    "gặp nhau | trước thềm hội nghị")."""
    return kind == Status.SCHEDULED and scene.text.folded[begin:end] not in scene.lexicon.ahead_only


def _is_to_be_held(scene: Scene, trigger: Trigger) -> bool:
    """Whether the meeting is yet to be held, as words further behind it tell: "Hội nghị cấp cao ASEAN lần
    thứ 28 và các hội nghị liên quan | sẽ diễn ra"."""
    if EventType.CONSULT not in dict(trigger.types):
        return False
    end = min(scene.sentence(trigger).end, trigger.end + HELD)
    held = scene.lexicon.held_ahead.search(scene.text.folded, trigger.end, end)
    if held is None or ";" in scene.text.folded[trigger.end : held.start()]:
        return False
    return not _has_own_subject(scene, trigger.end, held.start())


def _is_called_off(scene: Scene, trigger: Trigger) -> bool:
    """Whether the meeting that its clause tells of first was called off, as words behind it tell: "Cuộc gặp dự kiến vào tháng 11 | đã bị
    hủy"; not one that was put off and took place later."""
    if EventType.CONSULT not in dict(trigger.types):
        return False
    sentence, text = scene.sentence(trigger), scene.text.folded
    off = scene.lexicon.called_off.search(text, trigger.end, min(sentence.end, trigger.end + HELD))
    if off is None or any(mark in text[trigger.end : off.start()] for mark in MARKS):
        return False
    start = _clause_start(scene, sentence.start, trigger.start)
    if any(EventType.CONSULT in dict(other.types) for other in scene.triggers_between(start, trigger.start)):
        return False
    return scene.lexicon.took_place.search(text, off.end(), sentence.end) is None


def _is_framed(scene: Scene, trigger: Trigger) -> bool:
    """Whether the sentence opens with a word of the future before a comma: "Theo kế hoạch, tàu | cập cảng"."""
    opening = scene.sentence(trigger).start
    comma = scene.text.folded.find(",", opening, min(trigger.start, opening + FRAME))
    return comma >= 0 and any(kind == Status.SCHEDULED and end == comma for _, end, kind in scene.modality_within(opening, comma))


def _is_fronted(scene: Scene, trigger: Trigger) -> bool:
    """Whether the sentence opens with the meeting, and the clause behind it is of the future: "Tại hội nghị, hai bên | sẽ ký hiệp định"."""
    sentence, text = scene.sentence(trigger), scene.text.folded
    if EventType.CONSULT not in dict(trigger.types) or not scene.lexicon.fronts.match(text[sentence.start : trigger.start].lstrip()):
        return False
    comma = text.find(",", trigger.end, min(sentence.end, trigger.end + HELD))
    if comma < 0 or scene.dates_within(trigger.end, comma):
        return False
    told = next(iter(scene.modality_within(comma, min(sentence.end, comma + HELD))), None)
    return told is not None and told[2] == Status.SCHEDULED and scene.content_over(told[0]) is None


def _right_before(scene: Scene, trigger: Trigger) -> Status | None:
    """What a word that counts right before the trigger only says of it."""
    start = max(scene.sentence(trigger).start, trigger.start - NEXT)
    found = (status for status, words in scene.lexicon.right_before if words.search(scene.text.folded, start, trigger.start))
    return next(found, None)


def is_remembered(scene: Scene, trigger: Trigger) -> bool:
    """Whether it is told of by its anniversary: "kỷ niệm 40 năm Việt Nam | gia nhập", "the 50th anniversary of the | signing"."""
    start = _clause_start(scene, max(scene.sentence(trigger).start, trigger.start - REACH), trigger.start)
    remembered = scene.lexicon.anniversary.search(scene.text.folded, start, trigger.start)
    return remembered is not None and not scene.triggers_within(remembered.end(), trigger.start)


def _stands(scene: Scene, trigger: Trigger) -> bool:
    """Whether it is an order or a ruling, and no word right before tells that it is being made ("áp thêm các | lệnh trừng phạt")."""
    if trigger.word not in scene.lexicon.stands:
        return False
    return not any(scene.lexicon.classes.get(word) == "light" for word in scene.words[max(0, trigger.first - MADE) : trigger.first])


def _has_own_subject(scene: Scene, start: int, end: int) -> bool:
    """Whether words stand between the last comma and `end` that are no "which": "announced at the summit, | we will"."""
    comma = scene.text.folded.rfind(",", start, end)
    words = scene.words[scene.token_at(comma + 1) : scene.token_at(end)] if comma >= 0 else ()
    return any(word not in scene.lexicon.opens for word in words)


def _is_ahead(scene: Scene, trigger: Trigger) -> bool:
    """Whether the date behind it was yet to come when the text was published ("talks on 3 May" of a text of April), or is told as yet to
    come ("cuộc gặp vào ngày 12/6 | tới", "vào ngày mai"). What a plan or agenda is called by is no such date."""
    published = scene.page.document.published
    end = min(scene.sentence(trigger).end, trigger.end + DATED)
    date = next((one for one in scene.dates_within(trigger.end, end) if not _is_of_a_name(one, trigger)), None)
    if date is None or scene.triggers_within(trigger.end, date.evidence.start):
        return False
    if scene.lexicon.deadline.search(scene.text.folded, trigger.end, date.evidence.start):
        return False  # "adopted a resolution that keeps the mission until | March"
    if scene.lexicon.to_come.match(scene.text.folded, date.evidence.end):
        return True
    if Status.SCHEDULED in scene.modality_before(date.evidence.start, date.evidence.end):
        return True
    return published is not None and date.iso is not None and first_day(date.iso) > last_day(published)


def _is_of_a_name(date: DateMention, trigger: Trigger) -> bool:
    """Whether it belongs to what was agreed or spoken of: the year of an agenda, the years of a plan ("signed the Plan | 2021-2025")."""
    return isinstance(date, YearOfName) or is_period(date, trigger)


def is_period(date: DateMention, trigger: Trigger) -> bool:
    """Whether it is years, and the event takes days."""
    return date.iso is not None and len(date.iso) == len("2021/2025") and MOMENTS.issuperset(kind for kind, _ in trigger.types)


def _is_said_untrue(scene: Scene, trigger: Trigger) -> bool:
    """Whether it is told in what its clause says to be untrue: "refuted reports | that Peru has begun talks"."""
    start = _clause_start(scene, max(scene.sentence(trigger).start, trigger.start - HELD), trigger.start)
    untrue = scene.lexicon.untrue.search(scene.text.folded, start, trigger.start)
    if untrue is None:
        return False
    between = scene.words[scene.token_at(untrue.end()) : trigger.first]
    return (scene.lexicon.opens - scene.lexicon.untrue_through).isdisjoint(between)


def _in_a_denial(scene: Scene, trigger: Trigger) -> bool:
    """Whether a speaker denies the event: no other clause opens in the denied words before it. What is named as known ("denied that the
    talks had failed") is not denied."""
    told = scene.content_over(trigger.start)
    if told is None or not denies(told):
        return False
    first = scene.token_at(told.evidence.start)
    first += scene.words[first] in scene.lexicon.opens
    return scene.words[trigger.first - 1] not in scene.lexicon.definite and not _opens(scene, first, trigger.first)


def _clause_start(scene: Scene, floor: int, position: int) -> int:
    start = max(floor, position - LONGEST)
    for mark in MARKS:
        start = max(start, scene.text.folded.rfind(mark, start, position) + 1)
    return start


def _signs(scene: Scene, trigger: Trigger, start: int, position: int) -> Iterator[str]:
    """The kinds of the words that count, the nearest first: before a known deed only denials ("sẽ giải quyết | vụ Nga bắt tàu"); of the
    trigger's own words those of time ("will provide", "đã ở")."""
    known = [found.end() for found in scene.lexicon.other.finditer(scene.text.folded, start, position)]
    since = known[-1] if known and scene.token_at(known[-1]) < trigger.first else start
    for begin, end, kind in reversed(scene.modality_within(max(start, position - REACH), trigger.end)):
        if begin < since and kind != Status.DENIED:
            continue
        if begin >= position:
            if kind in (Status.SCHEDULED, Status.HAPPENED):
                yield kind
        elif kind == Status.SCHEDULED or not (_inside_a_trigger(scene, begin, end) or _is_cut_off(scene, kind, end, trigger)):
            yield kind


def _is_cut_off(scene: Scene, kind: str, end: int, trigger: Trigger) -> bool:
    return kind in NEAR_ONLY and _opens(scene, scene.token_at(end), trigger.first)


def _signs_of_item(scene: Scene, start: int, position: int) -> Iterator[str]:
    """The kinds of the words in an item of the list before; what is denied of one item holds for no other."""
    for begin, end, kind in scene.modality_within(start, position):
        if kind != Status.DENIED and not _inside_a_trigger(scene, begin, end):
            yield kind


def _goes_on(scene: Scene, floor: int, start: int, end: int) -> bool:
    """Whether the clause is an item of a list: after a comma, its first event word next, with no subject of its own."""
    if start <= floor or scene.text.folded[start - 1] != ",":
        return False
    first, inside = scene.token_at(start), scene.triggers_between(start, end)
    return bool(inside) and inside[0].first - first <= JOINS and _joins(scene, first, inside[0].first)


def _inside_a_trigger(scene: Scene, begin: int, end: int) -> bool:
    return any(t.start <= begin and end <= t.end and t.end - t.start > end - begin for t in scene.triggers_over(begin))


def _opens(scene: Scene, first: int, after: int) -> bool:
    """Whether another clause or phrase opens between two words; "to" in "invited her to visit" opens none, nor in "invited her to pay a
    visit"."""
    between = scene.words[first:after]
    phrase = [word for word in between[-PHRASE:] if word not in scene.lexicon.determiners]
    if len(phrase) > 1 and phrase[-1] in scene.lexicon.carries_out and phrase[-2] in scene.lexicon.infinitive:
        between = between[: len(between) - PHRASE] + phrase[:-1]
    if between and between[-1] in scene.lexicon.infinitive:
        between.pop()
    return any(word in scene.lexicon.opens for word in between)


def _joins(scene: Scene, first: int, after: int) -> bool:
    """Whether nothing but words that join stand there, so that the clause has no subject of its own: "và tiếp", "có các cuộc gặp"."""
    lexicon = scene.lexicon
    joining = lexicon.opens | lexicon.determiners
    return all(word in joining or lexicon.classes.get(word) in ("with_", "light") for word in scene.words[first:after])
