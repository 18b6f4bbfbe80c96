/* The address keeps what is chosen, so that a link shows what its sender saw:
   #cluster=CODE&school=URN&trust=UID&need=NAME&started=DATE&show=...&hide=...&far=12&at=51.2,0.5,11&table. */
"use strict";

clusterMap.ADDRESS = ["table", "cluster", "school", "trust", "need", "started", "show", "hide", "far", "at"];

/* Read an address into what it names; a part that cannot be read names nothing. */
clusterMap.readAddress = (hash) => {
  const begins = new RegExp(`&(?=(?:${clusterMap.ADDRESS.join("|")})(?:=|&|$))`);
  const found = {};
  hash.slice(1).split(begins).forEach((part) => {
    const [what, which = ""] = part.split(/=(.*)/s);
    try {
      if (clusterMap.ADDRESS.includes(what)) { found[what] = decodeURIComponent(which); }
    } catch (error) {
      if (!(error instanceof URIError)) { throw error; }
    }
  });
  return found;
};

/* Keep the address and the page in step.
   acts: what to do with each part of an address, by its name; "" where it names none. */
clusterMap.sharing = (map, acts) => {
  const state = {}, byId = clusterMap.byId;
  const boxes = [...document.querySelectorAll("input[type=checkbox][data-key]")];
  const far = byId("far-limit"), trust = byId("pick-trust"), need = byId("pick-need");
  const start = byId("pick-start");
  let following = false, byReader = false;

  const differ = (usual) => boxes.filter((box) => box.defaultChecked === usual &&
    box.checked !== usual).map((box) => box.dataset.key).join(",");
  const write = () => {
    if (following) { return; }
    const key = (list) => (list && list.value ? list.selectedOptions[0].dataset.key : "");
    Object.assign(state, {show: differ(false), hide: differ(true), trust: key(trust),
      need: key(need), started: key(start), far: far.value === far.defaultValue ? "" : far.value});
    const parts = clusterMap.ADDRESS.filter((what) => state[what] && what !== "table")
      .map((what) => `${what}=${encodeURIComponent(state[what]).replaceAll("%2C", ",")}`);
    history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : " ");
  };
  const note = (what, which) => { state[what] = which || ""; write(); };

  const change = (control, value, event) => {
    if (control.value === value) { return; }
    control.value = value;
    control.dispatchEvent(new Event(event, {bubbles: true}));
  };
  const pick = (list, key) => {
    const wanted = [...list.options].find((option) => key && option.dataset.key === key);
    change(list, wanted ? wanted.value : "", "change");
  };
  const view = (at) => {
    const [lat, lng, zoom] = (at || "").split(",").map(Number);
    if ([lat, lng, zoom].every(Number.isFinite) && Math.abs(lat) <= 90) {
      map.setView([lat, lng], zoom, {animate: false});
    }
  };
  const follow = () => {
    const wanted = clusterMap.readAddress(location.hash);
    const shown = (wanted.show || "").split(","), hidden = (wanted.hide || "").split(",");
    following = true;
    boxes.forEach((box) => {
      const on = box.defaultChecked ? !hidden.includes(box.dataset.key) : shown.includes(box.dataset.key);
      if (box.checked !== on) { box.click(); }
    });
    pick(trust, wanted.trust);
    pick(need, wanted.need);
    if (start) { pick(start, wanted.started); }
    change(far, wanted.far || far.defaultValue, "input");
    Object.entries(acts).forEach(([what, act]) => act(wanted[what] === undefined ? null : wanted[what]));
    view(wanted.at);
    Object.assign(state, {cluster: "", school: "", at: ""}, wanted);
    following = false;
  };

  /* Where the map is counts once the reader has moved it; what was chosen moves it otherwise. */
  ["pointerdown", "wheel", "keydown"].forEach((kind) =>
    map.getContainer().addEventListener(kind, () => { byReader = true; }, {capture: true, passive: true}));
  map.on("moveend", () => {
    if (!byReader) { return; }
    const {lat, lng} = map.getCenter();
    note("at", `${lat.toFixed(4)},${lng.toFixed(4)},${map.getZoom()}`);
  });
  const moved = () => { byReader = false; state.at = ""; };
  document.addEventListener("change", write);
  far.addEventListener("input", write);
  window.addEventListener("hashchange", follow);
  /* What an address asks for is there at once: a move under way would spoil the next one. */
  const pace = () => (following ? {animate: false} : {});
  return {note, moved, pace, follow};
};
