// Search. The page moves to a match and for nothing else.
// Positions are those of the text as it stands, so that lowering must not change its length.

const field = byId("page-search");
const count = byId("page-count");
const MOST_MARKED = 500; // those around the one gone to: more would make typing slow
let sought = "";
let matches = []; // where each begins in the text
let match = -1;

const fold = (text) => text.normalize("NFKC").toLowerCase();
const folded = (text) => {
  const whole = fold(text);
  if (whole.length === text.length) return whole;
  return Array.from(text, (sign) => fold(sign).padEnd(sign.length).slice(0, sign.length)).join("");
};
const textOf = (item, side) => item.querySelector(`.${side}`).textContent;

// All that is shown, as one text, a row for each paragraph.
const textOfSides = (sides) => {
  const paragraphs = [...list.querySelectorAll(sides)];
  const rows = paragraphs.map((paragraph) => folded(paragraph.textContent));
  const starts = [];
  rows.reduce((start, row) => (starts.push(start), start + row.length + 1), 0);
  return { sides, paragraphs, starts, rows: rows.join("\n") };
};
let text = null;
const shownText = () => {
  const view = root.classList;
  const sides = view.contains("view-source") ? ".source"
    : view.contains("view-target") ? ".target" : ".source, .target";
  if (text?.sides !== sides) text = textOfSides(sides);
  return text;
};

const findAll = (wanted) => {
  const found = [];
  if (!wanted) return found;
  const { rows } = shownText();
  let at = rows.indexOf(wanted);
  for (; at >= 0; at = rows.indexOf(wanted, at + wanted.length)) found.push(at);
  return found;
};
const rangeOf = (at) => {
  const row = lastUpTo(text.starts, at);
  const start = at - text.starts[row];
  return rangeIn(text.paragraphs[row], start, start + sought.length);
};
const placeOf = ({ startContainer, startOffset }) =>
  text.starts[text.paragraphs.indexOf(startContainer.parentElement)] + startOffset;
const showMatch = () => {
  const first = Math.max(match - MOST_MARKED / 2, 0);
  mark("found", matches.slice(first, first + MOST_MARKED).map(rangeOf));
  mark("here", match < 0 ? [] : [rangeOf(matches[match])]);
  const said = matches.length ? `${match + 1} / ${matches.length}` : data.nothing;
  count.textContent = sought ? said : "";
  byId("page-previous").disabled = byId("page-next").disabled = !matches.length;
};
const findMatches = () => {
  matches = findAll(sought);
  match = matches.length ? 0 : -1;
};
const goToMatch = () => {
  showMatch();
  if (match >= 0) goToRange(rangeOf(matches[match]));
};
const search = () => {
  const wanted = fold(field.value).trim().replace(/\s+/g, " ");
  if (wanted === sought) return;
  sought = wanted;
  findMatches();
  goToMatch();
};
// Other languages are shown: the reader stays at their match, if it is still there.
const searchAgain = () => {
  const before = match < 0 ? null : rangeOf(matches[match]);
  findMatches();
  if (before) match = Math.max(matches.indexOf(placeOf(before)), match);
  showMatch();
};
const stepMatch = (step) => {
  if (!matches.length) return;
  match = (match + step + matches.length) % matches.length;
  goToMatch();
};

field.addEventListener("focus", shownText);
field.addEventListener("input", search);
field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return; // Safari ends composing before the key
  if (event.key === "Enter") {
    event.preventDefault();
    stepMatch(event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape") {
    field.value = "";
    search();
    field.blur();
  }
});
byId("page-previous").addEventListener("click", () => stepMatch(-1));
byId("page-next").addEventListener("click", () => stepMatch(1));
