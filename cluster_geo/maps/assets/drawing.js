/* What is on the map: the areas by code, the schools by URN, lines to the central schools, names. */
"use strict";

clusterMap.drawing = ({map, areas: clusters, schools: phases, zones, tiles, backdrop, sizes, words}) => {
  const areas = {}, schools = {}, labels = [];
  let lit = null;
  const spokes = L.layerGroup().addTo(map), journeys = L.layerGroup();
  clusters.eachLayer((area) => {
    const facts = area.feature.properties;
    areas[facts.code] = area;
    area.setStyle({fillColor: facts.colour});
    area.bindTooltip(`${clusterMap.called(facts.name, facts.code)}`, {sticky: true, className: "tip"});
    labels.push({at: facts.label, text: facts.name, layer: clusters, area, code: facts.code});
  });
  const extent = (area) => {
    const bounds = area.getBounds();
    return (bounds.getNorth() - bounds.getSouth()) * (bounds.getEast() - bounds.getWest());
  };
  labels.sort((a, b) => extent(b.area) - extent(a.area));
  phases.forEach((layer) => layer.eachLayer((symbol) => {
    const facts = symbol.feature.properties;
    schools[facts.urn] = symbol;
    symbol.bindPopup(() => `${clusterMap.schoolWords(facts, words)}`, {maxWidth: 320, autoPan: !clusterMap.narrow()});
    symbol.bindTooltip(clusterMap.text(facts.name), {direction: "top", offset: [0, -6], className: "tip"});
  }));
  zones.forEach((layer) => layer.eachLayer((lines) => {
    lines.feature.properties.labels.forEach(({name, label}) => {
      labels.push({at: label, text: name, layer, className: "zone-label"});
    });
  }));
  const behind = clusterMap.backdrop(map, backdrop), {context} = backdrop;

  const eachSchool = (act) => Object.values(schools).forEach(act);
  const spoke = (symbol, group, look = {}) => {
    const facts = symbol.feature.properties;
    const centre = facts.cluster && schools[areas[facts.cluster].feature.properties.hub_urn];
    if (!centre || facts.hub) { return; }
    const line = [symbol.getLatLng(), centre.getLatLng()];
    const usual = {color: "#16283c", weight: 1.3, opacity: 0.75, interactive: false};
    L.polyline(line, {...usual, ...look}).addTo(group);
  };
  eachSchool((symbol) => spoke(symbol, journeys));
  const gaps = clusterMap.gaps(areas, schools, spoke);

  /* Areas lie below all else, then borders and lines, then the schools. */
  const toFront = () => [gaps.hatched, ...zones, journeys, gaps.far, spokes, ...phases]
    .filter((group) => map.hasLayer(group))
    .forEach((group) => group.eachLayer((layer) => layer.bringToFront()));
  /* Over a background map the areas let it shine through. */
  const outline = (chosen) => {
    const thin = [tiles, context].some((layer) => layer && map.hasLayer(layer));
    const dark = (code) => (lit && !lit.has(code) ? 0.15 : thin ? 0.4 : 0.75);
    Object.entries(areas).forEach(([code, area]) => area.setStyle(code === chosen
      ? {color: "#16283c", weight: 3.5, fillOpacity: thin ? 0.55 : 0.95}
      : {color: "#ffffff", weight: 1.5, fillOpacity: dark(code)}));
    if (chosen) { areas[chosen].bringToFront(); }
    toFront();
  };

  const letter = clusterMap.lettering(map);
  const write = () => {
    const names = clusterMap.byId("show-names").checked ? labels : [];
    const seen = names.filter((label) => !label.layer || map.hasLayer(label.layer));
    letter([...seen, ...behind.names(seen)]
      .map((label) => ({...label, faint: lit && label.code && !lit.has(label.code)})));
  };
  /* Only these clusters in full colour, or all of them again. */
  const light = (codes) => { lit = codes; write(); };
  const resize = () => {
    const radius = clusterMap.radius(map);
    eachSchool((symbol) => symbol.setRadius(radius * (sizes[symbol.options.shape] || 1)));
  };
  map.on("zoomend", resize);
  map.on("moveend", write);
  const redraw = () => eachSchool((symbol) => symbol.redraw());
  return {map, behind, areas, schools, gaps, spokes, journeys, whole: clusters.getBounds(), eachSchool,
    spoke, toFront, outline, light, write, resize, redraw};
};
