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

  clusterMap.introduce(map, "Map; arrow keys move it, plus and minus zoom it");
  home();
  drawing.resize();
  drawing.write();
  choosing.outline();
  clusterMap.onPaper([map], () => (choosing.chosen() ? null : drawing.whole));
  clusterMap.followAddress({
    cluster: (code) => { if (code !== choosing.chosen()) { select(code); } },
    school: (urn) => { if (schools[urn]) { open(urn); } },
    table: openTable,
  });
  clusterMap.opened = {map, areas, schools, select, open, gaps: drawing.gaps};
};
