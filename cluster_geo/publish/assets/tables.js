/* Long tables that a reader can sort, filter and download. The page holds each table in full, so
   that without scripts nothing is missing but the buttons. Text is only moved and read here, never
   made into HTML. */
"use strict";

const sheets = {};

sheets.words = (cell) => (cell ? cell.textContent.replace(/\s+/g, " ").trim() : "");

/* The figure at the beginning of a cell ("6,644", "2.9 km", "-3"), or null where there is none. */
sheets.figure = (text) => {
  const found = /^[+\u2212-]?[\d,]+(\.\d+)?(?![\w/])/.exec(text);
  return found ? Number(found[0].replace(/,/g, "").replace("\u2212", "-")) : null;
};

/* Figures by size, before words by the alphabet; blanks and what is not known last, whichever way. */
sheets.order = (one, other, down) => {
  const last = [one, other].map((text) => text === "" || /^not (known|shown)/.test(text));
  if (last[0] || last[1]) { return last[0] - last[1]; }
  const [a, b] = [sheets.figure(one), sheets.figure(other)];
  if ((a === null) !== (b === null)) { return a === null ? 1 : -1; }
  const way = down ? -1 : 1;
  return way * (a === null ? one.localeCompare(other, "en-GB", {numeric: true}) : a - b);
};

/* Rows that belong together, as a cluster's row for each need below its first; totals stay last. */
sheets.groups = (body) => {
  const groups = [], totals = [];
  let kept = groups;
  for (const row of body.rows) {
    if (row.classList.contains("part") && kept.length) { kept[kept.length - 1].push(row); continue; }
    kept = row.classList.contains("total") ? totals : groups;
    kept.push([row]);
  }
  return {groups, totals};
};

/* A cell for a spreadsheet: figures bare, no formula, quotes where they are needed. */
sheets.csvCell = (text) => {
  const bare = /^[+-]?[\d,]+(\.\d+)?$/.test(text) ? text.replace(/,/g, "") : text;
  const safe = /^[=+\-@]/.test(bare) && Number.isNaN(Number(bare)) ? `'${bare}` : bare;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

/* The rows that show, with a byte order mark so that Excel shows accents. */
sheets.csv = (table) => {
  const rows = [...table.rows].filter((row) => !row.hidden);
  const lines = rows.map((row) => [...row.cells].map((cell) => sheets.csvCell(sheets.words(cell))).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
};

sheets.download = (table, name) => {
  const link = document.createElement("a");
  const file = new Blob([sheets.csv(table)], {type: "text/csv;charset=utf-8"});
  link.href = URL.createObjectURL(file);
  link.download = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "")}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

sheets.sortable = (table) => {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const {groups, totals} = sheets.groups(body);
      const text = (group) => sheets.words(group[0].cells[column]);
      groups.sort((one, other) => sheets.order(text(one), text(other), down));
      body.append(...groups.flat(), ...totals.flat());
    });
  });
};

/* Give a table its buttons; they are put before `place`, the table or the box that it scrolls in. */
sheets.enhance = (table, name, place = table) => {
  const tools = document.createElement("div"), label = document.createElement("label");
  const field = document.createElement("input"), status = document.createElement("span");
  const button = document.createElement("button");
  tools.className = "tools";
  field.type = "search";
  field.setAttribute("aria-label", `Filter: ${name}`);
  label.append("Filter ", field);
  status.setAttribute("role", "status");
  button.type = "button";
  button.textContent = "Download as CSV";
  button.setAttribute("aria-label", `Download as CSV: ${name}`);
  tools.append(label, button, status);
  place.before(tools);
  sheets.sortable(table);
  button.addEventListener("click", () => sheets.download(table, name));
  field.addEventListener("input", () => {
    const {groups, totals} = sheets.groups(table.tBodies[0]);
    const parts = spelling.typed(field.value).split(" ");
    let shown = 0;
    for (const group of groups) {
      const text = spelling.typed(group.map(sheets.words).join(" "));
      const fits = parts.every((part) => text.includes(part));
      shown += fits;
      group.forEach((row) => { row.hidden = !fits; });
    }
    totals.flat().forEach((row) => { row.hidden = field.value.trim() !== ""; });
    status.textContent = field.value.trim() ? `${shown} of ${groups.length} rows` : "";
  });
};
