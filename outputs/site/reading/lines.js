// What every tool stands on: the lines, what is remembered and marked, and going to a line.

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("page-data").textContent);
const list = byId("page-lines");
const items = [...list.getElementsByTagName("li")];
const root = document.body;
const marks = window.CSS && CSS.highlights && window.Highlight ? CSS.highlights : null;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Pages opened from a disk may be refused a memory: the page then works without one.
const recall = (key) => {
  try { return localStorage.getItem(key); } catch { return null; }
};
const remember = (key, value) => {
  try { localStorage.setItem(key, value); } catch { /* nothing is kept */ }
};

const mark = (name, ranges) => {
  if (!marks) return;
  if (ranges.length) marks.set(name, new Highlight(...ranges));
  else marks.delete(name);
};
const rangeIn = (paragraph, start, end) => {
  const range = new Range();
  range.setStart(paragraph.firstChild, start);
  range.setEnd(paragraph.firstChild, end);
  return range;
};

// The place of the last of rising numbers that is not above a value; -1 where all are.
const lastUpTo = (numbers, value) => {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

const indexOf = (item) => items.indexOf(item);
const itemOf = (element) => element && element.closest("#page-lines li");
const hashOf = (item) => `#${encodeURIComponent(item.id)}`;
const itemWithId = (id) => {
  const item = id && byId(id);
  return item && itemOf(item) === item ? item : null;
};
const isSeen = (item) => {
  const box = item.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
};
const barEdge = () => Math.max(byId("page-tools").getBoundingClientRect().bottom, 0);
const itemAt = (y) => {
  const box = list.getBoundingClientRect();
  const at = (down) => itemOf(document.elementFromPoint(box.left + box.width / 2, y + down));
  return at(0) || at(36); // between two lines there is a gap
};
const isAtTop = () => scrollY <= list.offsetTop;
const topItem = () => itemAt(barEdge() + 24);

// A list that was never on the screen is taken to be as high as the one in the middle.
const estimateHeights = () => {
  const sample = list.children[list.children.length >> 1];
  if (!sample) return;
  sample.style.contentVisibility = "visible";
  list.style.setProperty("--list", `${sample.offsetHeight}px`);
  sample.style.contentVisibility = "";
};

// Heights off the screen are estimates, so the way to a line may shift.
const twice = (go) => {
  go();
  requestAnimationFrame(go);
};
const behavior = "instant";
const goTo = (item, block = "center") => twice(() => item.scrollIntoView({ block, behavior }));
// A line may be longer than the screen: its middle is not where a match in it is.
const goToRange = (range) => twice(() =>
  scrollBy({ top: range.getBoundingClientRect().top - innerHeight / 2, behavior }));
