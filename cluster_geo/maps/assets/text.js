/* The one way from text to HTML. Whatever a script shows of schools, clusters, trusts, towns and
   districts is put between tags by `clusterMap.html`, which lets no text become a tag, and into the
   page by `clusterMap.write`. */
"use strict";

/* HTML that this program wrote: its tags are its own, its texts have been escaped. */
clusterMap.Html = class {
  constructor(text) { this.text = text; }

  toString() { return this.text; }
};

/* Text as HTML. The page's data is HTML already, so an entity stays what it stands for; a sign that
   could open a tag, end an attribute or begin an entity is written as one. */
clusterMap.text = (value) => String(value ?? "")
  .replace(/&(?!(?:#\d+|#x[\da-f]+|[a-z][\da-z]*);)/gi, "&amp;")
  .replace(/[<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const asHtml = (value) => {
  if (value instanceof clusterMap.Html) { return value.text; }
  return Array.isArray(value) ? value.map(asHtml).join("") : clusterMap.text(value);
};

/* A template: html`<b>${name}</b>`. Only what another such template made stays HTML. */
clusterMap.html = (parts, ...values) => new clusterMap.Html(
  parts.reduce((all, part, i) => `${all}${asHtml(values[i - 1])}${part}`));

/* Write HTML, or text, into an element. */
clusterMap.write = (element, html) => { element.innerHTML = asHtml(html); };

/* The plain text of HTML that holds nothing but text and entities. */
clusterMap.plain = (html) => {
  const reader = document.createElement("textarea");
  reader.innerHTML = html;
  return reader.value;
};

/* Names and the like as a list: with semicolons where one of them has a comma of its own. */
clusterMap.listed = (parts) => parts.join(parts.some((part) => String(part).includes(", ")) ? "; " : ", ");

clusterMap.counted = (number, one, many) =>
  `${number.toLocaleString("en-GB")} ${number === 1 ? one : many || one + "s"}`;
