/* What is on the map: the areas by code, the schools by URN, lines to the central schools, names. */
"use strict";

/* The county's ground that is in no area, and the land of others. */
clusterMap.GROUND = {
  own: {stroke: false, fillColor: "#ffffff", fillOpacity: 1},
  other: {color: "#c9c2b4", weight: 1, fillColor: "#f1ede4", fillOpacity: 1},
};

/* What people know a place by, beneath the areas. */
clusterMap.CONTEXT = {
  "built-up": {stroke: false, fillColor: "#8a8076", fillOpacity: 0.55},
  "water": {stroke: false, fillColor: "#7fb0d0", fillOpacity: 1},
  "river": {color: "#4d8fbd", weight: 1.4, opacity: 1},
  "railway": {color: "#2b2b2b", weight: 1.2, opacity: 1, dashArray: "7 4"},
  "road": {color: "#7a4a12", weight: 1.4, opacity: 1},
  "motorway": {color: "#7a4a12", weight: 3, opacity: 1},
};

clusterMap.drawing = ({map, areas: clusters, schools: phases, zones, tiles, ground, context, places, sizes, words}) => {
  const areas = {}, schools = {}, labels = [], quiet = [];
  let lit = null;
  const spokes = L.layerGroup().addTo(map), journeys = L.layerGroup();
  clusters.eachLayer((area) => {
    const facts = area.feature.properties;
    areas[facts.code] = area;
    area.setStyle({fillColor: facts.colour});
    area.bindTooltip(clusterMap.called(facts.name, facts.code), {sticky: true, className: "tip"});
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
    symbol.bindPopup(() => clusterMap.schoolWords(facts, words), {maxWidth: 320, autoPan: !clusterMap.narrow()});
    symbol.bindTooltip(facts.name, {direction: "top", offset: [0, -6], className: "tip"});
  }));
  zones.forEach((layer) => layer.eachLayer((lines) => {
    lines.feature.properties.labels.forEach(({name, label}) => {
      labels.push({at: label, text: name, layer, className: "zone-label"});
    });
  }));
  const grounds = ground.layer.getLayers(), kind = (shape) => shape.feature.properties.kind;
  const own = grounds.find((shape) => kind(shape) === "own");
  grounds.forEach((shape) => {
    const {name, label} = shape.feature.properties;
    shape.setStyle(clusterMap.GROUND[kind(shape)]);
    if (name) {
      quiet.push({at: label, text: name, layer: ground.layer, area: shape, beside: own, className: "other-label"});
    }
  });
  if (context) {
    context.eachLayer((shape) => shape.setStyle(clusterMap.CONTEXT[kind(shape)]));
    context.bringToBack();
    ground.layer.bringToBack();
  }
  places.forEach(({name, label, zoom = 0}) =>
    quiet.push({at: label, text: name, zoom, off: true, className: "place-label"}));
  if (ground.sea) { map.getContainer().classList.add("sea"); }

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
    const behind = clusterMap.byId("show-context").checked ? quiet : [];
    const named = ({text, className}) => className === "place-label" && names.some((label) =>
      label.code && `${label.text} `.startsWith(`${text} `));
    letter([...names, ...behind]
      .filter((label) => (!label.layer || map.hasLayer(label.layer)) && !named(label) &&
        (label.zoom || 0) <= map.getZoom())
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
  return {map, areas, schools, gaps, spokes, journeys, whole: clusters.getBounds(), eachSchool,
    spoke, toFront, outline, light, write, resize, redraw};
};
