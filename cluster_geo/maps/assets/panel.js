/* The words beside the map: a cluster's facts, a school's facts. */
"use strict";

clusterMap.byId = (id) => document.getElementById(id);

/* A cluster's name with its code, or the code alone where it has no name. */
clusterMap.called = (name, code) => (name === code ? clusterMap.html`${code}`
  : clusterMap.html`${name} (<span class="code">${code}</span>)`);

/* The layers in whose main zone of its cluster a school does not lie. */
clusterMap.outsideWords = (school, words) =>
  clusterMap.listed((school.outside || []).map((place) => words.layers[place]));

/* What can be done with a school and with a cluster: nothing, on a page that only shows. */
clusterMap.schoolActions = () => "";
clusterMap.clusterActions = () => "";

clusterMap.rows = (pairs) => pairs
  .filter(([, value]) => value !== "" && value !== null && value !== undefined)
  .map(([label, value]) => clusterMap.html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`);

clusterMap.schoolWords = (school, words) => {
  const ages = school.ages ? `ages ${school.ages}` : "";
  const kind = [school.phase_label, ages, school.admissions].filter(Boolean).join(", ");
  const central = school.hub ? clusterMap.html`<p class="tag">Central school</p>` : "";
  const travel = school.hub ? "" : `${school.travel} ${words.unit}`;
  const table = clusterMap.rows([
    ["Cluster", school.cluster ? clusterMap.called(school.cluster_name, school.cluster) : ""],
    ["To central school", school.cluster ? travel : ""], ["URN", school.urn],
    ["SRP", school.srp ? school.needs || "yes, need type not recorded" : ""],
    ["Trust", school.trust], ["Federation", school.federation],
    ...(school.zones || []),
    ["Outside its cluster's main", clusterMap.outsideWords(school, words)], ["Pupils", school.pupils], ["With an EHCP", school.ehcp],
    ["On SEN support", school.sen], ...(school.own || []), ["Postcode", school.postcode],
  ]);
  return clusterMap.html`<h3>${school.name}</h3><p>${kind}</p>${central}${clusterMap.schoolActions(school)}<table>${table}</table>`;
};

clusterMap.clusterWords = (cluster, members, words) => {
  const {html} = clusterMap;
  const listed = (pairs) => clusterMap.listed(pairs.map(([name, number]) => `${name} ${number}`));
  const table = clusterMap.rows([
    ["Schools", `${cluster.schools}: ${cluster.phases}`], ["Starts on", cluster.start_words],
    ["Central school", cluster.hub],
    ["Journey to it, mean", `${cluster.mean} ${words.unit}`],
    ["Longest", `${cluster.worst} ${words.unit} (${cluster.furthest})`],
    ["SRPs", cluster.srps ? `${cluster.srps}: ${listed(cluster.needs) || "need types not recorded"}`
      : "none"],
    ["Trusts", cluster.trusts.length ? `${cluster.trusts.length}: ${listed(cluster.trusts)}` : "none"],
    ...cluster.zones, ["Pupils", cluster.pupils],
    ["With an EHCP", cluster.ehcp], ["On SEN support", cluster.sen], ...(cluster.own || []),
  ]);
  const list = members.map((school) => {
    const notes = [school.phase_label, school.srp && "SRP", school.hub && "central school"];
    const name = html`<button type="button" class="link" data-school="${school.urn}">${school.name}</button>`;
    return html`<li>${name} <small>${notes.filter(Boolean).join(", ")}</small></li>`;
  });
  const rules = cluster.rules.map(([rule, verdict, found]) =>
    html`<tr><th scope="row">${rule}</th><td>${verdict}${found ? ": " + found : ""}</td></tr>`);
  const broken = cluster.rules.filter(([, verdict]) => verdict === "broken").length;
  const verdict = broken ? `${broken} of ${cluster.rules.length} broken` : "none broken";
  const folded = rules.length
    ? html`<details><summary>Rules: ${verdict}</summary><table>${rules}</table></details>` : "";
  return html`<h2 tabindex="-1">${cluster.name} <small>${cluster.code}</small></h2>
    ${clusterMap.clusterActions(cluster)}<table>${table}</table><h3>Schools</h3><ul class="members">${list}</ul>${folded}`;
};
