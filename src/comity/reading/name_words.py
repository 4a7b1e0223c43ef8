"""The shapes of a language's files on names: `names.yaml`, `bodies.yaml`, `titles.yaml`, `references.yaml`."""

from msgspec import Struct

from comity.records import ActorId, ActorType


class WitnessWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands beside a person's name only: `after` it (with one of `adverbs` or none between), `before` it; `foreign` right behind a
    name in letters that the language's own names do not keep to, `roles` behind such a name and a comma; `aged` behind a comma and a
    number; `never` are words that no name attested so holds; `after_short` stand behind one word of a name that the text has in full."""

    after: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    aged: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    after_short: tuple[str, ...] = ()


class NameWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How names look, and what looks like one and is none (the file says what each list is)."""

    surnames: tuple[str, ...]
    romanised_surnames: tuple[str, ...]
    middle_names: tuple[str, ...]
    given_names: tuple[str, ...]
    particles: tuple[str, ...]
    suffixes: tuple[str, ...]
    dashed: tuple[str, ...]
    double_names: tuple[str, ...]
    not_persons_after: tuple[str, ...]
    second_half: str
    not_titles_after: tuple[str, ...]
    institutions: tuple[str, ...]
    things: tuple[str, ...]
    list_join: str
    streets: tuple[str, ...]
    not_names: tuple[str, ...]
    common_words: tuple[str, ...]
    beginnings: tuple[str, ...]
    place_before: tuple[str, ...]
    government_after: tuple[str, ...]
    fronts: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    mostly_places: tuple[str, ...]
    paired_states: dict[str, ActorId]
    short_states: dict[str, ActorId]
    need_witness: tuple[str, ...]
    city_states: tuple[str, ...]
    if_state_named: tuple[str, ...]
    if_state_foremost: tuple[str, ...]
    going_on: dict[str, tuple[str, ...]]
    short_if_named: dict[str, ActorId]
    phrases_without_names: tuple[str, ...]
    credits: tuple[str, ...]
    home_state: ActorId | None = None
    witnesses: WitnessWords = WitnessWords()


class StateBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A body every state has; `alone` means it is one even where no state stands beside it, `only_at` that it is one only with the
    place or body where it works ("phái đoàn Việt Nam tại Liên hợp quốc"), `not_of` which states have none."""

    id: str
    names: tuple[str, ...]
    alone: bool
    only_at: bool = False
    not_of: tuple[ActorId, ...] = ()


class BodyWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How bodies are named (the file says what each list is)."""

    state_bodies: tuple[StateBody, ...]
    links: tuple[str, ...]
    at: tuple[str, ...]
    possessive: tuple[str, ...]
    state_first: bool
    not_alone_before: tuple[str, ...]
    qualities: tuple[str, ...]
    government_id: str
    governments_of_persons: tuple[str, ...]
    heads: tuple[str, ...]
    small_heads: tuple[str, ...]
    before_bodies: tuple[str, ...]
    not_before_bodies: tuple[str, ...]
    inside: tuple[str, ...]
    not_completing: tuple[str, ...]
    syllable: str
    endings: tuple[str, ...]
    english_ids: dict[str, str]
    tails: tuple[str, ...]
    links_inside: tuple[str, ...]
    continuing: tuple[str, ...]
    article: str
    conjunction: str
    named: dict[str, ActorId]


class Honorifics(Struct, frozen=True, forbid_unknown_fields=True):
    male: tuple[str, ...]
    female: tuple[str, ...]
    any: tuple[str, ...]


