"""Who is named in a text, and with which offices: known names, bodies by their form, persons by title and shape, and what stands for them.

Goes in: a page, and the spans of instruments and mechanisms found before. Comes out: mentions in order, and a person's distinct titles.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from comity.intervals import IsoDate
from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.knowledge.publishers import publisher_kinds
from comity.languages import load_common_words, load_words
from comity.reading.bare_titles import BareTitles, Known
from comity.reading.bodies import BodyGrammar
from comity.reading.coreference import References
from comity.reading.credits import Credits
from comity.reading.found import Found, FoundNames, lies_in, unwrapped
from comity.reading.held_offices import Held
from comity.reading.identity import LEADING, KnownPersons, identities
from comity.reading.inner_offices import with_own_offices
from comity.reading.known_names import KnownNames
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import BodyWords, GivenNames, NameWords, ReferenceWords, TitleWords
from comity.reading.page import Page
from comity.reading.pairs import Told
from comity.reading.person_titles import Person
from comity.reading.persons import SMALL_WORD, PersonGrammar
from comity.reading.phrase_words import PhraseWords
from comity.reading.posts import Posts
from comity.reading.strangers import Strangers
from comity.reading.titles import POST, Title, TitleGrammar
from comity.records import ActorId, ActorType, LanguageCode, OfficeMention, Span

NAME_AFTER = re.compile(rf"\s+[{CAPITALS}]")
ACRONYM = re.compile(r" ?\(([A-ZĐ][\w&-]{1,11})\)")


class NameGrammar:
    """Names and offices of one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        words = load_words(language, "names", NameWords)
        bodies, titles = load_words(language, "bodies", BodyWords), load_words(language, "titles", TitleWords)
        self._sitting = frozenset(body.actor for body in load_words(language, "mechanisms", PhraseWords).sitting)
        self._home, self._surnames = words.home_state, frozenset(words.surnames)
        given = load_common_words("given_names", GivenNames)
        self._given = dict.fromkeys(given.women, "female") | dict.fromkeys(given.men, "male")
        self._second = dict.fromkeys(given.women_second, "female") | dict.fromkeys(given.men_second, "male")
        self._credits = Credits(words.credits)
        self._known = KnownNames(knowledge, language, words, bodies, titles)
        self._bodies = BodyGrammar(bodies, words)
        self._titles = TitleGrammar(titles, words.beginnings, words.surnames)
        actors = knowledge.actors.values()
        self._persons = PersonGrammar(
            words,
            titles,
            bodies,
            self._titles,
            (name for a in actors if a.type is ActorType.PERSON for names in a.names.values() for name in names),
            (
                name
                for a in actors
                if a.type is ActorType.STATE
                for name in (*a.names.get(language, ()), *a.capitals.get(language, ()))
                if " " in name
            ),
        )
        self._known_persons = KnownPersons(actors)
        self._home_people = Matcher(
            (name, True)
            for a in actors
            if words.home_state and a.type is ActorType.PERSON and self._known_persons.serves(a.id) == words.home_state
            for name in a.names.get(language, ())
        )
        self._explaining = tuple(f" {word} " for word in titles.articles) or (" ",)
        references = load_words(language, "references", ReferenceWords)
        self._bare_titles = BareTitles(references, titles, actors)
        self._posts = Posts(titles, self._bare_titles)
        self._references = References(references)
        self._strangers = Strangers(language, references.strangers_between)

    def find(self, page: Page, named: Sequence[Span]) -> Mentions:
        """All mentions, and the titles by which persons are named."""
        text = self._credits.without(unwrapped(page)).masked([(line.start, line.end) for line in page.datelines])
        home = publisher_kinds().state(page.document.publisher, page.document.source)
        names = self._names(text, page, home)
        every = self._titles.find(text, names)
        titles = [title for title in every if title.office != POST]
        persons = self._persons.find(text, page.sentences, names, titles)
        ids = identities(persons, self._known_persons)
        persons = with_own_offices(text, persons, ids, self._known_persons, self._titles)
        serves = {who: state for who in ids if (state := self._known_persons.serves(who))} | _serves(persons, ids)
        used = {title.start for person in persons for title in person.titles}
        held = [
            Held(t.start, who, t.office, t.of or p.state or serves.get(who), text.folded[t.start : t.office_end], bool(t.of or p.state))
            for p, who in zip(persons, ids, strict=True)
            for t in p.titles
        ]
        genders = self._genders(persons, ids)
        known = Known(genders, tuple(self._offices_known(ids, page.document.published)), home)
        bare = self._bare_titles.find(text, page, [t for t in titles if t.start not in used], held, known)
        bare += self._posts.find(text, every, held, used | {one.title.start for one in bare})
        governments = self._bodies.of_persons(
            text,
            [
                (p.outer_start, p.end, next((t.of for t in p.titles if t.of), None) or serves.get(who))
                for p, who in zip(persons, ids, strict=True)
            ],
        )
        mentions = [
            *(_of_name(name, nested=False) for name in governments),
            *(_of_person(person, who) for person, who in zip(persons, ids, strict=True)),
            *_of_names(names, persons, titles, named, self._sitting),
            *(_of_title(title, actor, is_person) for title, actor, is_person in bare if actor is not None),
        ]
        taken = {p.outer_start for p in persons} | {t.start for t in titles} | {p.start for p in persons}
        taken |= {position for p in persons for position in range(p.outer_start, p.start)}
        taken |= {one.title.start for one in bare}
        unnamed = tuple(sorted({*(one.title.start for one in bare if one.actor is None), *self._unknown_speakers(text, mentions, titles)}))
        solved = used | {one.title.start for one in bare}
        alone = (t.start for t in titles if t.start not in solved and not NAME_AFTER.match(text.text, t.end))
        nobodys = frozenset(start for start in alone if not text.folded.endswith(self._explaining, 0, start))
        posts = frozenset((t.office, t.of) for t in titles if t.start not in used and t.of is not None)
        told = Told(genders, self._leaders(persons, ids), serves, unnamed, nobodys, _offices_of(held, known), posts)
        references = self._references.find(text, page, mentions, taken, told)
        return Mentions([*mentions, *references], tuple(self._offices(page, persons, ids, serves)), genders)

    def _unknown_speakers(self, text: Folded, mentions: Sequence[Mention], titles: Sequence[Title]) -> Iterator[int]:
        """Where names that nobody knows stand as whoever speaks."""
        known = {place for one in mentions for place in range(one.outer_start, one.outer_end)}
        known |= {place for title in titles for place in range(title.start, title.end)}
        return self._strangers.find(text, known, frozenset(SMALL_WORD.findall(text.text)))

    def _names(self, text: Folded, page: Page, home: ActorId | None) -> FoundNames:
        starts = frozenset(sentence.start for sentence in page.sentences)
        known = FoundNames(self._known.find(text, starts, home))
        known = FoundNames([*known.all, *known.nested, *self._known.short_words(text, known, starts)])
        is_home_named = self._home is None or any(name.actor == self._home for name in known.all)
        served = frozenset([self._home] if self._home and not is_home_named and self._home_people.find(text) else [])
        bodies = self._bodies.find(text, known, self._titles.heads(text), served)
        return FoundNames([*known.all, *known.nested, *_introduced(text, [*known.all, *bodies])])

    def _offices_known(self, ids: Sequence[ActorId], published: IsoDate | None) -> Iterator[tuple[ActorId, str, ActorId]]:
        for who in dict.fromkeys(ids):
            yield from ((who, office, of) for office, of in self._known_persons.offices(who, published))

    def _genders(self, persons: Sequence[Person], ids: Sequence[ActorId]) -> dict[ActorId, str]:
        """Who is a woman and who a man: by an honorific, else by the world knowledge, else by the given name of the name in full."""
        genders: dict[ActorId, str] = {}
        for person, who in zip(persons, ids, strict=True):
            if person.gender in ("male", "female"):
                genders[who] = person.gender
            elif who not in genders and (gender := self._known_persons.gender(who) or self._gender_of_name(person.words)):
                genders[who] = gender
        return genders

    def _gender_of_name(self, words: Sequence[str]) -> str | None:
        if len(words) < 2:
            return None
        return self._second.get(words[1]) if words[0] in self._surnames and len(words) > 2 else self._given.get(words[0])

    def _leaders(self, persons: Sequence[Person], ids: Sequence[ActorId]) -> frozenset[ActorId]:
        """Who leads a state or government, by a title of the text or by the world knowledge."""
        titled = {who for person, who in zip(persons, ids, strict=True) if any(title.office in LEADING for title in person.titles)}
        return frozenset(titled | {who for who in ids if self._known_persons.has_led(who)})

    def _offices(
        self, page: Page, persons: Sequence[Person], ids: Sequence[ActorId], serves: dict[ActorId, ActorId]
    ) -> Iterator[OfficeMention]:
        """Each distinct title of each person once, with the body or state that any of the person's titles tells.

        A short form of a title given before tells nothing new and is left out.
        """
        titles = [(title, who, person) for person, who in zip(persons, ids, strict=True) for title in person.titles]
        recorded: dict[ActorId, list[str]] = {}
        for title, who, person in titles:
            evidence = page.evidence(title.start, title.end)
            words = f" {' '.join(evidence.quote.lower().split())} "
            if not any(words in fuller for fuller in recorded.setdefault(who, [])):
                recorded[who].append(words)
                home = self._home if person.words[0] in self._surnames else None
                of = title.of or person.state or self._known_persons.serves_as(who, title.office) or serves.get(who) or home
                yield OfficeMention(evidence=evidence, person=who, of=of)


