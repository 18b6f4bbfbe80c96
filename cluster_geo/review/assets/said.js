/* What has happened, for those who see the page and those who hear it. */
"use strict";

review.say = (words) => {
  const place = clusterMap.byId("review-said");
  /* The same words again are said again. */
  place.textContent = "";
  place.textContent = review.text(words);
};

/* What is proposed, on the map: new borders as dashed lines, the schools that move lit. */
review.sketch = (() => {
  let group = null, lit = [];
  const shine = (urns, on) => urns.forEach((urn) => {
    const symbol = review.opened.schools[urn];
    if (symbol) { symbol.options.moved = on; symbol.redraw(); }
  });
  const clear = () => {
    if (group) { group.remove(); group = null; }
    shine(lit, false);
    lit = [];
    review.ticks.draw();
  };
  const draw = (outlines, urns) => {
    clear();
    const {map} = review.opened;
    const layer = (look) => L.geoJSON(outlines, {interactive: false, style: {fill: false, ...look}});
    if (outlines.length) {
      group = L.featureGroup([layer({color: "#ffffff", weight: 7, opacity: 0.9}),
        layer({color: "#16283c", weight: 3.5, dashArray: "10 7"})]).addTo(map);
      const work = clusterMap.byId("work");
      if (!map.getBounds().contains(group.getBounds()) || clusterMap.narrow()) {
        map.fitBounds(group.getBounds(), {maxZoom: 13, animate: false, paddingTopLeft: [20, 20],
          paddingBottomRight: [20, 20 + clusterMap.covered(map, work)]});
      }
    }
    lit = urns;
    shine(lit, true);
  };
  return {draw, clear};
})();
