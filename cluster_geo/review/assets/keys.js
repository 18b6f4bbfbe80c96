/* Everything by keyboard, and the projector. */
"use strict";

review.KEYS = [
  ["/", "Find a school, postcode, place, cluster or trust"],
  ["M", "Move the school that is open, or the schools that are ticked"],
  ["T", "Tick the school that is open"],
  ["L", "Lock or unlock the cluster that is chosen"],
  ["W", "What if: a better plan in the whole county, or another setting"],
  ["Ctrl+Z", "Undo"],
  ["Ctrl+Shift+Z", "Redo"],
  ["P", "Projector: larger type, and less around the map"],
  ["Esc", "Close what is open"],
];

review.window("keys", () => review.put("keys-words", review.h("table", {}, review.h("tbody", {},
  review.KEYS.map(([key, what]) => review.h("tr", {}, review.h("th", {scope: "row"}, review.h("kbd", {}, key)), review.h("td", {}, what)))))));

review.project = () => {
  const on = document.body.classList.toggle("projector");
  clusterMap.byId("projector").setAttribute("aria-pressed", String(on));
  clusterMap.LABEL = {...review.usual.label, ...(on ? {line: 22, font: "650 18px system-ui, sans-serif"} : {})};
  clusterMap.radius = (map) => review.usual.radius(map) * (on ? 1.5 : 1);
  review.opened.map.invalidateSize({animate: false});
  review.opened.resize();
  review.opened.write();
};

review.openSchool = () => {
  const popup = Object.values(review.opened.schools).find((symbol) => symbol.isPopupOpen());
  return popup ? popup.feature.properties : null;
};

review.pressed = {
  "/": () => { const box = clusterMap.byId("search"); box.focus(); box.select(); },
  p: () => review.project(),
};
review.pressedByLead = {
  m: () => {
    const school = review.openSchool(), ticked = review.ticks.all();
    if (school && school.cluster) { review.move(school.urn); return; }
    if (ticked.length === 1) { review.move(ticked[0]); return; }
    if (ticked.length) { clusterMap.byId("ticked-to").focus(); return; }
    review.say("Open a school first: find it with /, or click on it.");
  },
  w: () => review.open("whatif"),
  t: () => {
    const school = review.openSchool();
    if (school && school.cluster) { review.ticks.toggle(school.urn); }
  },
  l: () => {
    const school = review.openSchool(), code = review.opened.chosen() || (school && review.text(school.cluster));
    if (code) { review.lock(code); } else { review.say("Choose a cluster first."); }
  },
};

review.listenToKeys = () => document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  const key = event.key.toLowerCase(), lead = !review.following();
  if (document.querySelector("dialog[open]")) { return; }
  if (key === "escape" && !typing && review.close()) { event.preventDefault(); return; }
  if (key === "escape" && event.target.closest("#work")) { review.close(); return; }
  if (typing) { return; }
  if ((event.ctrlKey || event.metaKey) && key === "z" && lead) {
    event.preventDefault();
    review.doit(event.shiftKey ? "redo" : "undo");
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) { return; }
  const act = review.pressed[key] || (lead && review.pressedByLead[key]);
  if (act) { event.preventDefault(); act(); }
});