def _offices_of(held: Sequence[Held], known: Known) -> dict[ActorId, frozenset[str]]:
    """The offices of each person that the text tells, else those of the world knowledge."""
    told: dict[ActorId, set[str]] = {}
    for one in held:
        told.setdefault(one.person, set()).add(one.office)
    by_knowledge: dict[ActorId, set[str]] = {}
    for who, office, _ in known.offices:
        by_knowledge.setdefault(who, set()).add(office)
    return {who: frozenset(offices) for who, offices in (by_knowledge | told).items()}


def _serves(persons: Sequence[Person], ids: Sequence[ActorId]) -> dict[ActorId, ActorId]:
    """The body or state that each person's titles tell first."""
    serves: dict[ActorId, ActorId] = {}
    for person, who in zip(persons, ids, strict=True):
        for of in (*(title.of for title in person.titles), person.state):
            if of:
                serves.setdefault(who, of)
    return serves


def _introduced(text: Folded, names: Sequence[Found]) -> list[Found]:
    """The names, and the acronyms that brackets after a body's name introduce, wherever they stand: "Cơ quan ... (NIS)".

    A body known by its words only gets the acronym as its id.
    """
    result = list(names)
    starting = {name.start for name in names}
    introduced: set[tuple[ActorId, str]] = set()
    for name in names:
        bracket = ACRONYM.match(text.text, name.end)
        if name.type is not ActorType.ORGANISATION or not bracket or (name.actor.isupper() and "-" not in name.actor):
            continue
        if bracket.start(1) in starting or text.folded[bracket.start(1)] == " ":
            continue
        if sum(letter.isupper() for letter in bracket.group(1)) < 2 or (name.actor, bracket.group(1)) in introduced:
            continue
        introduced.add((name.actor, bracket.group(1)))
        actor = name.actor if name.actor.isupper() else bracket.group(1).upper()
        result = [Found(one.start, one.end, actor, one.type) if one.actor == name.actor else one for one in result]
        for again in re.finditer(rf"(?<!\w){re.escape(bracket.group(1))}(?!\w)", text.text):
            if text.folded[again.start()] != " ":
                result.append(Found(again.start(), again.end(), actor, ActorType.ORGANISATION))
    return result


