/* The settled and the contested: schools shaded by how many plans agree, pairs as lines. */
"use strict";

clusterMap.settledWords = (school) => {
  const clusters = school.clusters.map(([cluster, plans]) =>
    clusterMap.html`<tr><th scope="row">${cluster}</th><td>${plans}</td></tr>`);
  const pupils = school.pupils ? `, ${school.pupils} pupils` : "";
  return clusterMap.html`<h3>${school.name}</h3><p>${school.phase_label}, ${school.urn}${pupils}</p>
    <table>${clusters}</table>`;
};

/* Together in all plans: a thin line; in most: long dashes; in half of them or fewer: short. */
clusterMap.pairStyle = (together) => {
  if (together === 1) { return {color: "#5a6673", weight: 1.4, interactive: false}; }
  return {color: "#a3004f", weight: 2.6, dashArray: together > 0.5 ? "9 4" : "2 5"};
};

clusterMap.startSettled = (parts) => {
  const {map} = parts, byId = clusterMap.byId;
  const views = parts.views.map(({pairs, schools}) => ({pairs, schools, symbols: {}}));
  let view = views[0];

  /* --- the drawing --- */
  const behind = clusterMap.backdrop(map, parts.backdrop);
  behind.own.setStyle({stroke: true, color: "#9aa6b2", weight: 1});
  views.forEach(({pairs, schools, symbols}) => {
    pairs.eachLayer((line) => {
      const facts = line.feature.properties;
      line.setStyle(clusterMap.pairStyle(facts.together));
      if (facts.said) { line.bindTooltip(clusterMap.text(facts.said), {sticky: true, className: "tip"}); }
    });
    schools.eachLayer((symbol) => {
      const facts = symbol.feature.properties;
      symbols[facts.urn] = symbol;
      symbol.setStyle({fillColor: facts.colour, color: "#16283c", weight: 1.2});
      symbol.bindPopup(() => `${clusterMap.settledWords(facts)}`, {maxWidth: 340});
      symbol.bindTooltip(clusterMap.text(facts.name), {direction: "top", offset: [0, -6], className: "tip"});
    });
  });
  parts.borders.forEach((layer) => layer.setStyle({color: "#0b4f8a", weight: 1.8, opacity: 0.9}));

  const letter = clusterMap.lettering(map);
  const chosen = () => parts.borders.find((layer) => map.hasLayer(layer));
  const write = () => {
    const labels = [];
    if (chosen() && byId("show-names").checked) {
      chosen().eachLayer((lines) => lines.feature.properties.labels.forEach(
        ({name, label, code}) => labels.push({at: label, text: name, code})));
    }
    letter([...labels, ...behind.names(labels)]);
  };
  const resize = () => views.forEach(({symbols}) => Object.values(symbols).forEach((symbol) =>
    symbol.setRadius((clusterMap.radius(map) + 1) * (parts.sizes[symbol.options.shape] || 1))));
  const on = (layer, shown) => (shown ? layer.addTo(map) : layer.remove());
  const draw = () => {
    views.forEach(({pairs, schools}, i) => {
      const now = views[i] === view;
      on(pairs, now && byId("show-pairs").checked);
      on(schools, now && byId("show-schools").checked);
      if (byId(`words-${i}`)) { byId(`words-${i}`).hidden = !now; }
    });
    if (map.hasLayer(view.schools)) { view.schools.bringToFront(); }
    write();
  };
  map.on("zoomend", resize);
  map.on("moveend", write);

  /* --- a school or a pair from the tables --- */
  const open = (urn) => {
    const symbol = view.symbols[urn];
    map.setView(symbol.getLatLng(), Math.max(map.getZoom(), 12.5));
    symbol.openPopup();
  };
  const pair = (urns) => {
    const bounds = L.latLngBounds(urns.map((urn) => view.symbols[urn].getLatLng()));
    map.closePopup();
    map.fitBounds(bounds, {maxZoom: 13, padding: [120, 120]});
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) { return; }
    if (button.dataset.school) { open(button.dataset.school); }
    if (button.dataset.pair) { pair(button.dataset.pair.split(" ")); }
  });

  /* --- the panel --- */
  const whole = behind.own.getBounds();
  const home = () => map.fitBounds(whole, {padding: [12, 12], animate: false});
  byId("go-home").addEventListener("click", () => { map.closePopup(); home(); });
  clusterMap.tie("show-context", (shown) => { behind.show(shown); draw(); });
  ["show-pairs", "show-schools", "show-names"].forEach((id) => byId(id).addEventListener("change", draw));
  document.querySelectorAll("[name='view']").forEach((choice) => choice.addEventListener("change", () => {
    map.closePopup();
    view = views[Number(choice.value)];
    draw();
  }));
  byId("pick-borders").addEventListener("change", (event) => {
    parts.borders.forEach((layer, i) => on(layer, String(i) === event.target.value));
    draw();
  });
  clusterMap.search(Object.values(view.symbols).map(({feature: {properties: {name, urn}}}) => (
    {text: `${name} ${urn}`, kind: "school", open: () => open(urn)})));
  clusterMap.introduce(map, "Map; arrow keys move it, plus and minus zoom it");
  clusterMap.onPaper([map], () => whole);
  home();
  resize();
  draw();
  clusterMap.opened = {map, views, open, shown: () => view};
};
