/* The page of one plan: its parts tied together, what the search knows, how it opens and prints. */
"use strict";

/* What the search leads to. */
clusterMap.entries = ({areas, schools, map}, {select, open}, places, chooseTrust) => [
  ...Object.values(areas).map(({feature: {properties: {name, code}}}) => (
    {text: `${name} ${code}`, kind: "cluster", open: () => select(clusterMap.plain(code))})),
  ...Object.values(schools).map(({feature: {properties: {name, urn, postcode}}}) => (
    {text: `${name} ${urn}`, kind: postcode ? `school, ${postcode}` : "school", postcode,
      open: (from) => open(urn, from)})),
  ...[...clusterMap.byId("pick-trust").options].slice(1).map((option) => (
    {text: option.innerHTML, kind: "trust", open: () => chooseTrust(option.value)})),
  ...places.map(({name, label}) => (
    {text: name, kind: "place", open: () => { clusterMap.toMap(map); map.setView(label, 12.5); }})),
];

clusterMap.start = (parts) => {
  const remember = {note: () => {}, moved: () => {}, pace: () => ({})};
  const drawing = clusterMap.drawing(parts);
  const choosing = clusterMap.choosing(drawing, parts.words, remember);
  const {map, areas, schools} = drawing, {select, open, home} = choosing;
  clusterMap.switches(drawing, choosing, parts);
  const showGaps = clusterMap.gapControls(drawing);
  clusterMap.pathwayControls(drawing);
  const light = clusterMap.highlights(drawing, choosing), trust = clusterMap.byId("pick-trust");
  clusterMap.shading(drawing, parts.money || []);
  const openTable = clusterMap.tabulate(schools, parts.words);
  const chooseTrust = (value) => {
    trust.value = value;
    light();
    trust.dispatchEvent(new Event("change", {bubbles: true}));
    trust.focus();
  };
  const entries = () => clusterMap.entries(drawing, choosing, parts.backdrop.places, chooseTrust);
  const searchAgain = clusterMap.search(entries());

  clusterMap.introduce(map, "Map; arrow keys move it, plus and minus zoom it");
  home();
  drawing.resize();
  drawing.write();
  choosing.outline();
  clusterMap.onPaper([map], () => (choosing.chosen() ? null : drawing.whole));
  const sharing = clusterMap.sharing(map, {
    cluster: (code) => {
      const known = Object.keys(areas).some((one) => clusterMap.plain(one) === code);
      if (code === null ? choosing.chosen() : known && code !== choosing.chosen()) { select(code); }
    },
    school: (urn) => {
      if (urn !== null && schools[urn]) { open(urn); } else { map.closePopup(); }
    },
    table: (asked) => { if (asked !== null) { openTable(); } },
  });
  Object.assign(remember, sharing);
  sharing.follow();
  clusterMap.opened = {map, areas, schools, select, open, gaps: drawing.gaps,
    pathways: drawing.pathways};
  if (parts.live) {
    const again = () => { light(); showGaps(); searchAgain(entries); choosing.again(); drawing.write(); };
    clusterMap.live(drawing, choosing, parts, again);
  }
};
