"""Checks that a module's landing page names every symbol of its top level: check-landing-page.py ARCHIVE MODULE"""

import json
import pathlib
import sys

archive, module = pathlib.Path(sys.argv[1]), sys.argv[2].lower()
pages = archive / "data" / "documentation"
landing = json.loads((pages / f"{module}.json").read_text())
# DocC makes a section of its own, marked as generated, of what no section names.
named = {
    identifier
    for section in landing["topicSections"]
    if not section.get("generated")
    for identifier in section["identifiers"]
}
symbols = {}
for file in sorted((pages / module).glob("*.json")):
    page = json.loads(file.read_text())
    # Extensions of other modules' types lie under the name of those modules.
    if page["kind"] == "symbol" and page["metadata"]["symbolKind"] != "module":
        symbols[page["identifier"]["url"]] = page["metadata"]["title"]
missing = [identifier for identifier in symbols if identifier not in named]
for identifier in missing:
    print(f"the landing page does not name {symbols[identifier]}: {identifier.split('/documentation/')[-1]}")
print(f"{len(symbols) - len(missing)} passed, {len(missing)} failed")
sys.exit(1 if missing or not symbols else 0)
