/* Names on a map: in full where they fit, else the code, else nothing. */
"use strict";

/* Return a function that writes labels, each {at, text, short, bounds, className}, and clears
   what was written before. The first of two that overlap wins. */
clusterMap.lettering = (map) => {
  const written = L.layerGroup().addTo(map);
  const pixels = (at) => map.latLngToContainerPoint(at);
  const fits = ({bounds}, text) => !bounds ||
    text.length * 7 < pixels(bounds.getNorthEast()).x - pixels(bounds.getSouthWest()).x;
  return (labels) => {
    written.clearLayers();
    const taken = [];
    const place = (label, html, text) => {
      const at = pixels(label.at), half = [text.length * 3.6 + 4, 9];
      const box = L.bounds(at.subtract(half), at.add(half));
      if (taken.some((other) => other.intersects(box))) { return false; }
      taken.push(box);
      const icon = L.divIcon({
        className: `label ${label.className || ""}`, html: `<span>${html}</span>`,
        iconSize: [2 * half[0], 18],
      });
      L.marker(label.at, {icon, interactive: false, keyboard: false}).addTo(written);
      return true;
    };
    labels.forEach((label) => {
      const name = clusterMap.plain(label.text), code = clusterMap.plain(label.short);
      const named = fits(label, name) && place(label, label.text, name);
      if (!named && code) { place(label, label.short, code); }
    });
  };
};
