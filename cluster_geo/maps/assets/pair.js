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
  const move = school.move ? clusterMap.html`<p class="tag">${school.move}</p>` : "";
  const travel = school.hub ? "is the central school" : `${school.travel} ${words.unit}`;
  const cluster = clusterMap.called(school.cluster_name, school.cluster);
  const table = clusterMap.rows([
    ["Cluster", cluster], ["To central school", travel],
    ["Trust", school.trust], ["Pupils", school.pupils],
  ]);
  return clusterMap.html`<h3>${school.name}</h3><p>${school.phase_label}, ${school.urn}</p>${move}<table>${table}</table>`;
};

/* One of the two maps with its areas by code and its schools by URN. */
clusterMap.side = (side, parts, backdrop) => {
  const {map} = side, areas = {}, schools = {}, labels = [];
  const behind = clusterMap.backdrop(map, backdrop), {context} = backdrop;
  /* Roads and towns shine through the areas. */
  const shade = () => Object.values(areas).forEach((area) => area.setStyle({fillOpacity:
    area.feature.properties.change === "unchanged" ? 0.3 : context && map.hasLayer(context) ? 0.55 : 0.85}));
  side.areas.eachLayer((area) => {
    const facts = area.feature.properties;
    areas[clusterMap.plain(facts.code)] = area;
    area.setStyle({fillColor: facts.colour, color: "#ffffff", weight: 1.5});
    area.bindTooltip(`${clusterMap.html`${clusterMap.called(facts.name, facts.code)}: ${facts.said}`}`, {sticky: true, className: "tip"});
    labels.push({at: facts.label, text: facts.name, area, code: facts.code});
  });
  shade();
  side.schools.forEach((layer) => layer.eachLayer((symbol) => {
    const facts = symbol.feature.properties;
    schools[facts.urn] = symbol;
    symbol.bindPopup(() => `${clusterMap.pairWords(facts, parts.words)}`, {maxWidth: 280});
    symbol.bindTooltip(clusterMap.text(facts.name), {direction: "top", offset: [0, -6], className: "tip"});
  }));
  const eachSchool = (act) => Object.values(schools).forEach(act);
  const movers = () => Object.values(schools).filter((symbol) => symbol.options.moved);
  const letter = clusterMap.lettering(map);
  const write = () => {
    const names = clusterMap.byId("show-names").checked ? labels : [];
    letter([...names, ...behind.names(names)]);
  };
  const showBehind = (on) => { behind.show(on); shade(); write(); };
  const resize = () => {
    const radius = clusterMap.radius(map);
    eachSchool((symbol) => symbol.setRadius(radius * (parts.sizes[symbol.options.shape] || 1)));
  };
  const toFront = () => {
    side.schools.filter((layer) => map.hasLayer(layer)).forEach((layer) => layer.bringToFront());
    movers().filter((symbol) => map.hasLayer(symbol))
      .forEach((symbol) => symbol.bringToFront());
  };
  const dim = (on) => {
    eachSchool((symbol) => {
      const shine = !on || symbol.options.moved ? 1 : 0.15;
      symbol.setStyle({opacity: shine, fillOpacity: shine});
    });
    toFront();
  };
  map.on("zoomend", resize);
  map.on("moveend", write);
  return {map, areas, schools, write, showBehind, resize, toFront, dim, bounds: side.areas.getBounds()};
};

/* The other plan's borders, dashed, to be laid over a map. */
clusterMap.otherBorders = (side) => L.geoJSON(side.areas.toGeoJSON(), {
  interactive: false, style: {fill: false, color: "#16283c", weight: 1.6, dashArray: "5 4"},
});

/* A school or a cluster, shown on both maps and told in the address. */
clusterMap.pairChoosing = (sides) => {
  const maps = sides.map((side) => side.map);
  const closeAll = () => maps.forEach((map) => map.closePopup());
  const open = (urn) => {
    const symbols = sides.map((side) => side.schools[urn]);
    const known = symbols.findIndex(Boolean);
    if (known < 0) { return; }
    closeAll();
    maps[known].setView(symbols[known].getLatLng(), Math.max(maps[known].getZoom(), 12.5));
    symbols[known].openPopup();
    clusterMap.address("school", urn);
  };
  const show = (code) => {
    const areas = sides.map((side) => side.areas[code]).filter(Boolean);
    if (!areas.length) { return; }
    const bounds = L.latLngBounds([]);
    closeAll();
    areas.forEach((area) => bounds.extend(area.getBounds()));
    maps[0].fitBounds(bounds, {maxZoom: 13, padding: [30, 30]});
    clusterMap.address("cluster", code);
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
  return {open, show, closeAll};
};

/* The boxes, each of which acts on both maps. */
clusterMap.pairSwitches = (sides, parts) => {
  const now = (id, act) => { clusterMap.tie(id, act); act(clusterMap.byId(id).checked); };
  const both = (id, layerOf) => now(id, (on) => sides.forEach((side, i) => {
    if (on) { layerOf(i).addTo(side.map); } else { layerOf(i).remove(); }
    side.toFront();
  }));
  const borders = parts.sides.map((_, i) => clusterMap.otherBorders(parts.sides[1 - i]));
  both("show-borders", (i) => borders[i]);
  parts.sides[0].schools.forEach((_, phase) =>
    both(`show-schools-${phase}`, (i) => parts.sides[i].schools[phase]));
  /* Zones are in the page once: the second map draws a copy. */
  parts.zones.forEach((zone, place) => {
    const {color, weight, dashArray} = zone.options;
    const copy = L.geoJSON(zone.toGeoJSON(), {interactive: false, color, weight, dashArray});
    both(`show-zones-${place}`, (i) => [zone, copy][i]);
  });
  now("show-context", (on) => sides.forEach((side) => side.showBehind(on)));
  now("show-names", () => sides.forEach((side) => side.write()));
  now("show-movers", (on) => sides.forEach((side) => side.dim(on)));
};

clusterMap.startPair = (parts) => {
  const backdrops = [parts.backdrop, clusterMap.backdropCopy(parts.backdrop)];
  const sides = parts.sides.map((side, i) => clusterMap.side(side, parts, backdrops[i]));
  const maps = sides.map((side) => side.map);
  const whole = sides[0].bounds.extend(sides[1].bounds);
  const choosing = clusterMap.pairChoosing(sides);
  const home = () => maps[0].fitBounds(whole, {padding: [12, 12], animate: false});
  clusterMap.inStep(maps);
  home();
  clusterMap.pointers(maps);
  clusterMap.pairSwitches(sides, parts);
  clusterMap.byId("go-home").addEventListener("click", () => {
    choosing.closeAll();
    clusterMap.address();
    home();
  });
  sides.forEach((side) => side.resize());
  maps.forEach((map, i) => {
    clusterMap.introduce(map, clusterMap.byId(`side-${i}`).textContent);
  });
  clusterMap.onPaper(maps, () => null);
  clusterMap.followAddress({school: choosing.open, cluster: choosing.show});
  clusterMap.opened = {maps, sides, open: choosing.open, show: choosing.show, home};
};
