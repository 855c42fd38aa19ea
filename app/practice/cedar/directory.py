"""The customers of the Prairie Short Line and the places they are served at.

Rule: invented, and the same for every seed, so that a trainer finds the customers of yesterday.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place of a customer; the GL number is configured here."""

    customer: str
    """Whose it is."""
    name: str
    """The customer's short name and the town."""
    account_number: str
    """The customer's own account number; empty at some."""
    gl_code: str | None
    """The GL number; some places have none."""


# Written by name in one place each: the curly ones look like plain ones in many editors.
_QUOTE, _OPEN, _CLOSE = (
    "\N{RIGHT SINGLE QUOTATION MARK}",
    "\N{LEFT DOUBLE QUOTATION MARK}",
    "\N{RIGHT DOUBLE QUOTATION MARK}",
)

_CUSTOMERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Acme Grain Company", "Acme Grain", ("Rosetown", "Kindersley", "Eston")),
    ("Bluestem Farmers Cooperative", "Bluestem Coop", ("Davidson", "Craik")),
    ("Coopérative Céréalière Saint-Rémi", "Saint-Rémi", ("Gravelbourg", "Ponteix", "Zenon Park")),
    ("Dakota Potash Terminals", "Dakota Potash", ("Esterhazy", "Rocanville", "Vanscoy")),
    ("Eastfield Lumber & Truss", "Eastfield", ("Hudson Bay", "Carrot River")),
    ("Flatlands Fertilizer Inc.", "Flatlands", ("Belle Plaine", "Pasqua", "Drinkwater")),
    ("Great Basin Cement", "Great Basin", ("Regina East", "Saskatoon South")),
    ("Harlan Tank Car Services", "Harlan", ("Moose Jaw", "Lloydminster", "Unity")),
    ("Interlake Malting Company", "Interlake Malt", ("Biggar", "Wilkie")),
    ("Jasper Aggregates", "Jasper", ("Lumsden", "Bethune", "Chamberlain")),
    ("Koenig & Söhne Feed Mills", "Koenig", ("Humboldt", "Lanigan")),
    ("Lakeland Propane Partners", "Lakeland", ("Kerrobert", "Rosetown South", "Dodsland")),
    ("Meridian Steel Processing", "Meridian", ("Regina North", "Yorkton")),
    ("Northgate Commodities", "Northgate", ("Northgate Yard", "Estevan", "Bienfait")),
    (f"O{_QUOTE}Brien Seed & Supply", f"O{_QUOTE}Brien", ("Melfort", "Tisdale")),
    ("Prairie Star Pulse Processors", "Prairie Star", ("Swift Current", "Gull Lake", "Shaunavon")),
    ("Quill Plains Canola", "Quill Plains", ("Wynyard", "Wadena")),
    ("Redline Transload", "Redline", ("Saskatoon West", "Warman", "Osler")),
    ("South Loop Storage \N{EN DASH} Cars In Transit", "South Loop", ("Assiniboia", "Mossbank")),
    ("Tri-County Ag Retail", "Tri-County", ("Outlook", "Broderick", "Conquest")),
    ("Union Salt Works", "Union Salt", ("Unity East", "Chaplin")),
    ("Valley Biofuels", "Valley Bio", ("Lloydminster West", "Maidstone", "Lashburn")),
    (f"Western {_OPEN}Prime{_CLOSE} Hay Exporters", "Western Prime", ("Outlook East", "Elbow")),
    ("Yellowgrass Oilfield Logistics", "Yellowgrass", ("Weyburn", "Stoughton", "Midale")),
    ("Zephyr Wind Components", "Zephyr", ("Moosomin", "Wapella")),
)  # fmt: skip

_SPECIAL: tuple[tuple[str, str, str, str], ...] = (
    ("New Horizon Ethanol LLC", "New Horizon", "Belle Plaine Spur", "49110"),
    ("Old Mill Cooperative", "Old Mill", "Indian Head", "40980"),
)


def _gl_code(customer: int, place: int, places: int) -> str | None:
    """Number a place: plain numbers and numbers with a suffix, and none at the third place of every second one."""
    if place == 2 and places == 3 and customer % 2:
        return None
    if customer % 3 == 0:
        return str(4410 + 10 * customer + place)
    return f"{40210 + 110 * customer}-{place + 1:02d}"


def _locations(customer: int, name: str, short: str, towns: tuple[str, ...]) -> list[Location]:
    """Lay out the places of one customer."""
    return [
        Location(
            customer=name,
            name=f"{short} {town}",
            account_number="" if (customer + place) % 4 == 3 else f"PSL-{100_234 + 37 * customer + place}",
            gl_code=_gl_code(customer, place, len(towns)),
        )
        for place, town in enumerate(towns)
    ]


CUSTOMERS: tuple[tuple[Location, ...], ...] = tuple(
    tuple(_locations(number, *entry)) for number, entry in enumerate(_CUSTOMERS)
)
"""The places of every customer in good standing."""

MISSING, INACTIVE = (Location(name, f"{short} {town}", "", gl_code) for name, short, town, gl_code in _SPECIAL)
"""A customer the accounting system is not to know, and one it is to keep as inactive."""

WITH_GL: tuple[Location, ...] = tuple(place for places in CUSTOMERS for place in places if place.gl_code is not None)
"""Places with a GL number."""

WITHOUT_GL: tuple[Location, ...] = tuple(place for places in CUSTOMERS for place in places if place.gl_code is None)
"""Places without one."""

NON_ASCII: tuple[Location, ...] = tuple(place for place in WITH_GL if not place.customer.isascii())
"""Places with a GL number whose customer's name goes beyond ASCII."""


def others_of(location: Location) -> list[Location]:
    """Return the customer's other places that have a GL number."""
    return [place for place in WITH_GL if place.customer == location.customer and place != location]
