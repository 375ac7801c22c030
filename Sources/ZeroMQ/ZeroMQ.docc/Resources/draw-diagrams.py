#!/usr/bin/env python3
"""Draws the diagrams of the documentation: each as NAME.svg for light pages and NAME~dark.svg for dark ones.

usage: ./draw-diagrams.py [--check]      --check only tells whether the files are up to date
"""
import pathlib
import sys

THEMES = {
    "": {"text": "#1d1d1f", "line": "#6e6e73", "box": "#f5f5f7", "strong": "#0066cc", "fill": "#d6e8fb"},
    "~dark": {"text": "#f5f5f7", "line": "#98989d", "box": "#2c2c2e", "strong": "#409cff", "fill": "#12395f"},
}


class Drawing:
    """Collects the shapes of one diagram in one theme."""

    def __init__(self, width, height, theme):
        self.width, self.height, self.theme, self.shapes = width, height, theme, []

    def box(self, x, y, width, height, text, kind="box", small=""):
        fill, line = (self.theme["fill"], self.theme["strong"]) if kind == "strong" else (self.theme["box"], self.theme["line"])
        self.shapes.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="{fill}" stroke="{line}"/>')
        self.text(x + width / 2, y + height / 2 + (-3 if small else 5), text)
        if small:
            self.text(x + width / 2, y + height / 2 + 14, small, size=11)

    def text(self, x, y, text, size=14, anchor="middle", color="text"):
        self.shapes.append(
            f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{self.theme[color]}">{text}</text>')

    def arrow(self, x1, y1, x2, y2, text="", above=True):
        self.shapes.append(
            f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{self.theme["line"]}" stroke-width="1.5" marker-end="url(#head)"/>')
        if text:
            self.text((x1 + x2) / 2, (y1 + y2) / 2 + (-7 if above else 17), text, size=12)

    def svg(self, title):
        head = (
            f'<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
            f'<path d="M0 0 L8 4 L0 8 z" fill="{self.theme["line"]}"/></marker>')
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}" role="img" font-family="-apple-system, Helvetica, Arial, sans-serif">',
            f"<title>{title}</title>", f"<defs>{head}</defs>", *self.shapes, "</svg>", ""])


def frames(drawing, x, y, names):
    """Draws a message as a row of frames, the routing IDs in the strong color; returns its width."""
    for name in names:
        width = 30 if name == "" else 12 + 8 * len(name)
        drawing.box(x, y, width, 26, name or "∅", kind="strong" if name.startswith("id") else "box")
        x += width
    return x


def envelopes(theme):
    d = Drawing(760, 270, theme)
    for x, name in ((10, "REQ"), (190, "ROUTER"), (310, "DEALER"), (460, "ROUTER"), (580, "DEALER")):
        d.box(x, 90, 90, 50, name, small={10: "client A"}.get(x, ""))
    d.text(295, 75, "first proxy P", size=12)
    d.text(565, 75, "second proxy Q", size=12)
    d.box(690, 90, 60, 50, "REP", small="server")
    for x1, x2 in ((100, 190), (400, 460), (670, 690)):
        d.arrow(x1, 115, x2, 115)
    for x in (280, 550):
        d.arrow(x, 115, x + 30, 115)
    d.text(10, 25, "A request, with the frames as each ROUTER hands them on:", anchor="start", size=13)
    frames(d, 10, 165, ["", "body"])
    frames(d, 235, 165, ["id A", "", "body"])
    frames(d, 500, 165, ["id P", "id A", "", "body"])
    d.text(10, 225, "∅ is the empty delimiter. The reply returns with the same frames; each ROUTER removes the first ID, its addressee.",
           anchor="start", size=12)
    d.text(10, 245, "The server sees the body alone: REP keeps everything up to the delimiter, and puts it back in front of the reply.",
           anchor="start", size=12)
    return d.svg("Envelopes over two hops")


def queues(theme):
    d = Drawing(760, 190, theme)
    d.box(10, 60, 90, 50, "send")
    d.box(140, 45, 150, 80, "send queue", kind="strong", small="sendHighWaterMark")
    d.box(330, 60, 100, 50, "network", small="system buffers")
    d.box(470, 45, 150, 80, "receive queue", kind="strong", small="receiveHighWaterMark")
    d.box(660, 60, 90, 50, "receive")
    for x1, x2 in ((100, 140), (290, 330), (430, 470), (620, 660)):
        d.arrow(x1, 85, x2, 85)
    d.text(215, 30, "one for each peer, 1,000 messages", size=12)
    d.text(545, 30, "one for each peer, 1,000 messages", size=12)
    d.text(10, 155, "A receiver that does not read fills its queue, then the network, then the sender's queue; then send blocks or drops.",
           anchor="start", size=12)
    d.text(10, 175, "Over inproc there is one queue, whose mark is the sum of both.", anchor="start", size=12)
    return d.svg("Where messages wait between two sockets")


def waiting(theme):
    d = Drawing(760, 315, theme)
    for x, name in ((80, "task"), (300, "socket (libzmq)"), (520, "executor thread"), (700, "kernel")):
        d.box(x - 60 if x != 700 else 650, 10, 120 if x != 700 else 100, 34, name)
        d.shapes.append(f'<line x1="{x}" y1="44" x2="{x}" y2="275" stroke="{theme["line"]}" stroke-dasharray="4 4"/>')
    d.arrow(80, 75, 300, 75, "receive, without waiting")
    d.arrow(300, 105, 80, 105, "EAGAIN")
    d.arrow(80, 135, 520, 135)
    d.text(190, 128, "arm a waiter, and suspend", size=12)
    d.arrow(520, 165, 700, 165, "sleep (epoll or kqueue)")
    d.arrow(700, 195, 520, 195, "descriptor readable")
    d.arrow(520, 225, 80, 225)
    d.text(190, 218, "resume the task", size=12)
    d.arrow(80, 255, 300, 255, "receive again: the message")
    d.text(10, 300, "The descriptor is registered once, edge-triggered. An edge that finds no waiter is kept for the next one.",
           anchor="start", size=12)
    return d.svg("How a task waits for a socket")


def main():
    folder = pathlib.Path(__file__).resolve().parent
    stale = []
    for name, draw in (("envelopes", envelopes), ("queues", queues), ("waiting", waiting)):
        for suffix, theme in THEMES.items():
            file = folder / f"{name}{suffix}.svg"
            text = draw(theme)
            if "--check" in sys.argv:
                if not file.exists() or file.read_text() != text:
                    stale.append(file.name)
            else:
                file.write_text(text)
    if stale:
        sys.exit(f"run draw-diagrams.py: out of date are {', '.join(stale)}")


main()
