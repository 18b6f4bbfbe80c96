/* Names on a map, in one style for each kind: whole or not at all, and none over another.
   Further in there is room for all of them. */
"use strict";

clusterMap.LABEL = {line: 15, chars: 18, lines: 3, font: "650 12px system-ui, sans-serif"};
/* Where a name is tried, in half widths and heights from its spot. */
clusterMap.LABEL_SHIFTS = [[0, 0], [0, -0.8], [0, 0.8], [-0.6, 0], [0.6, 0], [0, -1.5], [0, 1.5]];

/* Beside a spot that a school stands on. */
clusterMap.BESIDE_SHIFTS = [[0, 1.35], [0, -1.35], [1.15, 0], [-1.15, 0], ...clusterMap.LABEL_SHIFTS];

/* Break HTML that holds nothing but text into lines of a few words. */
clusterMap.wrapped = (html) => {
  const lines = [""];
  html.split(" ").forEach((word) => {
    const last = lines[lines.length - 1], longer = last ? `${last} ${word}` : word;
    const full = lines.length === clusterMap.LABEL.lines;
    if (!last || full || clusterMap.plain(longer).length <= clusterMap.LABEL.chars) {
      lines[lines.length - 1] = longer;
    } else { lines.push(word); }
  });
  return lines;
};

/* Whether a point is in an area, by the crossings of a line to the east of it. */
clusterMap.holds = (area, {lat, lng}) => {
  const crossed = (rings) => (rings[0] instanceof L.LatLng
    ? rings.filter((one, i) => {
      const other = rings[(i || rings.length) - 1];
      return (one.lat > lat) !== (other.lat > lat) &&
        lng < (other.lng - one.lng) * (lat - one.lat) / (other.lat - one.lat) + one.lng;
    }).length
    : rings.reduce((sum, ring) => sum + crossed(ring), 0));
  return crossed(area.getLatLngs()) % 2 === 1;
};

/* Return a function that writes labels, each {at, text, area, beside, off, className, faint}, and clears what
   was written before. The first of two that overlap wins. */
clusterMap.lettering = (map) => {
  const written = L.layerGroup().addTo(map), pen = document.createElement("canvas").getContext("2d");
  const pixels = (at) => map.latLngToContainerPoint(at), sizes = new Map();
  const size = (text) => {
    const key = `${clusterMap.LABEL.font} ${text}`;
    if (!sizes.has(key)) {
      pen.font = clusterMap.LABEL.font;
      const lines = clusterMap.wrapped(text);
      const wide = lines.map((line) => pen.measureText(clusterMap.plain(line)).width);
      sizes.set(key, {lines, half: [Math.max(...wide) / 2 + 4,
        lines.length * clusterMap.LABEL.line / 2 + 1]});
    }
    return sizes.get(key);
  };
  /* The middle of what is seen of an area whose own spot is not seen. */
  const seenSpot = ({area, beside}, view) => {
    if (!area || !view.intersects(area.getBounds())) { return null; }
    const steps = [0, 1, -1, 2, -2, 3, -3], whole = map.getSize();
    for (const y of steps) {
      for (const x of steps) {
        const at = map.containerPointToLatLng([whole.x * (0.5 + x / 8), whole.y * (0.5 + y / 8)]);
        if (clusterMap.holds(area, at) && !(beside && clusterMap.holds(beside, at))) { return at; }
      }
    }
    return null;
  };
  return (labels) => {
    written.clearLayers();
    const taken = [], view = map.getBounds();
    labels.forEach((label) => {
      const spot = view.contains(label.at) ? L.latLng(label.at) : seenSpot(label, view);
      if (!spot) { return; }
      const {lines, half} = size(label.text), from = pixels(spot);
      const shifts = label.off ? clusterMap.BESIDE_SHIFTS : clusterMap.LABEL_SHIFTS;
      const tries = shifts.map(([x, y]) => from.add([x * half[0], y * half[1]]));
      const free = tries.find((at) => !taken.some((other) =>
        other.intersects(L.bounds(at.subtract(half), at.add(half)))));
      if (!free) { return; }
      taken.push(L.bounds(free.subtract(half), free.add(half)));
      const icon = L.divIcon({
        className: `label ${label.className || ""}${label.faint ? " faint" : ""}`,
        html: `${clusterMap.html`<span>${lines.map((line, i) => (i
          ? clusterMap.html` <br>${line}` : clusterMap.html`${line}`))}</span>`}`, iconSize: half.map((one) => 2 * one),
      });
      L.marker(map.containerPointToLatLng(free), {icon, interactive: false, keyboard: false})
        .addTo(written);
    });
  };
};
