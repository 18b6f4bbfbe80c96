/* Parts of a page made of elements, never of text that a browser reads as HTML. */
"use strict";

const review = {said: {by: "", asked: "", reason: ""}};

/* What the server sends has passed the door: entities stand for signs, and are read back as text. */
review.text = (value) => clusterMap.plain(String(value ?? ""));

/* The same for all texts in a value, keys too: what is sent back is as it was before the door. */
review.plainly = (value) => {
  if (Array.isArray(value)) { return value.map(review.plainly); }
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value)
      .map(([key, own]) => [review.text(key), review.plainly(own)]));
  }
  return typeof value === "string" ? review.text(value) : value;
};

/* An element: attributes by name, a function for what a click does, then what is in it. */
review.h = (tag, look = {}, ...inside) => {
  const element = document.createElement(tag);
  Object.entries(look).forEach(([name, value]) => {
    if (name === "act") { element.addEventListener(tag === "form" ? "submit" : "click", value); return; }
    if (name === "class") { element.className = value; return; }
    if (value === true) { element.setAttribute(name, ""); return; }
    if (value !== false && value !== null) { element.setAttribute(name, value); }
  });
  element.append(...inside.flat().filter((part) => part !== null && part !== "" && part !== false)
    .map((part) => (part instanceof Node ? part : document.createTextNode(review.text(part)))));
  return element;
};

review.button = (words, act, look = {}) => review.h("button", {type: "button", ...look, act}, words);

/* Put parts into a place, instead of what was there. */
review.put = (id, ...parts) => clusterMap.byId(id).replaceChildren(...parts.flat().filter(Boolean));

review.list = (items, look = {}) => review.h("ul", {class: "plain", ...look}, items.map((item) => review.h("li", {}, item)));

/* A requirement that is broken, in words. */
review.brokenWords = ({rule, words, cluster}) => `${rule}${cluster ? `, ${cluster}` : ""}: ${words}`;

/* What is being discussed, at the head of the panel: one thing at a time. */
review.card = (title, ...parts) => {
  const work = clusterMap.byId("work"), heading = review.h("h2", {tabindex: "-1"}, title);
  if (work.hidden) { review.opener = document.activeElement; }
  /* It would cover what is proposed on the map. */
  review.opened.map.closePopup();
  review.put("work", heading, ...parts);
  work.hidden = false;
  heading.focus({preventScroll: true});
  /* On a telephone it comes up from the lower edge, and the map is above it. */
  if (clusterMap.narrow()) {
    review.opened.map.getContainer().scrollIntoView({block: "start"});
  } else { work.scrollIntoView({block: "nearest"}); }
};

review.close = () => {
  const work = clusterMap.byId("work");
  if (work.hidden) { return false; }
  work.hidden = true;
  work.replaceChildren();
  review.sketch.clear();
  const details = document.querySelector("#details:not([hidden]) h2");
  const back = [review.opener, details, review.opened.map.getContainer()]
    .find((one) => one && one !== document.body && one.isConnected);
  back.focus({preventScroll: true});
  return true;
};

/* The faults of a question that could not be done, where it was asked. */
review.faultsBox = (faults) => review.h("div", {class: "faults", role: "alert"},
  faults.map((fault) => review.h("p", {}, fault)));
