/* Find my school: a search in the list of all schools, which the page holds for those without
   scripts too. A match opens its cluster's page of the atlas and marks the school's row. */
"use strict";

const MOST_FOUND = 12;

const finder = document.getElementById("finder");
if (finder) {
  const items = [...finder.querySelectorAll("[data-school]")].map((link) => {
    const text = spelling.typed(`${link.parentElement.textContent} ${link.dataset.words}`);
    return {link, text, name: spelling.typed(link.textContent)};
  });
  const label = document.createElement("label"), field = document.createElement("input");
  const status = document.createElement("p"), list = document.createElement("ul");
  field.type = "search";
  field.id = "find";
  field.autocomplete = "off";
  field.spellcheck = false;
  label.htmlFor = "find";
  label.textContent = "Part of its name, its postcode or its URN";
  status.setAttribute("role", "status");
  list.className = "found";
  finder.querySelector(".search").append(label, field, status, list);

  /* What is in the name goes before what is in its place; else the list's order, A to Z. */
  const matching = (parts) => {
    const close = (part, text) => text.includes(part) || text.split(" ").some((word) => spelling.astray(part, word) !== null);
    const ranked = (found, fits) => [
      ...found.filter(({name}) => parts.every((part) => fits(part, name))),
      ...found.filter(({name}) => !parts.every((part) => fits(part, name))),
    ];
    const within = (part, text) => text.includes(part);
    const exact = items.filter(({text}) => parts.every((part) => within(part, text)));
    if (exact.length) { return [ranked(exact, within), ""]; }
    return [ranked(items.filter(({text}) => parts.every((part) => close(part, text))), close), ", spelt a little differently"];
  };
  const show = () => {
    const typed = spelling.typed(field.value);
    list.replaceChildren();
    if (!typed) { status.textContent = ""; return; }
    const [found, about] = matching(typed.split(" "));
    list.append(...found.slice(0, MOST_FOUND).map(({link}) => link.parentElement.cloneNode(true)));
    const more = found.length > MOST_FOUND ? `, of which ${MOST_FOUND} are listed: type more of the name` : "";
    status.textContent = found.length
      ? `${found.length} ${found.length === 1 ? "school" : "schools"}${about}${more}`
      : "No school matches. Try one word of its name, such as the place or the saint, or its postcode.";
  };
  field.addEventListener("input", show);
  finder.addEventListener("click", (event) => {
    const link = event.target.closest("[data-school]");
    const row = link && document.getElementById(`school-${link.dataset.school}`);
    if (!row) { return; }
    event.preventDefault();
    history.replaceState(null, "", link.getAttribute("href"));
    document.querySelectorAll("tr.mine").forEach((other) => other.classList.remove("mine"));
    row.classList.add("mine");
    reveal(row);
    document.querySelector(link.getAttribute("href")).scrollIntoView();
    row.querySelector("th").tabIndex = -1;
    row.querySelector("th").focus({preventScroll: true});
  });
}

const atlas = document.getElementById("schools");
if (atlas) {
  const button = document.createElement("button");
  const folds = [...atlas.querySelectorAll("article > details")];
  const name = () => { button.textContent = folds.every((fold) => fold.open) ? "Fold all" : "Unfold all"; };
  button.type = "button";
  button.addEventListener("click", () => {
    const open = !folds.every((fold) => fold.open);
    folds.forEach((fold) => { fold.open = open; });
  });
  atlas.addEventListener("toggle", name, true);
  name();
  atlas.querySelector("article").before(button);
}
