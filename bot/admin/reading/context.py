"""What an article has told so far: of whom, where and when, so that "the company" and "the quarter" have a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.understanding.lexicon import Lexicon
from store.period import Period
from store.words import WORLD


@dataclass(frozen=True)
class Subject:
    """Who a statement is about: one vendor, several in a row, the whole market, or nobody whose figures are kept."""

    vendors: tuple[str, ...] = ()
    total: bool = False

    @property
    def nobody(self) -> bool:
        return not self.vendors and not self.total


NOBODY = Subject()
TOTAL_MARKET = Subject(total=True)


@dataclass
class Context:
    """The state of reading one article; everything in it comes from the sentences before the one being read."""

    lexicon: Lexicon
    today: date
    headline_vendor: str | None = None
    home_region: str = WORLD
    home_period: Period | None = None
    subject: Subject | None = None
    vendors: list[str] = field(default_factory=list)  # the newest last
    region: str | None = None
    section_region: str | None = None  # the region that heads the part being read
    section_period: Period | None = None
    label: bool = False  # the line being read begins with a region's name
    period: Period | None = None
    listed: tuple[str, ...] = ()  # the vendors that were last told of together
    item_vendor: str | None = None  # the vendor that heads the item of a list being read
    product: tuple[str, str] | None = None  # the vendor and the name of the model told of last
    launching: tuple[str, tuple[str, ...], int] | None = None  # who launches which models, and for how long that holds
    ranking: bool = False  # the article's headline promises a list of the largest
    renamed: dict[str, str] = field(default_factory=dict)  # vendors that the article knows by another's name
    coming_months: list[Period] = field(default_factory=list)  # named by the next sentences
    subnational: bool = False  # the article tells of a state or city
    part: bool = False  # the article is about a part of the market only: foldables, tablets
    earnings: bool = False  # the article tells of revenue and profit, so that "sales" may be money
    other: int = 0  # sentences for which a bare number may count what is no phone
    chips: int = 0  # sentences for which a ranking may be of chips
    shares: int = 0  # sentences for which a percentage may still be a share, after one was told
    shipments: bool = False
    analyst_spoke: bool = False  # in the sentence before
    analysts: bool = False  # anywhere in the article
    own_word: str | None = None  # the vendor whose announcement the article tells
    own_results: str = ""  # the one vendor whose earnings the article tells, and nobody's market
    smartphones: bool = False
    feature_phones: bool = False

    def begin_paragraph(self) -> None:
        """A new paragraph keeps who and when, and goes back to the article's own region."""
        self.region = self.section_region
        self.period = self.section_period

    def mention(self, vendor: str) -> None:
        """Remember that a vendor was named."""
        if vendor in self.vendors:
            self.vendors.remove(vendor)
        self.vendors.append(vendor)

    def last_vendor(self, country: str | None = None, but: str | None = None) -> str | None:
        """The vendor named last; of that country, where one is said ("the Korean firm")."""
        known = self.lexicon.catalogue.vendors
        for slug in reversed(self.vendors):
            if slug != but and (country is None or (slug in known and known[slug].country == country)):
                return slug
        return None
