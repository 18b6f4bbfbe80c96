/* A cluster chosen, with its facts in the panel; a school opened, with its popup. */
"use strict";

clusterMap.choosing = (drawing, words, remember) => {
  const {map, areas, schools} = drawing;
  /* Buttons and addresses hold codes as plain text, the page's data as HTML. */
  const known = (plainCode) => Object.keys(areas).find((code) => clusterMap.plain(code) === plainCode) || null;
  let chosen = null, opener = null;

  const home = () => {
    remember.moved();
    map.fitBounds(drawing.whole, {padding: [12, 12], animate: false});
  };
  const members = (code) => Object.values(schools)
    .map((symbol) => symbol.feature.properties)
    .filter((school) => school.cluster === code)
    .sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
  const tell = (code) => {
    const place = clusterMap.byId("details-words");
    clusterMap.write(place, clusterMap.clusterWords(areas[code].feature.properties, members(code), words));
    place.querySelector("h2").focus({preventScroll: false});
  };
  /* Lines from the chosen cluster's schools to its central school. */
  const join = () => {
    drawing.spokes.clearLayers();
    drawing.eachSchool((symbol) => {
      if (chosen && symbol.feature.properties.cluster === chosen) {
        drawing.spoke(symbol, drawing.spokes);
      }
    });
  };
  const select = (plainCode) => {
    chosen = known(plainCode);
    clusterMap.byId("details").hidden = !chosen;
    document.querySelectorAll("[data-cluster]").forEach((button) =>
      button.toggleAttribute("aria-current", known(button.dataset.cluster) === chosen));
    join();
    drawing.outline(chosen);
    remember.moved();
    remember.note("cluster", chosen && plainCode);
    if (!chosen) { return; }
    clusterMap.toMap(map);
    tell(chosen);
    const covered = clusterMap.covered(map, clusterMap.byId("details"));
    map.fitBounds(areas[chosen].getBounds(),
      {maxZoom: 13, paddingTopLeft: [30, 30], paddingBottomRight: [30, 30 + covered], ...remember.pace()});
  };
  const open = (urn, from = null) => {
    const symbol = schools[urn];
    remember.moved();
    clusterMap.toMap(map);
    map.setView(symbol.getLatLng(), Math.max(map.getZoom(), 13), remember.pace());
    symbol.openPopup();
    /* Who came by keyboard reads the popup now, and is back where they were when it closes. */
    const title = symbol.getPopup().getElement().querySelector("h3");
    title.tabIndex = -1;
    title.focus({preventScroll: true});
    opener = from;
  };

  map.on("popupopen", ({popup}) => {
    const facts = popup._source && popup._source.feature.properties;
    remember.note("school", facts && String(facts.urn));
  });
  map.on("popupclose", () => {
    remember.note("school", "");
    if (opener && opener.isConnected) { opener.focus(); }
    opener = null;
  });
  const listen = (area) =>
    area.on("click", () => select(clusterMap.plain(area.feature.properties.code)));
  Object.values(areas).forEach(listen);
  clusterMap.byId("details-close").addEventListener("click", () => { select(null); home(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) { return; }
    if (button.dataset.cluster) { select(button.dataset.cluster); }
    if (button.dataset.school) { open(button.dataset.school, button); }
  });
  /* The same choice after a change; a cluster that is gone is not chosen any more. */
  const again = () => {
    if (chosen && !areas[chosen]) { select(null); return; }
    join();
    drawing.outline(chosen);
    if (chosen) {
      const place = clusterMap.byId("details-words");
      clusterMap.write(place, clusterMap.clusterWords(areas[chosen].feature.properties, members(chosen), words));
    }
  };
  return {select, open, home, again, listen, outline: () => drawing.outline(chosen),
    chosen: () => chosen && clusterMap.plain(chosen)};
};
