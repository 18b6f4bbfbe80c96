/* The search box: schools by name, URN or postcode, clusters, trusts and places; what is spelt
   a little wrong is found too. */
"use strict";

/* How many letters must be typed anew to make one word of another, as far as `most`. */
clusterMap.wrong = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) { return most + 1; }
  let before = [], row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    before = row;
    row = next;
  }
  return row[other.length];
};

/* How far a typed word is from the beginning of a known one: 0 the same, null too far. */
clusterMap.astray = (typed, known) => {
  if (known.startsWith(typed)) { return 0; }
  const most = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2;
  let least = null;
  for (let end = typed.length - most; most && end <= typed.length + most; end += 1) {
    const found = clusterMap.wrong(typed, known.slice(0, end), most);
    if (found <= most && (least === null || found < least)) { least = found; }
  }
  return least;
};

clusterMap.words = (html) => clusterMap.typed(html).replace(/&/g, " and ").split(/[\s()/-]+/)
  .filter(Boolean).map((word) => (word === "saint" ? "st" : word));

/* The beginning of a postcode as it is typed, without its space; null where it is none. */
clusterMap.postcode = (text) => {
  const typed = text.replace(/\s+/g, "").toUpperCase();
  return /^[A-Z]{1,2}\d[A-Z\d]?(\d[A-Z]{0,2})?$/.test(typed) ? typed : null;
};

/* Find entries, the nearest first, and say how they were found. */
clusterMap.seek = (known, text) => {
  const wanted = clusterMap.words(text), code = clusterMap.postcode(text);
  if (!wanted.length) { return {hits: [], said: ""}; }
  const at = (start) => known.filter((entry) => entry.postcode && entry.postcode.startsWith(start));
  const scored = known.map((entry) => ({entry, miss: wanted.reduce((sum, word) => {
    const least = entry.parts.map((part) => clusterMap.astray(word, part))
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
  const known = entries.map((entry) => ({...entry, parts: clusterMap.words(entry.text),
    postcode: entry.postcode ? clusterMap.plain(entry.postcode).replace(/\s+/g, "").toUpperCase() : ""}));
  box.addEventListener("input", () => {
    const {hits, said} = clusterMap.seek(known, box.value);
    list.replaceChildren(...hits.slice(0, 10).map((entry) => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.innerHTML = `${entry.text} <small>${entry.kind}</small>`;
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
};
