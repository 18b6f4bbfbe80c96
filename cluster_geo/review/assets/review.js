/* The page of a meeting: the map with its bar, its windows and what the server tells. */
"use strict";

clusterMap.schoolActions = (school) => review.schoolActions(school);
clusterMap.clusterActions = (cluster) => review.clusterActions(cluster);

/* Called when the map is drawn. */
clusterMap.begin = (opened) => {
  const {live, phases} = opened;
  review.opened = {...opened, shown: new Map(Object.entries(live.marks))};
  review.usual = {label: clusterMap.LABEL, radius: clusterMap.radius};
  document.body.classList.toggle("following", review.following());
  document.querySelectorAll("[data-open]").forEach((button) =>
    button.addEventListener("click", () => review.open(button.dataset.open)));
  document.querySelectorAll("[data-close]").forEach((button) =>
    button.addEventListener("click", () => clusterMap.byId(button.dataset.close).close()));
  clusterMap.byId("undo").addEventListener("click", () => review.doit("undo"));
  clusterMap.byId("redo").addEventListener("click", () => review.doit("redo"));
  clusterMap.byId("projector").addEventListener("click", review.project);
  review.listenToKeys();
  if (!review.following()) {
    /* Shift and a click ticks a school; its popup stays closed. */
    phases.forEach((group) => group.on("click", ({originalEvent, propagatedFrom}) => {
      if (originalEvent && originalEvent.shiftKey) {
        opened.map.closePopup();
        review.ticks.toggle(propagatedFrom.feature.properties.urn);
      }
    }));
  }
  /* The bar above grows and shrinks with what it says. */
  new ResizeObserver(() => opened.map.invalidateSize({animate: false, pan: false})).observe(opened.map.getContainer());
  review.listen();
};
