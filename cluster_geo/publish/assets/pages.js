/* What a page of long tables does where scripts run: buttons for the tables, a word where one
   scrolls, folds that open for the address. */
"use strict";

const LONG = 8;

document.querySelectorAll(".wide > table").forEach((table) => {
  const long = table.tBodies.length === 1 && table.tBodies[0].rows.length >= LONG;
  if (long && table.tHead && !table.closest("article")) {
    sheets.enhance(table, table.parentElement.getAttribute("aria-label") || "table", table.parentElement);
  }
});

/* A table wider than the screen says that there is more of it to the right. */
const sideways = () => document.querySelectorAll(".wide").forEach((box) => {
  box.classList.toggle("scrolls", box.scrollWidth > box.clientWidth + 1);
});
addEventListener("resize", sideways);
document.addEventListener("toggle", sideways, true);
sideways();

/* Open whatever folds hold an element, and show it. */
const reveal = (target) => {
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  const own = target.querySelector(":scope > details");
  if (own) { own.open = true; }
  target.scrollIntoView();
};
const revealAddress = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) { reveal(target); }
};
addEventListener("hashchange", revealAddress);
revealAddress();