class Post(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for whoever has one of several offices; `alone`: without a state or body beside them too."""

    words: tuple[str, ...]
    offices: tuple[str, ...]
    alone: bool = False


class TitleWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What a title is made of: an office's words, what may stand before and after them, and what ends it.

    `names_before` tells that a state or body, and other capitalised words, may stand before ("Canadian Prime Minister"). `sitting` are the
    words for the session that somebody presides, between the office and the body ("of the | 73rd session of the | General Assembly"), and
    `sitting_behind` those behind the body ("Chủ tịch ASEAN | 2020"), as regular expressions.

    Behind the unit that the holder of one of `unit_heads` heads (one that nobody knows begins with one of `units`) stands the body it
    belongs to, which begins with one of `parents`: "Cục trưởng Cục Đối ngoại, | Bộ Công an".
    """

    names_before: bool
    sitting: str
    sitting_behind: str
    offices: dict[str, tuple[str, ...]]
    generic: tuple[str, ...]
    heads: tuple[str, ...]
    speaks_for: tuple[str, ...]
    apart: tuple[str, ...]
    areas: tuple[str, ...]
    before: tuple[str, ...]
    not_before: tuple[str, ...]
    functions: tuple[str, ...]
    links: tuple[str, ...]
    topics: tuple[str, ...]
    stops: tuple[str, ...]
    joins: tuple[str, ...]
    articles: tuple[str, ...]
    honorifics: Honorifics
    not_after: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    fronts: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    unit_heads: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    listing: tuple[str, ...] = ()
    possessives: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()


class Pronouns(Struct, frozen=True, forbid_unknown_fields=True):
    male: tuple[str, ...]
    female: tuple[str, ...]
    any: tuple[str, ...]


class Pair(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for those in play; `of` is their type, `any`, `leaders` for two who lead where the text names such, `heads` for those only,
    `persons` for all persons of one sentence, `together` for two whom the last sentence that names anybody names, or `plural` for two
    or a group. `id`: the group without a name that they are where nobody fits. `offices`: each of them holds one of these, where the text
    or the world knowledge tells what they hold. `only`: they are two where the whole text tells of just two who hold such, else the
    group."""

    words: tuple[str, ...]
    of: str
    id: ActorId = ""
    offices: tuple[str, ...] = ()
    only: bool = False


class Backward(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for the last one named of a type."""

    words: tuple[str, ...]
    of: ActorType
    begins: str = ""


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]
    id: ActorId


class Epithet(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell an office and its state by themselves: "ông chủ Nhà Trắng"."""

    words: tuple[str, ...]
    office: str
    of: ActorId


class ReferenceWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that stand for somebody named before (the file says what each list is)."""

    pronouns: Pronouns
    pairs: tuple[Pair, ...]
    backward: tuple[Backward, ...]
    groups: tuple[Group, ...]
    followers: tuple[Group, ...]
    members: dict[ActorId, ActorId]
    not_one_after: tuple[str, ...]
    not_one_before: tuple[str, ...]
    one_after: tuple[str, ...]
    one_within: tuple[str, ...]
    meeting: tuple[str, ...]
    fronting: tuple[str, ...]
    narrowing: tuple[str, ...]
    whose: tuple[str, ...]
    epithets: tuple[Epithet, ...]
    former: tuple[str, ...] = ()
    female: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    mourned: tuple[str, ...] = ()
    owning: tuple[str, ...] = ()
    one_with: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    whereat: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    counting: tuple[str, ...] = ()
    verbs_in_s: tuple[str, ...] = ()
    one_before: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    before_names: tuple[str, ...] = ()
    for_nobody: tuple[str, ...] = ()
    strangers_between: tuple[str, ...] = ()
    not_followed_by: tuple[str, ...] = ()
    met_with: tuple[str, ...] = ()
    body_heads: tuple[str, ...] = ()
    body_articles: tuple[str, ...] = ()
    not_body_before: tuple[str, ...] = ()
    body_before: tuple[str, ...] = ()


class GivenNames(Struct, frozen=True, forbid_unknown_fields=True):
    """What given names tell of a person, in texts of any language. `women_second` and `men_second` stand behind a family name."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    women_second: tuple[str, ...]
    men_second: tuple[str, ...]
