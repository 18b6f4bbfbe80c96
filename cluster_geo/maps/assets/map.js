/* Ties the folium layers of the page to its panel: selection, layers, highlights, labels. */
"use strict";

clusterMap.start = (parts) => {
  const {map, words} = parts;
  const areas = {}, schools = {}, labels = [];
  const spokes = L.layerGroup().addTo(map), journeys = L.layerGroup();
  let chosen = null;

  const eachSchool = (act) => Object.values(schools).forEach(act);
  const members = (code) => Object.values(schools)
    .filter((symbol) => symbol.feature.properties.cluster === code)
    .map((symbol) => symbol.feature.properties)
    .sort((a, b) => a.name.localeCompare(b.name, "en-GB"));

  /* --- the drawing --- */
  parts.areas.eachLayer((area) => {
    const facts = area.feature.properties;
    areas[facts.code] = area;
    area.setStyle({fillColor: facts.colour, color: "#ffffff", weight: 1.5, fillOpacity: 0.75});
    area.on("click", () => select(facts.code));
    area.bindTooltip(`${facts.name} (${facts.code})`, {sticky: true, className: "tip"});
    labels.push({at: facts.label, text: facts.name, short: facts.code, layer: parts.areas,
      bounds: area.getBounds()});
  });
  parts.schools.forEach((layer) => layer.eachLayer((symbol) => {
    const facts = symbol.feature.properties;
    schools[facts.urn] = symbol;
    symbol.bindPopup(() => clusterMap.schoolWords(facts, words), {maxWidth: 320});
    symbol.bindTooltip(facts.name, {direction: "top", offset: [0, -6], className: "tip"});
  }));
  parts.zones.forEach((layer) => layer.eachLayer((lines) => {
    lines.feature.properties.labels.forEach(({name, label}) => {
      labels.push({at: label, text: name, short: "", layer, className: "zone-label"});
    });
  }));
  const toFront = () => parts.schools.forEach((layer) => {
    if (map.hasLayer(layer)) { layer.bringToFront(); }
  });

  const spoke = (symbol, group) => {
    const facts = symbol.feature.properties;
    const centre = facts.cluster && schools[areas[facts.cluster].feature.properties.hub_urn];
    if (!centre || facts.hub) { return; }
    const line = [symbol.getLatLng(), centre.getLatLng()];
    L.polyline(line, {color: "#16283c", weight: 1.3, opacity: 0.75, interactive: false}).addTo(group);
  };
  eachSchool((symbol) => spoke(symbol, journeys));

  const letter = clusterMap.lettering(map);
  const write = () => letter(clusterMap.byId("show-names").checked
    ? labels.filter((label) => map.hasLayer(label.layer)) : []);
  const resize = () => {
    const radius = clusterMap.radius(map);
    eachSchool((symbol) => symbol.setRadius(radius * (parts.sizes[symbol.options.shape] || 1)));
  };
  map.on("zoomend", () => { resize(); write(); });

  /* --- selection of a cluster --- */
  const outline = (code, on) => {
    const style = on ? {color: "#16283c", weight: 3.5, fillOpacity: 0.95}
      : {color: "#ffffff", weight: 1.5, fillOpacity: 0.75};
    if (areas[code]) { areas[code].setStyle(style); }
    if (on) { areas[code].bringToFront(); toFront(); }
  };
  const select = (code, {move = true} = {}) => {
    if (chosen) { outline(chosen, false); }
    spokes.clearLayers();
    chosen = areas[code] ? code : null;
    const details = clusterMap.byId("details");
    details.hidden = !chosen;
    document.querySelectorAll("[data-cluster]").forEach((button) =>
      button.toggleAttribute("aria-current", button.dataset.cluster === chosen));
    if (!chosen) { history.replaceState(null, "", " "); return; }
    outline(chosen, true);
    eachSchool((symbol) => {
      if (symbol.feature.properties.cluster === chosen) { spoke(symbol, spokes); }
    });
    toFront();
    const facts = areas[chosen].feature.properties;
    clusterMap.byId("details-words").innerHTML = clusterMap.clusterWords(facts, members(chosen), words);
    clusterMap.byId("details-words").querySelector("h2").focus({preventScroll: false});
    history.replaceState(null, "", `#cluster=${encodeURIComponent(chosen)}`);
    if (move) { map.fitBounds(areas[chosen].getBounds(), {maxZoom: 13, padding: [30, 30]}); }
  };
  const open = (urn) => {
    const symbol = schools[urn];
    map.setView(symbol.getLatLng(), Math.max(map.getZoom(), 13));
    symbol.openPopup();
  };

  /* --- the panel --- */
  clusterMap.byId("details-close").addEventListener("click", () => { select(null); home(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) { return; }
    if (button.dataset.cluster) { select(button.dataset.cluster); }
    if (button.dataset.school) { open(button.dataset.school); }
  });
  const tie = (id, act) => {
    const box = clusterMap.byId(id);
    if (box) { box.addEventListener("change", () => { act(box.checked); toFront(); write(); }); }
  };
  const tieLayer = (id, layer) => tie(id, (on) => (on ? layer.addTo(map) : layer.remove()));
  const redraw = () => eachSchool((symbol) => symbol.redraw());
  tieLayer("show-areas", parts.areas);
  tieLayer("show-journeys", journeys);
  tie("show-names", () => {});
  tie("show-srp", (on) => { clusterMap.show.srp = on; redraw(); });
  tie("show-hub", (on) => { clusterMap.show.hub = on; redraw(); });
  parts.schools.forEach((layer, i) => tieLayer(`show-schools-${i}`, layer));
  parts.zones.forEach((layer, i) => tieLayer(`show-zones-${i}`, layer));

  /* --- one trust or need lights up, the rest steps back --- */
  const trust = clusterMap.byId("pick-trust"), need = clusterMap.byId("pick-need");
  const light = () => {
    const wanted = (facts) => (!trust.value || facts.trust_index === Number(trust.value)) &&
      (!need.value || (facts.need_indices || []).includes(Number(need.value)));
    const any = trust.value || need.value, lit = [];
    eachSchool((symbol) => {
      const shine = wanted(symbol.feature.properties);
      symbol.setStyle({opacity: shine ? 1 : 0.12, fillOpacity: shine ? 1 : 0.12});
      if (any && shine) { lit.push(symbol.feature.properties.cluster); }
    });
    const pieces = new Set(lit.filter(Boolean)).size;
    clusterMap.byId("lit").textContent = any ? `${clusterMap.counted(lit.length, "school")} in ` +
      `${clusterMap.counted(pieces, "cluster")}` : "";
  };
  trust.addEventListener("change", light);
  need.addEventListener("change", light);

  clusterMap.search([
    ...Object.values(areas).map(({feature: {properties: {name, code}}}) => (
      {text: `${name} ${code}`, kind: "cluster", open: () => select(code)})),
    ...Object.values(schools).map(({feature: {properties: {name, urn}}}) => (
      {text: `${name} ${urn}`, kind: "school", open: () => open(urn)})),
    ...[...trust.options].slice(1).map((option) => (
      {text: option.innerHTML, kind: "trust",
        open: () => { trust.value = option.value; light(); trust.focus(); }})),
  ]);

  /* --- opening --- */
  const whole = parts.areas.getBounds();
  const home = () => map.fitBounds(whole, {padding: [12, 12], animate: false});
  const follow = () => {
    const [, code] = /^#cluster=(.+)$/.exec(decodeURIComponent(location.hash)) || [];
    if (code && code !== chosen) { select(code); }
  };
  home();
  resize();
  write();
  toFront();
  window.addEventListener("hashchange", follow);
  const paper = (printing) => {
    document.body.classList.toggle("printing", printing);
    const seen = map.getBounds();
    map.invalidateSize({animate: false, pan: false});
    if (chosen || printing) { map.fitBounds(chosen ? seen : whole, {animate: false}); } else { home(); }
  };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
  follow();
  clusterMap.opened = {map, areas, schools, select, open};
};
