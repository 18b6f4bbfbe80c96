/* What the pages with maps have in common: boxes, addresses that lead somewhere, paper. */
"use strict";

/* Call act(checked) when a box is ticked or unticked. */
clusterMap.tie = (id, act) => {
  const box = clusterMap.byId(id);
  if (box) { box.addEventListener("change", () => act(box.checked)); }
};

/* Whether the window is a telephone's: then what opens comes up from its lower edge. */
clusterMap.narrow = () => window.matchMedia("(max-width: 760px)").matches;

/* Bring the map into view where the panel lies below it. */
clusterMap.toMap = (map) => {
  if (clusterMap.narrow()) { map.getContainer().scrollIntoView({block: "end"}); }
};

/* How many pixels of the map's lower part a sheet covers. */
clusterMap.covered = (map, sheet) => (clusterMap.narrow() ? Math.max(0, Math.min(
  map.getContainer().getBoundingClientRect().bottom - sheet.getBoundingClientRect().top,
  map.getSize().y / 2)) : 0);

/* On a telephone a popup is a sheet at the lower edge, clear of the map's buttons, and the map
   moves so that its school stays in sight. */
clusterMap.sheets = (map) => map.on("popupopen", ({popup}) => {
  if (!clusterMap.narrow()) { return; }
  const sheet = popup.getElement();
  sheet.classList.add("sheet");
  map.getContainer().append(sheet);
  const at = map.latLngToContainerPoint(popup.getLatLng()), whole = map.getSize();
  const middle = (whole.y - clusterMap.covered(map, sheet)) / 2;
  map.panBy([at.x - whole.x / 2, at.y - middle], {animate: false});
});

/* A scale in kilometres and miles, also where they are parts of one. */
clusterMap.Scale = L.Control.Scale.extend({
  _updateMetric(metres) { this._bar(this._mScale, metres / 1000, "km"); },
  _updateImperial(metres) { this._bar(this._iScale, metres / 1609.344, "miles"); },
  _bar(scale, most, unit) {
    const power = 10 ** Math.floor(Math.log10(most));
    const round = power * [5, 2, 1].find((one) => one <= most / power);
    const shown = Number(round.toPrecision(1));
    this._updateScale(scale, `${shown} ${shown === 1 ? unit.replace("miles", "mile") : unit}`, round / most);
  },
});

/* Name the map for those who cannot see it, and give credit without a link that leaves the page. */
clusterMap.introduce = (map, words) => {
  map.attributionControl.setPrefix("Leaflet");
  new clusterMap.Scale({maxWidth: 130}).addTo(map);
  clusterMap.sheets(map);
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
    /* Paper is finer than a screen. */
    L.Browser.retina = printing || window.devicePixelRatio > 1;
    document.body.classList.toggle("printing", printing);
    maps.forEach((map) => map.invalidateSize({animate: false, pan: false}));
    maps[0].fitBounds(seen, {padding: [12, 12], animate: false});
  };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
};
