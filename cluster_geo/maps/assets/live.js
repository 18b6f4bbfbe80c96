/* A map whose plan changes while one looks at it: clusters and schools are replaced where they are,
   so that what is chosen, lit up and zoomed to stays. */
"use strict";

clusterMap.ROW = ({name, code, colour, schools, primary, secondary, all_through: through, srps, mean, worst}) => {
  const small = name === code ? "" : clusterMap.html` <small>${code}</small>`;
  return clusterMap.html`<tr><th scope="row"><button type="button" class="link" data-cluster="${code}"
    ><svg class="swatch" width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="${colour}"/></svg>
    <span>${name}${small}</span></button></th>
    <td>${schools}</td><td>${primary}</td><td>${secondary}</td><td>${through}</td><td>${srps}</td>
    <td>${mean}</td><td>${worst}</td></tr>`;
};

/* Corners of an area, as Leaflet has them. */
clusterMap.corners = ({type, coordinates}) =>
  L.GeoJSON.coordsToLatLngs(coordinates, type === "Polygon" ? 1 : 2);

clusterMap.live = (drawing, choosing, {live, words}, again) => {
  const {areas, schools, clusters, phases} = drawing;

  const drawArea = (feature) => {
    const known = areas[feature.properties.code];
    if (known) {
      known.feature = feature;
      known.setLatLngs(clusterMap.corners(feature.geometry));
      drawing.addArea(known);
      return;
    }
    clusters.addData(feature);
    const added = clusters.getLayers().at(-1);
    drawing.addArea(added);
    choosing.listen(added);
  };
  const drawSchool = (feature) => {
    const facts = feature.properties, known = schools[facts.urn];
    if (known) {
      known.feature.properties = facts;
      Object.assign(known.options, {hub: facts.hub, outside: facts.outside || []});
      if (known.isPopupOpen()) { known.getPopup().update(); }
      return;
    }
    const home = phases[live.phases.indexOf(facts.phase)];
    home.addData(feature);
    drawing.addSchool(home.getLayers().at(-1));
  };
  const forget = (group, known, key) => {
    if (known[key]) { group.removeLayer(known[key]); delete known[key]; }
  };
  const panel = () => {
    const all = Object.values(areas).map(({feature}) => feature.properties)
      .sort((a, b) => (a.code < b.code ? -1 : 1));
    const body = document.querySelector("table.clusters tbody");
    const focused = body.contains(document.activeElement) && document.activeElement.dataset.cluster;
    clusterMap.write(body, all.map(clusterMap.ROW));
    const button = focused && [...body.querySelectorAll("button")].find((one) => one.dataset.cluster === focused);
    if (button) { button.focus(); }
    document.querySelector("#clusters small").textContent = all.length;
    clusterMap.byId("show-hub").parentElement.querySelector("small").textContent = all.length;
    words.layers.forEach((_, place) => {
      const outside = Object.values(schools).filter(({feature}) => (feature.properties.outside || []).includes(place));
      clusterMap.byId(`show-outside-${place}`).parentElement.querySelector("small").textContent = outside.length;
    });
    clusterMap.byId("table-words").replaceChildren();
  };

  /* parts: the clusters that are new or other than before; gone: codes of those that are no more;
     lost: URNs of schools that are in no cluster. */
  const replace = ({parts, gone, lost}) => {
    gone.forEach((code) => forget(clusters, areas, code));
    parts.forEach(({area, schools: own}) => { drawArea(area); own.forEach(drawSchool); });
    lost.forEach((urn) => phases.forEach((group) => forget(group, schools, urn)));
    drawing.nameAreas();
    /* Hundreds of lines are drawn when they are looked at. */
    drawing.journeys.clearLayers().off("add", drawing.drawJourneys);
    if (drawing.map.hasLayer(drawing.journeys)) { drawing.drawJourneys(); } else {
      drawing.journeys.once("add", drawing.drawJourneys);
    }
    drawing.resize();
    panel();
    again();
    drawing.redraw();
  };
  Object.assign(clusterMap.opened, {replace, again, live, phases, chosen: choosing.chosen,
    resize: drawing.resize, write: drawing.write});
  clusterMap.begin(clusterMap.opened);
};
