/* What the pages with maps have in common: boxes, addresses that lead somewhere, paper. */
"use strict";

/* Call act(checked) when a box is ticked or unticked. */
clusterMap.tie = (id, act) => {
  const box = clusterMap.byId(id);
  if (box) { box.addEventListener("change", () => act(box.checked)); }
};

/* Name the map for those who cannot see it, and give credit without a link that leaves the page. */
clusterMap.introduce = (map, words) => {
  map.attributionControl.setPrefix("Leaflet");
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", words);
  /* Leaflet listens only while the map itself has the focus, not what is in a popup. */
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape") { map.closePopup(); }
  });
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

/* Put what is shown into the address, so that it can be passed on; nothing takes it out. */
clusterMap.address = (what, which) =>
  history.replaceState(null, "", what ? `#${what}=${encodeURIComponent(which)}` : " ");

/* Leaflet must know the size of its box on paper before the page is laid out for it.
   bounds(): what to show there, null for what is on the screen. */
clusterMap.onPaper = (maps, bounds) => {
  const paper = (printing) => {
    const seen = bounds() || maps[0].getBounds();
    document.body.classList.toggle("printing", printing);
    maps.forEach((map) => map.invalidateSize({animate: false, pan: false}));
    maps[0].fitBounds(seen, {padding: [12, 12], animate: false});
  };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
};
