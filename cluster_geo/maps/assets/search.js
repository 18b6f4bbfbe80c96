/* The search box: schools by name, URN or postcode, clusters, trusts and places; what is spelt
   a little wrong is found too. */
"use strict";

clusterMap.typed = (text) => spelling.typed(text).split(" ").filter(Boolean);

/* The words of a text in the page's data, which is HTML; what a reader types is not. */
clusterMap.words = (html) => clusterMap.typed(clusterMap.plain(html));

/* The beginning of a postcode as it is typed, without its space; null where it is none. */
clusterMap.postcode = (text) => {
  const typed = text.replace(/\s+/g, "").toUpperCase();
  return /^[A-Z]{1,2}\d[A-Z\d]?(\d[A-Z]{0,2})?$/.test(typed) ? typed : null;
};

/* Find entries, the nearest first, and say how they were found. */
clusterMap.seek = (known, text) => {
  const wanted = clusterMap.typed(text), code = clusterMap.postcode(text);
  if (!wanted.length) { return {hits: [], said: ""}; }
  const at = (start) => known.filter((entry) => entry.postcode && entry.postcode.startsWith(start));
  const scored = known.map((entry) => ({entry, miss: wanted.reduce((sum, word) => {
    const least = entry.parts.map((part) => spelling.astray(word, part))
      .filter((miss) => miss !== null);
    return least.length ? sum + Math.min(...least) : Infinity;
  }, 0)})).filter(({miss}) => miss < Infinity).sort((a, b) => a.miss - b.miss);
  const exact = scored.filter(({miss}) => !miss).map(({entry}) => entry);
  const hits = [...new Set([...(code ? at(code) : []), ...exact])];
  const count = (found) => clusterMap.counted(found.length, "match", "matches");
  if (hits.length) { return {hits, said: count(hits)}; }
  if (code) {
    for (let end = code.length - 1; end > 2; end -= 1) {
      const near = at(code.slice(0, end));
      if (near.length) {
        return {hits: near, said: `No school at ${text.trim().toUpperCase()}; the nearest in the alphabet:`};
      }
    }
  }
  if (scored.length) {
    return {hits: scored.map(({entry}) => entry), said: `Spelt a little otherwise: ${count(scored)}`};
  }
  return {hits, said: "0 matches. Try fewer words or only the beginning of one, a URN, a postcode " +
    "or its first half (ME14), a town, a cluster or a trust."};
};

clusterMap.search = (entries) => {
  const box = clusterMap.byId("search"), list = clusterMap.byId("found");
  const read = (all) => all.map((entry) => ({...entry, parts: clusterMap.words(entry.text),
    postcode: entry.postcode ? clusterMap.plain(entry.postcode).replace(/\s+/g, "").toUpperCase() : ""}));
  let known = read(entries), later = null;
  box.addEventListener("input", () => {
    if (later) { known = read(later()); later = null; }
    const {hits, said} = clusterMap.seek(known, box.value);
    list.replaceChildren(...hits.slice(0, 10).map((entry) => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      clusterMap.write(button, clusterMap.html`${entry.text} <small>${entry.kind}</small>`);
      button.addEventListener("click", () => {
        list.replaceChildren();
        box.value = "";
        clusterMap.byId("found-status").textContent = "";
        entry.open(box);
      });
      item.append(button);
      return item;
    }));
    const more = hits.length > 10 ? ", the first 10 shown" : "";
    clusterMap.byId("found-status").textContent = said + more;
  });
  box.addEventListener("keydown", (event) => {
    const first = list.querySelector("button");
    if (event.key === "Enter" && first) { first.click(); }
    if (event.key === "Escape") { box.value = ""; list.replaceChildren(); }
  });
  /* Give what the search leads to after a change, read when somebody searches. */
  return (all) => { later = all; };
};
