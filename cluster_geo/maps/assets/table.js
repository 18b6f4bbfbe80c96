/* The map as a table, for those who cannot see it or would rather read. */
"use strict";

clusterMap.COLUMNS = (words, titles) => [
  ["Cluster", (school) => (school.cluster
    ? clusterMap.called(school.cluster_name, school.cluster) : "in no cluster")],
  ["School", (school) => school.name],
  ["URN", (school) => school.urn],
  ["Kind", (school) => school.phase_label],
  [`To central school, ${words.unit}`, (school) => (school.hub ? "central school" : school.travel)],
  ["SRP", (school) => (school.srp ? school.needs || "yes" : "")],
  ["Trust", (school) => school.trust],
  ...titles.map((title) => [title, (school) => (
    (school.zones || []).find(([of]) => of === title) || ["", ""])[1]]),
  ["Outside its cluster's main", (school) => clusterMap.outsideWords(school, words)],
  ["Pupils", (school) => school.pupils],
  ["With an EHCP", (school) => school.ehcp],
  ["On SEN support", (school) => school.sen],
];

/* Tie the button, the dialog and the address #table; the table is written when first asked for. */
clusterMap.tabulate = (schools, words) => {
  const dialog = clusterMap.byId("table"), place = clusterMap.byId("table-words");
  const write = () => {
    const facts = Object.values(schools).map((symbol) => symbol.feature.properties).sort((a, b) =>
      (a.cluster || "\uffff").localeCompare(b.cluster || "\uffff", "en-GB") ||
      a.name.localeCompare(b.name, "en-GB"));
    const columns = clusterMap.COLUMNS(words, words.layers);
    const {html} = clusterMap;
    const head = columns.map(([title]) => html`<th scope="col">${title}</th>`);
    const rows = facts.map((school) => html`<tr>${columns.map(([, cell], i) => {
      const shown = cell(school), figure = /^[\d,.]+$/.test(shown) ? "figure" : "";
      return i === 1 ? html`<th scope="row">${shown}</th>` : html`<td class="${figure}">${shown}</td>`;
    })}</tr>`);
    clusterMap.write(place, html`<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`);
    sheets.enhance(place.firstElementChild, "All schools", place);
  };
  const open = () => {
    if (!place.firstElementChild) { write(); }
    if (!dialog.open) { dialog.showModal(); }
  };
  clusterMap.byId("show-table").addEventListener("click", open);
  clusterMap.byId("table-close").addEventListener("click", () => dialog.close());
  return open;
};
