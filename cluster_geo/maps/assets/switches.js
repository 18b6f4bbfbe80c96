/* The boxes and lists of the panel: layers come and go, one trust or need lights up. */
"use strict";

clusterMap.switches = (drawing, choosing, parts) => {
  const {map, redraw} = drawing;
  const tie = (id, act) => clusterMap.tie(id, (on) => { act(on); drawing.toFront(); drawing.write(); });
  const tieLayer = (id, layer) => tie(id, (on) => (on ? layer.addTo(map) : layer.remove()));
  tieLayer("show-areas", parts.areas);
  tieLayer("show-journeys", drawing.journeys);
  tieLayer("show-no-srp", drawing.gaps.hatched);
  tieLayer("show-far", drawing.gaps.far);
  if (clusterMap.byId("show-pathways")) { tieLayer("show-pathways", drawing.pathways.layer); }
  tie("show-names", () => {});
  tie("show-context", (on) => { drawing.behind.show(on); choosing.outline(); });
  tie("show-srp", (on) => { clusterMap.show.srp = on; redraw(); });
  tie("show-hub", (on) => { clusterMap.show.hub = on; redraw(); });
  parts.schools.forEach((layer, i) => tieLayer(`show-schools-${i}`, layer));
  parts.zones.forEach((layer, i) => tieLayer(`show-zones-${i}`, layer));
  parts.words.layers.forEach((_, place) => {
    const {colour, dashes} = clusterMap.byId(`show-outside-${place}`).dataset;
    const look = {colour, dashes: dashes.split(" ").map(Number)};
    tie(`show-outside-${place}`, (on) => {
      if (on) { clusterMap.show.outside.set(place, look); } else { clusterMap.show.outside.delete(place); }
      redraw();
    });
  });
  if (parts.tiles) {
    tieLayer("show-tiles", parts.tiles);
    clusterMap.tie("show-tiles", (on) => {
      /* Painted ground would hide the tiles below it. */
      drawing.behind.show(!on && clusterMap.byId("show-context").checked);
      choosing.outline();
    });
  }
};

/* Which clusters have no SRP, of the need chosen or of any; whose journeys are beyond the limit. */
clusterMap.gapControls = ({gaps, toFront}) => {
  const need = clusterMap.byId("pick-need"), limit = clusterMap.byId("far-limit");
  const without = () => {
    clusterMap.byId("no-srp-need").textContent = need.value
      ? ` for ${need.selectedOptions[0].textContent}` : "";
    clusterMap.byId("no-srp-count").textContent = gaps.showWithout(need.value);
    toFront();
  };
  const far = () => {
    clusterMap.byId("far-count").textContent = gaps.showFar(Number(limit.value));
    toFront();
  };
  need.addEventListener("change", without);
  limit.addEventListener("input", far);
  const again = () => { without(); far(); };
  again();
  return again;
};

/* The schools of one trust, of the clusters that have started by a day, or those with an SRP for one
   need shine; the others step back. */
clusterMap.highlights = ({areas, eachSchool, light: lightAreas}, choosing) => {
  const trust = clusterMap.byId("pick-trust"), need = clusterMap.byId("pick-need");
  const start = clusterMap.byId("pick-start") || {value: ""};
  const started = ({cluster}) => {
    const from = cluster && areas[cluster].feature.properties.starts;
    return Boolean(from) && from <= start.value;
  };
  const wanted = (facts) => (!trust.value || facts.trust_index === Number(trust.value)) &&
    (!need.value || (facts.need_indices || []).includes(Number(need.value))) &&
    (!start.value || started(facts));
  const light = () => {
    const any = trust.value || need.value || start.value, lit = [];
    eachSchool((symbol) => {
      const shine = wanted(symbol.feature.properties);
      symbol.setStyle({opacity: shine ? 1 : 0.12, fillOpacity: shine ? 1 : 0.12});
      if (any && shine) { lit.push(symbol.feature.properties.cluster); }
    });
    const codes = new Set(lit.filter(Boolean)), pieces = codes.size;
    lightAreas(any ? codes : null);
    choosing.outline();
    clusterMap.byId("lit-what").textContent = clusterMap.listed([trust, need, start]
      .filter((list) => list.value).map((list) => list.selectedOptions[0].textContent));
    clusterMap.byId("lit").textContent = any ? `${clusterMap.counted(lit.length, "school")} in ` +
      `${clusterMap.counted(pieces, "cluster")}` : "";
  };
  trust.addEventListener("change", light);
  need.addEventListener("change", light);
  if (start.id) { start.addEventListener("change", light); }
  return light;
};
