/* What is on the map: the areas by code, the schools by URN, lines to the central schools, names. */
"use strict";

clusterMap.drawing = ({map, areas: clusters, schools: phases, zones, tiles, backdrop, sizes, words}) => {
  const areas = {}, schools = {}, names = [], labels = [];
  let lit = null;
  const spokes = L.layerGroup().addTo(map), journeys = L.layerGroup();
  const addArea = (area) => {
    const {name, code} = area.feature.properties;
    areas[code] = area;
    area.unbindTooltip();
    area.bindTooltip(`${clusterMap.called(name, code)}`, {sticky: true, className: "tip"});
  };
  clusters.eachLayer(addArea);
  const extent = (area) => {
    const bounds = area.getBounds();
    return (bounds.getNorth() - bounds.getSouth()) * (bounds.getEast() - bounds.getWest());
  };
  /* What follows from the areas' facts: their colours and the names on the map, the largest first. */
  const nameAreas = () => {
    names.splice(0, names.length, ...Object.values(areas).map((area) => {
      const {name, code, label, colour} = area.feature.properties;
      area.setStyle({fillColor: colour});
      return {at: label, text: name, layer: clusters, area, code};
    }).sort((a, b) => extent(b.area) - extent(a.area)));
  };
  nameAreas();
  const addSchool = (symbol) => {
    const facts = symbol.feature.properties;
    schools[facts.urn] = symbol;
    symbol.bindPopup(() => `${clusterMap.schoolWords(symbol.feature.properties, words)}`, {maxWidth: 320, autoPan: !clusterMap.narrow()});
    symbol.bindTooltip(clusterMap.text(facts.name), {direction: "top", offset: [0, -6], className: "tip"});
  };
  phases.forEach((layer) => layer.eachLayer(addSchool));
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
  const drawJourneys = () => {
    journeys.clearLayers();
    eachSchool((symbol) => spoke(symbol, journeys));
  };
  drawJourneys();
  const gaps = clusterMap.gaps(areas, schools, spoke), pathways = clusterMap.pathways(schools);

  /* Areas lie below all else, then borders and lines, then the schools. */
  const toFront = () => [gaps.hatched, ...zones, journeys, gaps.far, pathways.layer, spokes, ...phases]
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
    const asked = clusterMap.byId("show-names").checked ? [...names, ...labels] : [];
    const seen = asked.filter((label) => !label.layer || map.hasLayer(label.layer));
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
  return {map, behind, areas, schools, gaps, pathways, spokes, journeys, whole: clusters.getBounds(), eachSchool,
    spoke, toFront, outline, light, write, resize, redraw, clusters, phases, addArea, addSchool, nameAreas,
    drawJourneys};
};
