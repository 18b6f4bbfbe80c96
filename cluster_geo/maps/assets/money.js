/* Clusters shaded by their money for each pupil, where the reader picks a pot. */
"use strict";

clusterMap.shading = ({areas}, money) => {
  const pick = clusterMap.byId("pick-money");
  if (!pick) { return; }
  const shade = () => {
    const chosen = pick.value === "" ? null : money[Number(pick.value)];
    Object.entries(areas).forEach(([code, area]) => area.setStyle({
      fillColor: chosen ? chosen[code] : area.feature.properties.colour}));
    document.querySelectorAll("[data-money]").forEach((legend) => {
      legend.hidden = legend.dataset.money !== pick.value;
    });
  };
  pick.addEventListener("change", shade);
  shade();
};
