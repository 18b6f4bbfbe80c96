/* The page of one plan: its parts tied together, what the search knows, how it opens and prints. */
"use strict";

clusterMap.start = (parts) => {
  const drawing = clusterMap.drawing(parts), choosing = clusterMap.choosing(drawing, parts.words);
  const {map, areas, schools} = drawing, {select, open, home} = choosing;
  clusterMap.switches(drawing, choosing, parts);
  clusterMap.gapControls(drawing);
  const light = clusterMap.highlights(drawing), trust = clusterMap.byId("pick-trust");
  const openTable = clusterMap.tabulate(Object.values(schools), parts.words);
  clusterMap.search([
    ...Object.values(areas).map(({feature: {properties: {name, code}}}) => (
      {text: `${name} ${code}`, kind: "cluster", open: () => select(clusterMap.plain(code))})),
    ...Object.values(schools).map(({feature: {properties: {name, urn}}}) => (
      {text: `${name} ${urn}`, kind: "school", open: (from) => open(urn, from)})),
    ...[...trust.options].slice(1).map((option) => (
      {text: option.innerHTML, kind: "trust",
        open: () => { trust.value = option.value; light(); trust.focus(); }})),
  ]);

  clusterMap.frameMap(map);
  home();
  drawing.resize();
  drawing.write();
  choosing.outline();
  clusterMap.onPaper(map, () => (choosing.chosen() ? null : drawing.whole), home);
  clusterMap.followAddress({
    cluster: (code) => { if (code !== choosing.chosen()) { select(code); } },
    school: (urn) => { if (schools[urn]) { open(urn); } },
    table: openTable,
  });
  clusterMap.opened = {map, areas, schools, select, open, gaps: drawing.gaps};
};

/* Name the map for those who cannot see it, and give credit without a link that leaves the page. */
clusterMap.frameMap = (map) => {
  map.attributionControl.setPrefix("Leaflet");
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", "Map; arrow keys move it, plus and minus zoom it");
};

/* Do what the address asks for, now and when it changes: #cluster=CODE, #school=URN, #table. */
clusterMap.followAddress = (acts) => {
  const follow = () => {
    const [what, which = ""] = location.hash.slice(1).split(/=(.*)/);
    try {
      if (Object.hasOwn(acts, what)) { acts[what](decodeURIComponent(which)); }
    } catch (error) {
      if (!(error instanceof URIError)) { throw error; }
    }
  };
  window.addEventListener("hashchange", follow);
  follow();
};

/* Leaflet must know the size of its box on paper before the page is laid out for it.
   bounds(): what to show there, null for what is on the screen; back(): return to the whole. */
clusterMap.onPaper = (map, bounds, back) => {
  const paper = (printing) => {
    const seen = map.getBounds(), wanted = bounds();
    document.body.classList.toggle("printing", printing);
    map.invalidateSize({animate: false, pan: false});
    if (wanted && !printing) { back(); } else { map.fitBounds(wanted || seen, {animate: false}); }
  };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
};
