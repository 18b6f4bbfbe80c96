/* Ways on from primary to secondary SRPs: a solid line to where a child goes on; where there is no way
   on, a dashed ring and a dashed line to the nearest secondary SRP. None is told by its colour alone. */
"use strict";

/* Return the layer of ways on. show(need): draw those for a need, or for all, and return in how many
   cases there is no way on. */
clusterMap.pathways = (schools) => {
  const layer = L.layerGroup(), usual = {interactive: false, fill: false, opacity: 1};
  const on = {...usual, color: "#0b3d91", weight: 3};
  const missing = {...usual, color: "#8a1c00", weight: 3, dashArray: "2 7"};
  const line = (from, to, look) => schools[to] &&
    L.polyline([from.getLatLng(), schools[to].getLatLng()], look).addTo(layer);
  const show = (need) => {
    let number = 0;
    layer.clearLayers();
    Object.values(schools).forEach((symbol) => {
      const {urn, ways = []} = symbol.feature.properties;
      const asked = ways.filter(([what]) => !need || what === need);
      asked.forEach(([, kind, onward]) => {
        if (onward && onward !== urn) { line(symbol, onward, kind === "none" ? missing : on); }
      });
      const lacking = asked.filter(([, kind]) => kind === "none").length;
      if (lacking) {
        L.circleMarker(symbol.getLatLng(), {...missing, radius: 13, dashArray: "5 4"}).addTo(layer);
      }
      number += lacking;
    });
    return number;
  };
  return {layer, show};
};

/* The box of the layer follows the need that is chosen. */
clusterMap.pathwayControls = ({pathways, toFront}) => {
  const box = clusterMap.byId("show-pathways"), need = clusterMap.byId("pick-need");
  if (!box) { return; }
  const again = () => {
    const chosen = need.value ? need.selectedOptions[0].dataset.key : "";
    clusterMap.byId("pathways-need").textContent = chosen ? ` for ${chosen}` : "";
    clusterMap.byId("pathways-count").textContent = pathways.show(chosen);
    toFront();
  };
  need.addEventListener("change", again);
  again();
};
