/* Schools as symbols drawn on the canvas: the shape tells the phase, a ring an SRP,
   four ticks the central school. Canvas, because hundreds of DOM markers are slow. */
"use strict";
const clusterMap = {};

clusterMap.SHAPES = {
  "primary": (pen, x, y, r) => pen.arc(x, y, r, 0, Math.PI * 2),
  "secondary": (pen, x, y, r) => pen.rect(x - r, y - r, 2 * r, 2 * r),
  "all-through": (pen, x, y, r) => {
    const s = 1.4 * r;
    pen.moveTo(x, y - s); pen.lineTo(x + s, y); pen.lineTo(x, y + s); pen.lineTo(x - s, y);
    pen.closePath();
  },
  "associate": (pen, x, y, r) => {
    const s = 1.3 * r;
    pen.moveTo(x, y - s); pen.lineTo(x + s, y + 0.8 * s); pen.lineTo(x - s, y + 0.8 * s);
    pen.closePath();
  },
};

clusterMap.LOOKS = {
  "primary": {fillColor: "#ffffff", color: "#16283c", weight: 1.5},
  "secondary": {fillColor: "#16283c", color: "#ffffff", weight: 1},
  "all-through": {fillColor: "#16283c", color: "#ffffff", weight: 1},
  "associate": {fillColor: "#f4f1ea", color: "#5a5248", weight: 1.2},
};

clusterMap.RING = "#a3004f";
clusterMap.show = {srp: true, hub: true, outside: new Map()};

/* Radius of a school's symbol at the map's zoom, in pixels. */
clusterMap.radius = (map) => Math.max(2.5, Math.min(8, map.getZoom() - 6.2));

clusterMap.Symbol = L.CircleMarker.extend({
  _updateBounds() {
    const reach = this._radius * 2 + 14 + this._clickTolerance();
    this._pxBounds = new L.Bounds(this._point.subtract([reach, reach]), this._point.add([reach, reach]));
  },
  _updatePath() { this._renderer._updateSchool(this); },
});

L.Canvas.include({
  _updateSchool(layer) {
    if (!this._drawing || layer._empty()) { return; }
    const pen = this._ctx, {x, y} = layer._point, r = layer._radius, options = layer.options;
    if (options.moved || options.ticked) { clusterMap.halo(pen, x, y, r * 1.25 + 6); }
    pen.beginPath();
    clusterMap.SHAPES[options.shape](pen, x, y, r);
    this._fillStroke(pen, layer);
    pen.globalAlpha = options.opacity;
    if (options.srp && clusterMap.show.srp) { clusterMap.ring(pen, x, y, r * 1.25 + 3); }
    if (options.hub && clusterMap.show.hub) { clusterMap.ticks(pen, x, y, r * 1.25 + 2); }
    let side = r * 1.25 + 4;
    options.outside.filter((place) => clusterMap.show.outside.has(place)).forEach((place) => {
      clusterMap.frame(pen, x, y, side, clusterMap.show.outside.get(place));
      side += 4;
    });
    pen.globalAlpha = 1;
  },
});

/* Behind a school that moves: a yellow disc with a dark edge, told from a ring in grey too. */
clusterMap.halo = (pen, x, y, r) => {
  pen.beginPath();
  pen.arc(x, y, r, 0, Math.PI * 2);
  pen.fillStyle = "#ffd400";
  pen.fill();
  pen.lineWidth = 2.5;
  pen.strokeStyle = "#000000";
  pen.stroke();
};

clusterMap.ring = (pen, x, y, r) => {
  pen.beginPath();
  pen.arc(x, y, r, 0, Math.PI * 2);
  pen.lineWidth = 2;
  pen.strokeStyle = clusterMap.RING;
  pen.stroke();
};

/* Around a school across a border: a square in the dashes of that layer's lines. */
clusterMap.frame = (pen, x, y, side, {colour, dashes}) => {
  pen.beginPath();
  pen.rect(x - side, y - side, 2 * side, 2 * side);
  pen.lineWidth = 2.2;
  pen.strokeStyle = colour;
  pen.setLineDash(dashes);
  pen.stroke();
  pen.setLineDash([]);
};

clusterMap.ticks = (pen, x, y, r) => {
  pen.beginPath();
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    pen.moveTo(x + dx * r, y + dy * r);
    pen.lineTo(x + dx * (r + 6), y + dy * (r + 6));
  }
  pen.lineWidth = 2.5;
  pen.strokeStyle = "#16283c";
  pen.stroke();
};

/* Given to folium's GeoJson layers of schools as their pointToLayer. */
clusterMap.symbol = (feature, latlng) => {
  const facts = feature.properties;
  const options = {
    ...clusterMap.LOOKS[facts.phase], shape: facts.phase, srp: facts.srp, hub: facts.hub,
    outside: facts.outside || [], moved: Boolean(facts.move), radius: 4, opacity: 1, fillOpacity: 1,
  };
  return new clusterMap.Symbol(latlng, options);
};
