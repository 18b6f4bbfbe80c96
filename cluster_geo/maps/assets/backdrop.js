/* What lies behind the clusters: the county's ground, the land of others, roads and towns, names. */
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

/* Draw it beneath all else on a map. names(said): the quiet names for now, without the towns that
   clusters are called by; show(on): take it away or bring it back. */
clusterMap.backdrop = (map, {ground, context, places}) => {
  const kind = (shape) => shape.feature.properties.kind, quiet = [];
  const grounds = ground.layer.getLayers(), own = grounds.find((shape) => kind(shape) === "own");
  grounds.forEach((shape) => {
    const {name, label} = shape.feature.properties;
    shape.setStyle(clusterMap.GROUND[kind(shape)]);
    if (name) {
      quiet.push({at: label, text: name, layer: ground.layer, area: shape, beside: own, className: "other-label"});
    }
  });
  if (context) { context.eachLayer((shape) => shape.setStyle(clusterMap.CONTEXT[kind(shape)])); }
  places.forEach(({name, label, zoom = 0}) =>
    quiet.push({at: label, text: name, zoom, off: true, className: "place-label"}));
  if (ground.sea) { map.getContainer().classList.add("sea"); }
  const layers = [context, ground.layer].filter(Boolean);
  const show = (on) => layers.forEach((layer) => (on ? layer.addTo(map).bringToBack() : layer.remove()));
  const names = (said) => (clusterMap.byId("show-context").checked ? quiet : [])
    .filter(({layer, zoom = 0}) => (!layer || map.hasLayer(layer)) && zoom <= map.getZoom())
    .filter(({text, className}) => className !== "place-label" ||
      !said.some((label) => label.code && `${label.text} `.startsWith(`${text} `)));
  show(true);
  return {names, show, own};
};

/* The same for a second map: what is in the page once is drawn again. */
clusterMap.backdropCopy = ({ground, context, places}) => {
  const copy = (layer) => L.geoJSON(layer.toGeoJSON(), {interactive: false});
  return {ground: {...ground, layer: copy(ground.layer)}, context: context && copy(context), places};
};
