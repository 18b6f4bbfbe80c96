/* The words beside the map: a cluster's facts, a school's facts.
   Every text in the page's data has passed the one door in Python and is HTML already. */
"use strict";

clusterMap.byId = (id) => document.getElementById(id);

clusterMap.counted = (number, one, many) => `${number} ${number === 1 ? one : many || one + "s"}`;

/* The plain text of HTML that holds nothing but text and entities. */
clusterMap.plain = (html) => {
  const reader = document.createElement("textarea");
  reader.innerHTML = html;
  return reader.value;
};

/* A cluster's name with its code, or the code alone where it has no name. */
clusterMap.called = (name, code) =>
  (name === code ? code : `${name} (<span class="code">${code}</span>)`);

/* The layers in whose main zone of its cluster a school does not lie. */
clusterMap.outsideWords = (school, words) =>
  (school.outside || []).map((place) => words.layers[place]).join(", ");

clusterMap.rows = (pairs) => pairs
  .filter(([, value]) => value !== "" && value !== null && value !== undefined)
  .map(([label, value]) => `<tr><th scope="row">${label}</th><td>${value}</td></tr>`).join("");

clusterMap.schoolWords = (school, words) => {
  const ages = school.ages ? `ages ${school.ages}` : "";
  const kind = [school.phase_label, ages, school.admissions].filter(Boolean).join(", ");
  const central = school.hub ? "<p class=\"tag\">Central school</p>" : "";
  const travel = school.hub ? "" : `${school.travel} ${words.unit}`;
  const table = clusterMap.rows([
    ["Cluster", school.cluster ? clusterMap.called(school.cluster_name, school.cluster) : ""],
    ["To central school", school.cluster ? travel : ""], ["URN", school.urn],
    ["SRP", school.srp ? school.needs || "yes, need type not recorded" : ""],
    ["Trust", school.trust], ["Federation", school.federation],
    ...(school.zones || []),
    ["Outside its cluster's main", clusterMap.outsideWords(school, words)], ["Pupils", school.pupils], ["With an EHCP", school.ehcp],
    ["On SEN support", school.sen], ["Postcode", school.postcode],
  ]);
  return `<h3>${school.name}</h3><p>${kind}</p>${central}<table>${table}</table>`;
};

clusterMap.clusterWords = (cluster, members, words) => {
  const listed = (pairs) => pairs.map(([name, number]) => `${name} ${number}`).join(", ");
  const table = clusterMap.rows([
    ["Schools", `${cluster.schools}: ${cluster.phases}`], ["Central school", cluster.hub],
    ["Journey to it, mean", `${cluster.mean} ${words.unit}`],
    ["Longest", `${cluster.worst} ${words.unit} (${cluster.furthest})`],
    ["SRPs", cluster.srps ? `${cluster.srps}: ${listed(cluster.needs) || "need types not recorded"}`
      : "none"],
    ["Trusts", cluster.trusts.length ? `${cluster.trusts.length}: ${listed(cluster.trusts)}` : "none"],
    ...cluster.zones, ["Pupils", cluster.pupils],
    ["With an EHCP", cluster.ehcp], ["On SEN support", cluster.sen],
  ]);
  const list = members.map((school) =>
    `<li><button type="button" class="link" data-school="${school.urn}">${school.name}</button> ` +
    `<small>${school.phase_label}${school.srp ? ", SRP" : ""}${school.hub ? ", central school" : ""}` +
    `</small></li>`).join("");
  const rules = cluster.rules.map(([rule, verdict, found]) =>
    `<tr><th scope="row">${rule}</th><td>${verdict}${found ? ": " + found : ""}</td></tr>`).join("");
  const broken = cluster.rules.filter(([, verdict]) => verdict === "broken").length;
  const verdict = broken ? `${broken} of ${cluster.rules.length} broken` : "none broken";
  return `<h2 tabindex="-1">${cluster.name} <small>${cluster.code}</small></h2>` +
    `<table>${table}</table><h3>Schools</h3><ul class="members">${list}</ul>` +
    (rules ? `<details><summary>Rules: ${verdict}</summary><table>${rules}</table></details>` : "");
};
