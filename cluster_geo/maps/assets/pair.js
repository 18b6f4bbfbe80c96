/* Two maps that move in step: the first plan and the second, schools that move marked on both. */
"use strict";

/* What one map does the other does after it; what it does then is not done again by the first. */
clusterMap.follower = () => {
  let following = false;
  return (act) => {
    if (following) { return; }
    following = true;
    act();
    following = false;
  };
};

/* Whatever moves one map moves the other to the same place and zoom. */
clusterMap.inStep = (maps) => {
  const follow = clusterMap.follower();
  maps.forEach((map, i) => map.on("move", () => follow(() =>
    maps[1 - i].setView(map.getCenter(), map.getZoom(), {animate: false}))));
};

/* Where the pointer is on one map, a ring shows the same place on the other. */
clusterMap.pointers = (maps) => {
  const rings = maps.map((map) => L.circleMarker([0, 0], {
    radius: 9, color: "#000000", weight: 2, fill: false, interactive: false, opacity: 0,
  }).addTo(map));
  maps.forEach((map, i) => {
    const other = rings[1 - i];
    map.on("mousemove", ({latlng}) => other.setLatLng(latlng).setStyle({opacity: 0.8}));
    map.on("mouseout", () => other.setStyle({opacity: 0}));
  });
};

/* What a popup says of a school on one of the maps: short, for there are two of them. */
clusterMap.pairWords = (school, words) => {
  const move = school.move ? `<p class="tag">${school.move}</p>` : "";
  const travel = school.hub ? "is the central school" : `${school.travel} ${words.unit}`;
  const cluster = school.cluster_name === school.cluster ? school.cluster
    : `${school.cluster_name} (${school.cluster})`;
  const table = clusterMap.rows([
    ["Cluster", cluster], ["To central school", travel],
    ["Trust", school.trust], ["Pupils", school.pupils],
  ]);
  return `<h3>${school.name}</h3><p>${school.phase_said}, ${school.urn}</p>${move}<table>${table}</table>`;
};

/* One of the two maps with its areas by code and its schools by URN. */
clusterMap.side = (side, parts) => {
  const {map} = side, areas = {}, schools = {}, labels = [];
  side.areas.eachLayer((area) => {
    const facts = area.feature.properties, same = facts.change === "unchanged";
    areas[facts.code] = area;
    area.setStyle({fillColor: facts.colour, color: "#ffffff", weight: 1.5,
      fillOpacity: same ? 0.3 : 0.85});
    area.bindTooltip(`${facts.name} (${facts.code}): ${facts.said}`, {sticky: true, className: "tip"});
    labels.push({at: facts.label, text: facts.name, short: facts.code, bounds: area.getBounds()});
  });
  side.schools.forEach((layer) => layer.eachLayer((symbol) => {
    const facts = symbol.feature.properties;
    schools[facts.urn] = symbol;
    symbol.bindPopup(() => clusterMap.pairWords(facts, parts.words), {maxWidth: 280});
    symbol.bindTooltip(facts.name, {direction: "top", offset: [0, -6], className: "tip"});
  }));
  const eachSchool = (act) => Object.values(schools).forEach(act);
  const movers = () => Object.values(schools).filter((symbol) => symbol.options.moved);
  const letter = clusterMap.lettering(map);
  const write = () => letter(clusterMap.byId("show-names").checked ? labels : []);
  const resize = () => {
    const radius = clusterMap.radius(map);
    eachSchool((symbol) => symbol.setRadius(radius * (parts.sizes[symbol.options.shape] || 1)));
  };
  const toFront = () => {
    side.schools.forEach((layer) => layer.bringToFront());
    movers().forEach((symbol) => symbol.bringToFront());
  };
  const dim = (on) => {
    eachSchool((symbol) => {
      const shine = !on || symbol.options.moved ? 1 : 0.15;
      symbol.setStyle({opacity: shine, fillOpacity: shine});
    });
    toFront();
  };
  map.on("zoomend", () => { resize(); write(); });
  return {map, areas, schools, write, resize, toFront, dim, bounds: side.areas.getBounds()};
};

/* The other plan's borders, dashed, to be laid over a map. */
clusterMap.otherBorders = (side) => L.geoJSON(side.areas.toGeoJSON(), {
  interactive: false, style: {fill: false, color: "#16283c", weight: 1.6, dashArray: "5 4"},
});

clusterMap.startPair = (parts) => {
  const sides = parts.sides.map((side) => clusterMap.side(side, parts));
  const maps = sides.map((side) => side.map);
  const borders = parts.sides.map((_, i) => clusterMap.otherBorders(parts.sides[1 - i]));
  const whole = sides[0].bounds.extend(sides[1].bounds);

  /* --- a school or a cluster, shown on both maps --- */
  const closeAll = () => maps.forEach((map) => map.closePopup());
  const open = (urn) => {
    const symbols = sides.map((side) => side.schools[urn]);
    const known = symbols.findIndex(Boolean);
    closeAll();
    maps[known].setView(symbols[known].getLatLng(), Math.max(maps[known].getZoom(), 12.5));
    symbols[known].openPopup();
  };
  const show = (code) => {
    const bounds = L.latLngBounds([]);
    closeAll();
    sides.filter((side) => side.areas[code]).forEach((side) => bounds.extend(side.areas[code].getBounds()));
    maps[0].fitBounds(bounds, {maxZoom: 13, padding: [30, 30]});
  };
  /* A popup opens and closes on both maps; only the first of the two pans to make room. */
  const follow = clusterMap.follower();
  sides.forEach((side, i) => Object.entries(side.schools).forEach(([urn, symbol]) => {
    const twin = sides[1 - i].schools[urn];
    if (!twin) { return; }
    symbol.on("popupopen", () => follow(() => {
      twin.getPopup().options.autoPan = false;
      twin.openPopup();
      twin.getPopup().options.autoPan = true;
    }));
    symbol.on("popupclose", () => follow(() => twin.closePopup()));
  }));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) { return; }
    if (button.dataset.school) { open(button.dataset.school); }
    if (button.dataset.cluster) { show(button.dataset.cluster); }
  });

  /* --- the boxes --- */
  const tie = (id, act) => {
    const box = clusterMap.byId(id);
    box.addEventListener("change", () => act(box.checked));
    act(box.checked);
  };
  const home = () => maps[0].fitBounds(whole, {padding: [12, 12], animate: false});
  clusterMap.inStep(maps);
  home();
  clusterMap.pointers(maps);
  tie("show-names", () => sides.forEach((side) => side.write()));
  tie("show-borders", (on) => borders.forEach((layer, i) => {
    if (on) { layer.addTo(maps[i]); } else { layer.remove(); }
    sides[i].toFront();
  }));
  tie("show-movers", (on) => sides.forEach((side) => side.dim(on)));
  clusterMap.byId("go-home").addEventListener("click", () => { closeAll(); home(); });
  sides.forEach((side) => side.resize());
  maps.forEach((map, i) => {
    map.getContainer().setAttribute("role", "region");
    map.getContainer().setAttribute("aria-labelledby", `side-${i}`);
  });
  const paper = (printing) => {
    document.body.classList.toggle("printing", printing);
    const seen = maps[0].getBounds();
    maps.forEach((map) => map.invalidateSize({animate: false, pan: false}));
    maps[0].fitBounds(seen, {animate: false});
  };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
  clusterMap.opened = {maps, sides, open, show, home};
};
