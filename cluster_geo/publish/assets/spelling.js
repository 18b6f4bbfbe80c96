/* What a person types, and how far it is from what is written: for every search of every page. */
"use strict";

const spelling = {};

/* Text without case, accents, points and brackets, "and" and "Saint" written in one way. */
spelling.typed = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u2019'.,]/g, "")
  .replace(/&/g, " and ").replace(/[()/-]/g, " ").replace(/\bsaint\b/g, "st").replace(/\s+/g, " ").trim();

/* How many letters must be typed anew to make one word of another, as far as `most`. */
spelling.wrong = (one, other, most) => {
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
spelling.astray = (typed, known) => {
  if (known.startsWith(typed)) { return 0; }
  const most = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2;
  let least = null;
  for (let end = typed.length - most; most && end <= typed.length + most; end += 1) {
    const found = spelling.wrong(typed, known.slice(0, end), most);
    if (found <= most && (least === null || found < least)) { least = found; }
  }
  return least;
};