def _of_person(person: Person, who: ActorId) -> Mention:
    return Mention(
        start=person.start, end=person.end, outer_start=person.outer_start, outer_end=person.outer_end, actors=(who,), type=ActorType.PERSON
    )


def _of_names(
    names: FoundNames, persons: Sequence[Person], titles: Sequence[Title], named: Sequence[Span], sitting: frozenset[ActorId]
) -> Iterator[Mention]:
    """States and bodies; nested inside a title with its name, a longer name, or an instrument's or mechanism's name.

    What is a mechanism's or instrument's whole name is no actor ("ASEAN Summit"), unless a body's name
    stands for its session ("tại Đại hội đồng LHQ")."""
    holders = _merged(
        [(p.outer_start, p.outer_end) for p in persons] + [(t.start, t.end) for t in titles] + [(s.start, s.end) for s in named]
    )
    exactly = {(span.start, span.end) for span in named}
    for name in names.all:
        if name.actor in sitting or (name.start, name.end) not in exactly:
            yield _of_name(name, nested=lies_in(holders, name.start, name.end))
    for name in names.nested:
        yield _of_name(name, nested=True)


def _merged(spans: Iterable[tuple[int, int]]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return merged


def _of_name(name: Found, *, nested: bool) -> Mention:
    return Mention(
        start=name.start, end=name.end, outer_start=name.start, outer_end=name.end, actors=(name.actor,), type=name.type, nested=nested
    )


def _of_title(title: Title, actor: ActorId, is_person: bool) -> Mention:
    type = ActorType.PERSON if is_person else title.of_type or ActorType.STATE
    return Mention(
        start=title.start, end=title.end, outer_start=title.start, outer_end=title.end, actors=(actor,), type=type, form=Form.TITLE
    )
