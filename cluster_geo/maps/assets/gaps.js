/* What the plan leaves open: clusters without an SRP, long journeys, schools across a border.
   Hatching, thick lines and frames: none is told by its colour alone. */
"use strict";

/* A fill of slanting lines. */
clusterMap.hatch = () => {
  const tile = document.createElement("canvas"), pen = tile.getContext("2d"), side = 9;
  tile.width = tile.height = side;
  pen.strokeStyle = "rgb(22 40 60 / 60%)";
  pen.lineWidth = 1.4;
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift, side);
    pen.lineTo(shift + side, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
};

/* Return the layers of provision gaps over a map's areas and schools.
   without(need): the codes of clusters without an SRP, for one need where it is given. */
clusterMap.gaps = (areas, schools, spoke) => {
  const hatched = L.layerGroup(), far = L.layerGroup(), pattern = clusterMap.hatch();
  const without = (need) => {
    const facts = Object.values(schools).map((symbol) => symbol.feature.properties);
    const held = new Set(facts
      .filter((school) => school.srp && (!need || (school.need_indices || []).includes(Number(need))))
      .map((school) => school.cluster));
    return Object.keys(areas).filter((code) => !held.has(code));
  };
  const showWithout = (need) => {
    const codes = without(need);
    hatched.clearLayers();
    codes.forEach((code) => L.geoJSON(areas[code].toGeoJSON(), {
      interactive: false,
      style: {color: "#16283c", weight: 2, fillColor: pattern, fillOpacity: 1},
    }).addTo(hatched));
    return codes.length;
  };
  const showFar = (limit) => {
    const beyond = Object.values(schools).filter((symbol) => symbol.feature.properties.cluster &&
      Number(symbol.feature.properties.travel) > limit);
    far.clearLayers();
    beyond.forEach((symbol) => spoke(symbol, far, {color: "#a3004f", weight: 4, opacity: 1}));
    return beyond.length;
  };
  const toFront = () => hatched.eachLayer((layer) => layer.bringToFront());
  return {hatched, far, without, showWithout, showFar, toFront};
};
