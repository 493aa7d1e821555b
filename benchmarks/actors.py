"""Coding of an actor's words on a day: lines {id, text, date, country, sector}."""

from __future__ import annotations

from benchmarks.common import arguments, lines, note, read_text, reader, show


def main() -> None:
    args = arguments(__doc__ or "")
    reading = reader(args.model)
    right = {"country": 0, "sector": 0, "both": 0}
    total = 0
    for line in lines(args.data):
        total += 1
        # The words stand alone; a frame makes them the subject of a sentence.
        text = f"{line['text']} said so."
        read = read_text(reading, text, name=str(line["id"]), date=line.get("date"))
        best = next(
            (
                mention.actor
                for mention in sorted(read.mentions, key=lambda m: -len(m.span.text))
                if mention.actor and mention.span.start < len(line["text"])
            ),
            None,
        )
        country = (best.country_code or best.entity_code) if best else None
        sector = best.sector_code if best else None
        same_country = (country or "") == (line.get("country") or "")
        same_sector = (sector or "") == (line.get("sector") or "")
        right["country"] += same_country
        right["sector"] += same_sector
        right["both"] += same_country and same_sector
        if args.errors and not (same_country and same_sector):
            note(line, "got", country, sector)
    show({f"{key}_accuracy": value / total if total else 0.0 for key, value in right.items()})


if __name__ == "__main__":
    main()
