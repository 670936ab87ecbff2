// Search. The page moves to a match and for nothing else.
// Positions are those of the text as it stands, so that lowering must not change its length.

const field = byId("page-search");
const count = byId("page-count");
const MOST_MARKED = 1000; // more would make typing slow; the one gone to is always marked
let sought = "";
let matches = [];
let match = -1;

const lower = (text) => {
  const lowered = text.toLowerCase();
  if (lowered.length === text.length) return lowered;
  return Array.from(text, (letter) => letter.toLowerCase().slice(0, letter.length)).join("");
};
const textOf = (item, side) => item.querySelector(`.${side}`).textContent;
const lowered = {};
const loweredTexts = (side) => {
  const paragraphs = list.getElementsByClassName(side);
  lowered[side] ??= Array.from(paragraphs, (paragraph) => lower(paragraph.textContent));
  return lowered[side];
};
const shownSides = () => {
  if (root.classList.contains("view-source")) return ["source"];
  return root.classList.contains("view-target") ? ["target"] : ["source", "target"];
};

const findAll = (wanted) => {
  const found = [];
  if (!wanted) return found;
  const sides = shownSides().map((side) => [side, loweredTexts(side)]);
  for (let row = 0; row < items.length; row += 1) {
    for (const [side, texts] of sides) {
      let at = texts[row].indexOf(wanted);
      for (; at >= 0; at = texts[row].indexOf(wanted, at + wanted.length)) {
        found.push({ row, side, start: at, end: at + wanted.length });
      }
    }
  }
  return found;
};
const rangeOf = ({ row, side, start, end }) =>
  rangeIn(items[row].querySelector(`.${side}`), start, end);
const showMatch = () => {
  mark("here", match < 0 ? [] : [rangeOf(matches[match])]);
  const said = matches.length ? `${match + 1} / ${matches.length}` : data.nothing;
  count.textContent = sought ? said : "";
  byId("page-previous").disabled = byId("page-next").disabled = !matches.length;
};
const findMatches = () => {
  matches = findAll(sought);
  match = matches.length ? 0 : -1;
  mark("found", matches.slice(0, MOST_MARKED).map(rangeOf));
};
const goToMatch = () => {
  showMatch();
  if (match >= 0) goToRange(items[matches[match].row], rangeOf(matches[match]));
};
const search = () => {
  const wanted = lower(field.value.trim().normalize("NFC"));
  if (wanted === sought) return;
  sought = wanted;
  findMatches();
  goToMatch();
};
// Other languages are shown: the reader stays at their match, if it is still there.
const searchAgain = () => {
  const before = matches[match];
  const isSame = (one) =>
    one.row === before.row && one.side === before.side && one.start === before.start;
  findMatches();
  if (before) match = Math.max(matches.findIndex(isSame), match);
  showMatch();
};
const stepMatch = (step) => {
  if (!matches.length) return;
  match = (match + step + matches.length) % matches.length;
  goToMatch();
};

field.addEventListener("focus", () => shownSides().forEach(loweredTexts));
field.addEventListener("input", search);
field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
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
