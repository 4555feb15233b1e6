"""Who works at the demo's company: people, API keys and machines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid5

ORGANISATION_ID = "7d0c8f54-5b0e-4a77-9d5c-3f1f0d8b2c11"
ORGANISATION_NAME = "Tidewater Supply"
DOMAIN = "tidewater.example"
_NAMES = UUID("5b7a1c1e-6f43-4b7e-8f0a-0d4b1f2f9a10")

# name, e-mail's local part, groups: the first one is the home team
_PEOPLE = """
Ana Ferreira|ana|admin,platform
Bruno Díaz|bruno|sre,platform,oncall
Carla Weiß|carla|auditor
Dana 田中|dana|dev,payments
Erik [bold]Ångström[/bold]|erik|dev,security
Farah Haddad|farah|dba,data
Gustavo Lima|gustavo|sre,oncall
Hana Kobayashi 小林 花|hana|data
Ivan Петров|ivan|dba
Jia Li 李佳|jia|dev,payments
Kwame Mensah|kwame|support
Léa Fournier|lea|security
Mateusz Wójcik|mateusz|dev,catalogue
Nadia El-Sayed|nadia|support
Oluwaseun Adeyemi|seun|sre,oncall
Priya Raghunathan|priya|data
Quentin Dubois|quentin|dev,catalogue
Rosa Jiménez Ortega|rosa|support
Siobhán Ní Bhriain|siobhan|dev,payments
Tomáš Dvořák|tomas|platform,sre
Uğur Yılmaz|ugur|dev,catalogue
Valentina Rossi|valentina|finance
Wei-Ting Chen 陳威廷|weiting|dev,payments
Xochitl Hernández|xochitl|data
Yusuf Karim|yusuf|support
Zoë van der Meer|zoe|security
Anders Øvergård|anders|dev,catalogue
Beatriz Conceição|beatriz|dba
Chidi Okonkwo|chidi|dev,payments
Đỗ Minh Anh|minhanh|dev,catalogue
Elif Şahin|elif|support
Fjóla Guðmundsdóttir|fjola|data
Giorgos Παπαδόπουλος|giorgos|sre,oncall
Hamish MacLeod|hamish|dev,payments
Ingrid Solberg-Håkonsen|ingrid|finance
João Pedro Nascimento|joao|dev,catalogue
Katarzyna Żółkiewska|kasia|platform
Lwazi Ndlovu|lwazi|support
María José Carreño Quiñones|mariajose|admin
Nguyễn Thị Hương|huong|auditor,finance
Óscar Ibáñez|oscar|dev,payments
김민준|minjun|sre,oncall
"""
_KEYS = (
    "ci-deploy|deploy,ci-migrations|deploy,backup-runner|sre,grafana-alerts|oncall,"
    "payroll-export|finance"
)
_MACHINES = (
    "orders-api-prod,billing-worker-prod,nightly-etl,inventory-sync,"
    "search-indexer,metrics-scraper,ledger-reconciler"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has sessions: a person, an API key or a machine identity.

    `id` is the subject that the gateway's `user` filter wants; `kind` is "person", "key" or
    "machine"; `groups` are the current ones.
    """

    id: str
    email: str
    name: str
    groups: tuple[str, ...]
    kind: str

    @property
    def role(self) -> str:
        """What userinfo answers: admin, auditor or standard."""
        if "admin" in self.groups:
            return "admin"
        return "auditor" if "auditor" in self.groups else "standard"

    @property
    def sees_everything(self) -> bool:
        return self.role != "standard"

    @property
    def user(self) -> str:
        """A session's `user`: the e-mail, the key's name, empty for a machine."""
        return "" if self.kind == "machine" else self.email


def _subject(local_part: str) -> str:
    return "00u" + uuid5(_NAMES, local_part).hex[:17]


@cache
def everybody() -> tuple[Person, ...]:
    """People first, then API keys, then machines; the order is that of the database."""
    found: list[Person] = []
    for line in _PEOPLE.strip().splitlines():
        name, local_part, groups = line.split("|")
        found.append(
            Person(
                id=_subject(local_part),
                email=f"{local_part}@{DOMAIN}",
                name=name,
                groups=tuple(groups.split(",")),
                kind="person",
            )
        )
    for part in _KEYS.split(","):
        name, group = part.split("|")
        found.append(Person(str(uuid5(_NAMES, name)), name, name, (group,), "key"))
    machines = _MACHINES.split(",")
    found += [Person(str(uuid5(_NAMES, name)), "", name, (), "machine") for name in machines]
    return tuple(found)


@cache
def group_names() -> tuple[str, ...]:
    """Every group that somebody is in."""
    return tuple(sorted({group for person in everybody() for group in person.groups}))


@cache
def people_in(group: str) -> tuple[int, ...]:
    """Positions in `everybody()` of the people (no keys) in a group."""
    return tuple(
        index
        for index, person in enumerate(everybody())
        if person.kind == "person" and group in person.groups
    )


@cache
def position_of(name: str) -> int:
    """Position in `everybody()` of an e-mail, a key's or a machine's name, or a subject.

    Raises:
        ValueError: nobody is called that.
    """
    for index, person in enumerate(everybody()):
        if name in (person.id, person.name, person.email):
            return index
    raise ValueError(f"nobody is called {name!r} in the demo")
