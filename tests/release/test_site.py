"""The site's front page and docs. test_lite.py and test_play.py in this folder test the other parts."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import chromium
from ours import ROOT
from searching import files_in, mistakes_lines, rubric_lines, solution_lines
from static_site import serving_files

from release.site import docs, front
from release.students import PAGES

NAMES = ("gaussian-mixture", "image-clusters", "bernoulli-digits", "when-em-fails")
ELSEWHERE = ("course/", "play/")  # other parts of the site, which other tests build


class Addresses(HTMLParser):
    """A parser that collects what a page loads, and where its links lead."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.links, self.anchors = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, pairs):
        told = dict(pairs)
        self.anchors.add(told.get("id"))
        if tag == "a":
            self.links.append(told.get("href", ""))
        else:
            self.loaded += [told[key] for key in ("src", "href") if told.get(key)]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    front.build(ROOT, folder, NAMES)
    docs.build(ROOT, folder / "docs")
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {path: Addresses(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_pages_load_nothing_from_other_servers(site, pages):
    loaded = {
        address for page in pages.values() for address in page.loaded if not address.startswith("data:")
    }
    assert not [address for address in loaded if urlsplit(address).netloc]
    for path in site.rglob("*.css"):
        assert not re.findall(r"url\([\"']?(?:https?:)?//", path.read_text(encoding="utf-8")), path


def test_every_link_leads_somewhere(site, pages):
    for path, page in pages.items():
        for address in page.links:
            parts = urlsplit(address)
            if parts.scheme or not address:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            inside = target.relative_to(site.resolve()).as_posix()
            if inside.startswith(ELSEWHERE) or path.name in ("genindex.html", "search.html"):
                continue
            assert target.exists(), (path.name, address)
            if parts.fragment and target.suffix == ".html":
                assert parts.fragment in pages[site / inside].anchors, (path.name, address)


def test_the_front_page_has_three_links_and_every_notebook(site, pages):
    links = pages[site / "index.html"].links
    begin = "course/lab/index.html?path=gaussian-mixture/gaussian-mixture.ipynb"
    assert links[:3] == [begin, "play/index.html", "docs/index.html"]
    assert links[3:7] == [f"course/lab/index.html?path={name}/{name}.ipynb" for name in NAMES]
    assert links[7:9] == [f"docs/docs/{name}.html" for name in PAGES]


def test_the_notice_beside_the_notebooks_leads_to_the_page_for_trouble(site):
    notice = (ROOT / "release/lite/front/notice.html").read_text(encoding="utf-8")
    (link,) = re.findall(r'href="\.\./\.\./(docs/[^"]+)"', notice)  # relative to course/lab/index.html
    assert (site / link).is_file()


def test_the_docs_are_those_of_the_repository(pages):
    names = {path.stem for path in pages}
    assert {"INSTRUCTORS", "CHANGELOG"} <= names
    assert {path.stem for path in (ROOT / "docs").glob("*.md")} - names == {"teach"}  # it has sample answers


def test_no_page_shows_a_line_of_a_solution_or_of_a_mistake(site):
    secret = solution_lines() | mistakes_lines() | rubric_lines()
    for name, content in files_in(site):
        text = html.unescape(re.sub(r"<[^>]+>", "", content.decode("utf-8", errors="ignore")))
        assert not [line for line in secret if line in " ".join(text.split())], name


@pytest.mark.long
def test_a_second_build_of_the_docs_has_the_same_bytes(site, tmp_path):
    docs.build(ROOT, tmp_path / "docs")
    for path in (site / "docs").rglob("*"):
        if path.is_file():
            assert (tmp_path / "docs" / path.relative_to(site / "docs")).read_bytes() == path.read_bytes(), (
                path
            )


def test_a_link_of_the_docs_that_leads_nowhere_is_an_error(tmp_path):
    for name in ("release/site", ".github/pictures"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "INSTRUCTORS.md").write_text("# A\n\n[gone](#gone)\n")
    with pytest.raises(ValueError, match=r"(?s)The docs could not be made:.*gone"):
        docs.build(tmp_path, tmp_path / "out")


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 360)])
def test_pages_have_no_accessibility_problem(site, scheme, width):
    with serving_files(site) as (address, _), chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name in (
            "index.html",
            "docs/index.html",
            "docs/docs/hand-out.html",
            "docs/docs/how-to-work.html",
        ):
            page.goto(f"{address}/{name}")
            found = Axe().run(page).response["violations"]
            assert not [(each["id"], each["nodes"][0]["html"]) for each in found], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width
