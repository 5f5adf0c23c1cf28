"""The shipped names: the tree of regions, ISO codes, aliases, publishers."""

from __future__ import annotations

import csv
from pathlib import Path

import pycountry
import pytest

from store.catalogue import Catalogue, read_catalogue
from store.engine import open_engine, reading
from store.facts import Facts
from store.names import slug_of
from store.period import Period
from store.shipped import DATA
from store.words import Metric


@pytest.fixture(scope="module")
def catalogue(loaded_file: Path) -> Catalogue:
    with reading(open_engine(f"sqlite:///{loaded_file}")) as session:
        return read_catalogue(session)


def test_every_region_is_in_the_world(catalogue: Catalogue) -> None:
    for slug in catalogue.regions:
        assert slug == "world" or catalogue.around(slug)[-1] == "world"
    assert catalogue.around("spain") == ("western-europe", "europe", "world")
    assert {"spain", "france", "western-europe"} <= catalogue.within("europe")
    assert catalogue.within("world") == set(catalogue.regions)


def test_countries_are_those_of_iso_3166(catalogue: Catalogue) -> None:
    codes = {region.iso for region in catalogue.regions.values() if region.iso}
    known = {country.alpha_2 for country in pycountry.countries}
    assert codes <= known | {"XK"}  # Kosovo has no code of the standard's; this one is what everyone uses
    assert len(codes) == sum(1 for region in catalogue.regions.values() if region.iso)
    assert {vendor.country for vendor in catalogue.vendors.values() if vendor.country} <= known


def test_a_country_has_no_country_inside_it(catalogue: Catalogue) -> None:
    inside = {region.parent for region in catalogue.regions.values() if region.iso}
    assert not {slug for slug in inside if slug and catalogue.regions[slug].iso} - {"china"}


def test_a_name_means_one_thing(catalogue: Catalogue) -> None:
    owners: dict[str, str] = {}
    for known in (catalogue.vendors, catalogue.regions):
        for slug, one in known.items():
            for name in one.names:  # type: ignore[attr-defined]
                if not name.ambiguous:
                    assert owners.setdefault(slug_of(name.text), slug) == slug, name.text


def test_parents_are_vendors(catalogue: Catalogue) -> None:
    assert all(vendor.parent in catalogue.vendors for vendor in catalogue.vendors.values() if vendor.parent)
    assert "redmi" in catalogue.brands("xiaomi")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Galaxy S8+", "galaxy-s8-plus"),
        ("  Mi   A1 ", "mi-a1"),
        ("S&T", "s-t"),
        ("小米", "小米"),
        ("टोगो", "टोगो"),
        ("Того", "того"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_facts_know_the_place_of_their_publisher(loaded_file: Path, catalogue: Catalogue) -> None:
    listed = {
        row["name"]: int(row["order"]) for row in csv.DictReader((DATA / "sources.csv").read_text("utf-8").splitlines())
    }
    with reading(open_engine(f"sqlite:///{loaded_file}")) as session:
        found = Facts(session, catalogue).ranking("world", Period.quarter(2017, 3), [Metric.SHIPMENTS])
    places = {fact.source.name: fact.source.place for fact in found}
    assert {"IDC", "Counterpoint"} <= places.keys()
    assert all(places[name] == listed[name] for name in places.keys() & listed.keys())


def test_every_column_of_a_names_file_arrives(catalogue: Catalogue) -> None:
    rows = list(csv.DictReader((DATA / "vendors.csv").read_text("utf-8").splitlines()))
    for row in rows:
        vendor = catalogue.vendors[row["slug"]]
        founded = int(row["founded"]) if row["founded"] else None
        assert (vendor.name, vendor.country or "", vendor.founded) == (row["name"], row["country"], founded)
        assert {name.text for name in vendor.names} >= {
            one.removesuffix("?") for one in row["aliases"].split("|") if one
        }
